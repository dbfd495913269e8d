using Akka.Actor;

namespace Akka.Cluster.Sharding;

/// <summary>A shard whose lease this host has.</summary>
internal sealed class OwnShard(string id, long epoch, IActorRef shard)
{
    /// <summary>How far it is on its way out.</summary>
    public enum Phase
    {
        /// <summary>It takes messages.</summary>
        Running,

        /// <summary>The other regions were asked to send nothing more; what they sent before still comes.</summary>
        Announcing,

        /// <summary>Its entities stop; messages wait.</summary>
        Stopping,

        /// <summary>Nothing runs any more; the lease is being given back.</summary>
        Releasing,

        /// <summary>The lease was lost; its entities are being stopped.</summary>
        Lost,
    }

    public string Id { get; } = id;
    public long Epoch { get; } = epoch;
    public IActorRef Shard { get; set; } = shard;
    public Phase At { get; set; } = Phase.Running;

    /// <summary>The host that it goes to; null: whoever takes it.</summary>
    public int? Target { get; set; }

    /// <summary>The regions that have not acknowledged yet.</summary>
    public HashSet<IActorRef> Awaited { get; set; } = [];

    /// <summary>When it is not waited for them any more.</summary>
    public TimeSpan Deadline { get; set; }

    public bool TakesMessages => At is Phase.Running or Phase.Announcing;
}
