using Akka.Actor;

namespace AkkaKube.Etcd;

/// <summary>An etcd shard as a sharded entity: every resource type is an entity, and a shard of its own.</summary>
public static class EtcdEntity
{
    /// <summary>The name of the entity type.</summary>
    public const string TypeName = "etcd";

    /// <summary>A message for the shard of a resource type, wherever it is; the sharding region takes it.</summary>
    /// <param name="Resource">The entity's id, and its shard's: <c>pods</c>.</param>
    /// <param name="Message">A request of <see cref="EtcdShard"/>.</param>
    public sealed record ToShard(string Resource, object Message);

    /// <summary>The stop message of a shard that is to move.</summary>
    public static object StopMessage { get; } = new EtcdShard.HandOver();

    /// <summary>The entity of one resource type: a shard that starts again with back-off when its journal fails.</summary>
    /// <param name="resource">E.g. <c>pods</c>.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="views">The form of values that readers in this process share.</param>
    /// <param name="isCurrent">Whether this host certainly has the shard: its lease is valid.</param>
    public static Props Props(string resource, EtcdSettings settings, IValueViews views, Func<bool> isCurrent) =>
        ShardSupervisor.Props(resource, settings, views, isCurrent);
}
