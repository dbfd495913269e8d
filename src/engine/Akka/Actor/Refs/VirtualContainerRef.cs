namespace Akka.Actor;

/// <summary>A folder of the tree with no actor of its own (/temp); it resolves the names of waiting questions.</summary>
internal sealed class VirtualContainerRef(ActorSystemImpl system, ActorPath path, IInternalActorRef parent) : MinimalActorRef
{
    public override ActorPath Path => path;
    internal override IInternalActorRef ParentRef => parent;
    internal override ActorSystemImpl SystemImpl => system;
    internal override IInternalActorRef ChildNamed(string name) => system.ProviderImpl.Temporary(name);
}
