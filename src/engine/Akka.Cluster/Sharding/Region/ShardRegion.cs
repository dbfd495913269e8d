using Akka.Event;

namespace Akka.Cluster.Sharding;

/// <summary>The way to all entities of a type; <see cref="ClusterSharding"/> starts it. This is what it understands beside messages for entities.</summary>
public sealed class ShardRegion
{
    private ShardRegion() { }

    /// <summary>Starts an entity that has no message yet. Reply: <see cref="StartEntityAck"/>.</summary>
    public sealed class StartEntity : IClusterShardingSerializable, IEquatable<StartEntity>
    {
        /// <summary>The entity.</summary>
        public readonly string EntityId;

        /// <summary>Creates the request.</summary>
        public StartEntity(string entityId) => EntityId = entityId;

        /// <inheritdoc />
        public bool Equals(StartEntity? other) => other is not null && EntityId == other.EntityId;

        /// <inheritdoc />
        public override bool Equals(object? obj) => Equals(obj as StartEntity);

        /// <inheritdoc />
        public override int GetHashCode() => EntityId.GetHashCode(StringComparison.Ordinal);

        /// <inheritdoc />
        public override string ToString() => $"StartEntity({EntityId})";
    }

    /// <summary>The entity was started, or runs.</summary>
    internal sealed record StartEntityAck(string EntityId, string ShardId) : IClusterShardingSerializable, IDeadLetterSuppression;
}
