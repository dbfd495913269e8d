using Akka.Actor;
using Akka.Remote;

namespace Akka.Cluster;

/// <summary>Remoting, and the cluster on it (<c>akka.actor.provider = cluster</c>). The cluster says which hosts are gone, not remoting's own heartbeats.</summary>
internal sealed class ClusterActorRefProvider(ActorSystemImpl system) : RemoteActorRefProvider(system)
{
    protected override bool WatchesByHeartbeats => false;

    public override void Prepare()
    {
        SystemImpl.Settings.InjectTopLevelFallback(Cluster.DefaultConfig());
        base.Prepare();
    }

    public override void Open()
    {
        base.Open();
        Cluster.Get(SystemImpl);
    }
}
