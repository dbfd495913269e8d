using Akka.Actor;
using Akka.Cluster.Ownership;

namespace Akka.Cluster.Coordination;

/// <summary>Has one lease for code that is no actor, and calls it back when the lease is lost. When it stops, the lease goes back.</summary>
internal sealed class LeaseHolder : ReceiveActor
{
    private readonly IActorRef _ownership = Cluster.Get(Context.System).Ownership;
    private IActorRef? _asking;

    public LeaseHolder(string name, Action<Exception?> lost)
    {
        Receive<Take>(_ => Ask(new OwnershipProtocol.Take(name)));
        Receive<Release>(_ => Ask(new OwnershipProtocol.Release(name)));
        Receive<OwnershipProtocol.Taken>(_ => Answer(true));
        Receive<OwnershipProtocol.NotTaken>(_ => Answer(false));
        Receive<OwnershipProtocol.Released>(_ => Answer(true));
        Receive<OwnershipProtocol.Lost>(_ =>
        {
            lost(null);
            Context.Stop(Self);
        });
    }

    private void Ask(object request)
    {
        _asking = Sender;
        _ownership.Tell(request);
    }

    private void Answer(bool done)
    {
        _asking?.Tell(done);
        _asking = null;
    }

    /// <summary>Takes the lease. Reply: whether it did.</summary>
    public sealed record Take
    {
        public static readonly Take Instance = new();
    }

    /// <summary>Gives it back. Reply: true.</summary>
    public sealed record Release
    {
        public static readonly Release Instance = new();
    }
}
