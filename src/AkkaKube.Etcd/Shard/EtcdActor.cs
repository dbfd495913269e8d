using Akka.Actor;

namespace AkkaKube.Etcd;

/// <summary>All shards: a child for every resource type, by its name (<c>pods</c>, <c>deployments.apps</c>), started when first asked for.</summary>
public sealed class EtcdActor : ReceiveActor
{
    /// <summary>Asks for the shard of a resource type. Reply: <see cref="Shard"/>.</summary>
    public sealed record GetShard(string Resource);

    /// <summary>The shard of a resource type; takes the commands of <see cref="EtcdShard"/>. The reference stays when the shard starts again.</summary>
    public sealed record Shard(string Resource, IActorRef Ref);

    /// <summary>All shards of one store.</summary>
    public EtcdActor(EtcdSettings settings, IValueViews views) => Receive<GetShard>(get =>
    {
        var child = Context.Child(get.Resource);
        var shard = child.IsNobody() ? Context.ActorOf(ShardSupervisor.Props(get.Resource, settings, views), get.Resource) : child;
        Sender.Tell(new Shard(get.Resource, shard));
    });

    /// <summary>All shards of one store.</summary>
    public static Props Props(EtcdSettings settings, IValueViews views) => Akka.Actor.Props.Create(() => new EtcdActor(settings, views));
}
