using Akka.Actor;

namespace Akka.Cluster.Tests.TestHosts;

/// <summary>
/// The way from one host's region to another's: keeps the order, takes its time, and stands for the sender at the other end, as a reference to a
/// remote actor does.
/// </summary>
internal sealed class Link : UntypedActor
{
    private readonly IActorRef _from;
    private readonly IActorRef _to;
    private IActorRef? _back;

    public Link(IActorRef from, IActorRef to) => (_from, _to) = (from, to);

    public sealed record Back(IActorRef Link);

    protected override void OnReceive(object message)
    {
        if (message is Back back) _back = back.Link;
        else _to.Tell(message, Sender.Equals(_from) ? _back! : Sender);
    }
}
