using Akka.Actor;

namespace Akka.TestKit;

/// <summary>A message as the test actor received it.</summary>
public abstract class MessageEnvelope
{
    /// <summary>The message.</summary>
    public abstract object? Message { get; }

    /// <summary>Who sent it.</summary>
    public abstract IActorRef Sender { get; }
}

/// <summary>A message that was received.</summary>
public sealed class RealMessageEnvelope(object message, IActorRef sender) : MessageEnvelope
{
    /// <inheritdoc />
    public override object Message { get; } = message;

    /// <inheritdoc />
    public override IActorRef Sender { get; } = sender;
}

/// <summary>What stands for the last message before there was one.</summary>
public sealed class NullMessageEnvelope : MessageEnvelope
{
    /// <summary>The only one.</summary>
    public static readonly NullMessageEnvelope Instance = new();

    private NullMessageEnvelope()
    {
    }

    /// <inheritdoc />
    public override object? Message => null;

    /// <inheritdoc />
    public override IActorRef Sender => throw new InvalidOperationException("No message has been received yet");
}
