using Akka.Actor;

namespace AkkaKube.Etcd;

/// <summary>
/// Stands on every host where <see cref="EtcdActor"/> stands in a cluster of one, and answers as it does: a child for every resource type, which
/// hands on to the shard wherever that is.
/// </summary>
public sealed class EtcdProxy : ReceiveActor
{
    /// <summary>The proxies of all shards.</summary>
    public EtcdProxy(IActorRef region, EtcdSettings settings, IValueViews views) => Receive<EtcdActor.GetShard>(get =>
    {
        var child = Context.Child(get.Resource);
        var proxy = child.IsNobody() ? Context.ActorOf(ShardProxy.Props(get.Resource, region, settings, views), get.Resource) : child;
        Sender.Tell(new EtcdActor.Shard(get.Resource, proxy));
    });

    /// <summary>The proxies of all shards.</summary>
    /// <param name="region">Takes <see cref="EtcdEntity.ToShard"/>: the sharding region, or a proxy of it.</param>
    /// <param name="settings">Their settings.</param>
    /// <param name="views">The form of values that readers on this host share.</param>
    public static Props Props(IActorRef region, EtcdSettings settings, IValueViews views) => Akka.Actor.Props.Create(() => new EtcdProxy(region, settings, views));
}
