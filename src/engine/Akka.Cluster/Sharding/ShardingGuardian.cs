using Akka.Actor;

namespace Akka.Cluster.Sharding;

/// <summary>The parent of all regions: /system/sharding. A region that fails starts anew.</summary>
internal sealed class ShardingGuardian : ActorBase
{
    public static LocalActorRef Start(ActorSystemImpl system)
    {
        system.Settings.InjectTopLevelFallback(ClusterSharding.DefaultConfig());
        var name = system.Settings.Config.GetString("akka.cluster.sharding.guardian-name");
        return (LocalActorRef)system.SystemGuardianRef.Cell.AttachChild(Props.Create(() => new ShardingGuardian()), name, getsChildrenFromOutside: true);
    }

    protected override bool Receive(object message) => false;
}
