using System.Globalization;
using System.Runtime.InteropServices;

namespace Akka.Cluster.Sharding;

/// <summary>Spreads entities over a fixed number of shards by a hash of their id that is the same on every host and in every version.</summary>
public abstract class HashCodeMessageExtractor : IMessageExtractor
{
    /// <summary>How many shards there are; it must not change while the cluster runs.</summary>
    public readonly int MaxNumberOfShards;

    private readonly string[] _ids;

    /// <summary>Creates an extractor.</summary>
    protected HashCodeMessageExtractor(int maxNumberOfShards)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxNumberOfShards, 1);
        MaxNumberOfShards = maxNumberOfShards;
        _ids = [.. Enumerable.Range(0, maxNumberOfShards).Select(static n => n.ToString(CultureInfo.InvariantCulture))];
    }

    /// <summary>An extractor made of functions.</summary>
    public static HashCodeMessageExtractor Create(int maxNumberOfShards, Func<object, string?> entityIdExtractor, Func<object, object>? messageExtractor = null) =>
        new OfFunctions(maxNumberOfShards, entityIdExtractor, messageExtractor);

    /// <inheritdoc />
    public abstract string? EntityId(object message);

    /// <inheritdoc />
    public virtual object? EntityMessage(object message) => message;

    /// <inheritdoc />
    [Obsolete("Use ShardId(string, object?) instead.")]
    public virtual string? ShardId(object message) =>
        (message is ShardRegion.StartEntity start ? start.EntityId : EntityId(message)) is { Length: > 0 } id ? ShardId(id, message) : null;

    /// <inheritdoc />
    public virtual string ShardId(string entityId, object? messageHint = null) => _ids[Hash(entityId) % (uint)MaxNumberOfShards];

    /// <summary>FNV-1a over the UTF-16 code units, with a last mix so that ids that differ in their end alone fall apart.</summary>
    private static uint Hash(string id)
    {
        var hash = 2166136261u;
        foreach (var unit in MemoryMarshal.AsBytes(id.AsSpan())) hash = (hash ^ unit) * 16777619u;
        hash = (hash ^ (hash >> 16)) * 0x85ebca6bu;
        hash = (hash ^ (hash >> 13)) * 0xc2b2ae35u;
        return hash ^ (hash >> 16);
    }

    private sealed class OfFunctions(int shards, Func<object, string?> entityId, Func<object, object>? message) : HashCodeMessageExtractor(shards)
    {
        public override string? EntityId(object m) => entityId(m);

        public override object? EntityMessage(object m) => message is null ? m : message(m);
    }
}
