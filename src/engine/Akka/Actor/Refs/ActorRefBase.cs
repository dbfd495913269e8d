namespace Akka.Actor;

/// <summary>Equality, order and text shared by all references.</summary>
public abstract class ActorRefBase : IActorRef
{
    internal ActorRefBase() { }

    /// <inheritdoc />
    public abstract ActorPath Path { get; }

    /// <inheritdoc />
    public void Tell(object message, IActorRef sender) => TellInternal(message, sender);

    /// <summary>Delivers the message; the one method a kind of reference must have.</summary>
    protected abstract void TellInternal(object message, IActorRef sender);

    /// <inheritdoc />
    public override string ToString() => $"[{Path.ToStringWithUid()}]";

    /// <inheritdoc />
    public sealed override bool Equals(object? obj) => obj is IActorRef other && SameActor(other);

    bool IEquatable<IActorRef>.Equals(IActorRef? other) => other is not null && SameActor(other);

    private bool SameActor(IActorRef other)
    {
        if (ReferenceEquals(this, other)) return true;
        if (Uid == ActorPath.UndefinedUid && other is ActorRefBase) return SamePath(other);
        // A reference of another kind (a test probe) may stand for this actor.
        return Uid == other.Path.Uid && SamePath(other);
    }

    private bool SamePath(IActorRef other) => Path.Uid == other.Path.Uid && Path.Equals(other.Path);

    private protected virtual long Uid => Path.Uid;

    /// <inheritdoc />
    public override int GetHashCode() => Uid == ActorPath.UndefinedUid ? Path.GetHashCode() : Uid.GetHashCode();

    int IComparable<IActorRef>.CompareTo(IActorRef? other) => CompareTo(other);

    int IComparable.CompareTo(object? obj) => obj switch
    {
        null => 1,
        IActorRef other => CompareTo(other),
        _ => throw new ArgumentException("Object must be of type IActorRef.", nameof(obj)),
    };

    /// <summary>Orders by path, then by incarnation.</summary>
    public int CompareTo(IActorRef? other)
    {
        if (other is null) return 1;
        var byPath = Path.CompareTo(other.Path);
        return byPath != 0 ? byPath : Path.Uid.CompareTo(other.Path.Uid);
    }
}
