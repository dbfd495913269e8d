using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster.Membership;

/// <summary>The parent of the cluster's own actors, at <c>/system/cluster</c>. None of them can go on from nothing: when one fails, the host ends.</summary>
internal sealed class ClusterDaemon : ReceiveActor
{
    private readonly ILoggingAdapter _log = Context.GetLogger();

    public ClusterDaemon(Cluster cluster)
    {
        Receive<Watch>(w => Context.Watch(w.Child));
        Receive<Terminated>(t =>
        {
            _log.Error("Cluster Node [{0}] - {1} has ended; stops", cluster.SelfAddress, t.ActorRef.Path.Name);
            cluster.HostLease.End();
            cluster.ShutDownAsDown();
        });
    }

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(static _ => Directive.Stop);

    /// <summary>A child that must not end before its parent.</summary>
    public sealed record Watch(IActorRef Child);
}
