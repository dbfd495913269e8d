namespace Akka.Actor;

/// <summary>The reference that stands for no actor; messages to it vanish.</summary>
public sealed class Nobody : MinimalActorRef
{
    private static readonly ActorPath NobodyPath = new RootActorPath(Address.AllSystems).Child("Nobody");

    /// <summary>The one Nobody.</summary>
    public static readonly Nobody Instance = new();

    private Nobody() { }

    /// <inheritdoc />
    public override ActorPath Path => NobodyPath;

    internal override bool Terminated => true;
    private protected override long Uid => ActorPath.UndefinedUid;
}
