namespace Akka.Actor;

/// <summary>Something that an actor system has once.</summary>
public interface IExtension;

/// <summary>Names an extension and makes it.</summary>
public interface IExtensionId
{
    /// <summary>The type of the extension.</summary>
    Type ExtensionType { get; }

    /// <summary>The system's extension; made now if it was not yet.</summary>
    object Apply(ActorSystem system);

    /// <summary>The system's extension; made now if it was not yet.</summary>
    object Get(ActorSystem system);

    /// <summary>Makes the extension; the system calls it once.</summary>
    object CreateExtension(ExtendedActorSystem system);
}

/// <summary>Names an extension and makes it.</summary>
public interface IExtensionId<out T> : IExtensionId where T : IExtension
{
    /// <summary>The system's extension; made now if it was not yet.</summary>
    new T Apply(ActorSystem system);

    /// <summary>The system's extension; made now if it was not yet.</summary>
    new T Get(ActorSystem system);

    /// <summary>Makes the extension; the system calls it once.</summary>
    new T CreateExtension(ExtendedActorSystem system);
}

/// <summary>The base of what names extensions.</summary>
public abstract class ExtensionIdProvider<T> : IExtensionId<T> where T : IExtension
{
    /// <inheritdoc />
    public Type ExtensionType => typeof(T);

    /// <inheritdoc />
    public T Apply(ActorSystem system) => (T)system.RegisterExtension(this);

    /// <inheritdoc />
    public T Get(ActorSystem system) => (T)system.RegisterExtension(this);

    /// <inheritdoc />
    public abstract T CreateExtension(ExtendedActorSystem system);

    object IExtensionId.Apply(ActorSystem system) => Apply(system);
    object IExtensionId.Get(ActorSystem system) => Get(system);
    object IExtensionId.CreateExtension(ExtendedActorSystem system) => CreateExtension(system);

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is T;

    /// <inheritdoc />
    public override int GetHashCode() => typeof(T).GetHashCode();
}

/// <summary>Getting an extension by its type.</summary>
public static class ActorSystemWithExtensions
{
    /// <summary>The extension; made now by a <typeparamref name="TI"/> if it was not yet.</summary>
    public static T WithExtension<T, TI>(this ActorSystem system) where T : class, IExtension where TI : IExtensionId, new() =>
        system.HasExtension<T>() ? system.GetExtension<T>() : (T)system.RegisterExtension(new TI());
}
