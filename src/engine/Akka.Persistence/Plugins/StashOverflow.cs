using Akka.Configuration;

namespace Akka.Persistence;

/// <summary>What happens to a command when no more can wait for a running write.</summary>
public interface IStashOverflowStrategy;

/// <summary>Makes the strategy that <c>akka.persistence.internal-stash-overflow-strategy</c> names.</summary>
public interface IStashOverflowStrategyConfigurator
{
    /// <summary>Makes it.</summary>
    IStashOverflowStrategy Create(Config config);
}

/// <summary>The command goes to the dead letters.</summary>
public sealed class DiscardToDeadLetterStrategy : IStashOverflowStrategy
{
    /// <summary>The only one.</summary>
    public static readonly DiscardToDeadLetterStrategy Instance = new();

    private DiscardToDeadLetterStrategy()
    {
    }
}

/// <summary>The actor fails with a <c>StashOverflowException</c>.</summary>
public sealed class ThrowOverflowExceptionStrategy : IStashOverflowStrategy
{
    /// <summary>The only one.</summary>
    public static readonly ThrowOverflowExceptionStrategy Instance = new();

    private ThrowOverflowExceptionStrategy()
    {
    }
}

/// <summary>The sender gets an answer instead.</summary>
public sealed class ReplyToStrategy(object response) : IStashOverflowStrategy
{
    /// <summary>The answer.</summary>
    public object Response { get; } = response;
}

/// <summary>Configures <see cref="ThrowOverflowExceptionStrategy"/>.</summary>
public sealed class ThrowExceptionConfigurator : IStashOverflowStrategyConfigurator
{
    /// <inheritdoc />
    public IStashOverflowStrategy Create(Config config) => ThrowOverflowExceptionStrategy.Instance;
}

/// <summary>Configures <see cref="DiscardToDeadLetterStrategy"/>.</summary>
public sealed class DiscardConfigurator : IStashOverflowStrategyConfigurator
{
    /// <inheritdoc />
    public IStashOverflowStrategy Create(Config config) => DiscardToDeadLetterStrategy.Instance;
}
