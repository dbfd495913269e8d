using Akka.Configuration;

namespace Akka.Cluster.Sharding;

/// <summary>What rarely has to be changed.</summary>
public class TuningParameters
{
    private TuningParameters() { }

    /// <summary>How many messages a region keeps for shards that nobody has now.</summary>
    public int BufferSize { get; private init; }

    /// <summary>How long a hand-over waits for entities to stop before it stops them.</summary>
    public TimeSpan HandOffTimeout { get; private init; }

    /// <summary>How often a region asks again for what it did not get.</summary>
    public TimeSpan RetryInterval { get; private init; }

    /// <summary>How long a remembered entity that stopped by itself stays stopped, unless a message comes.</summary>
    public TimeSpan EntityRestartBackoff { get; private init; }

    /// <summary>How often a host looks whether it has too many shards.</summary>
    public TimeSpan RebalanceInterval { get; private init; }

    /// <summary>After what time a write of a remembered entity that failed is tried again.</summary>
    public TimeSpan UpdatingStateTimeout { get; private init; }

    /// <summary>The difference between the most and the least shards on a host that is borne.</summary>
    public int LeastShardAllocationRebalanceThreshold { get; private init; }

    /// <summary>How many shards a host hands over at a time for the sake of balance.</summary>
    public int LeastShardAllocationMaxSimultaneousRebalance { get; private init; }

    /// <summary>The same with another size.</summary>
    public TuningParameters WithBufferSize(int bufferSize) => new(this) { BufferSize = bufferSize };

    /// <summary>The same with another time.</summary>
    public TuningParameters WithHandOffTimeout(TimeSpan handOffTimeout) => new(this) { HandOffTimeout = handOffTimeout };

    /// <summary>The same with another interval.</summary>
    public TuningParameters WithRetryInterval(TimeSpan retryInterval) => new(this) { RetryInterval = retryInterval };

    /// <summary>The same with another time.</summary>
    public TuningParameters WithEntityRestartBackoff(TimeSpan entityRestartBackoff) => new(this) { EntityRestartBackoff = entityRestartBackoff };

    /// <summary>The same with another interval.</summary>
    public TuningParameters WithRebalanceInterval(TimeSpan rebalanceInterval) => new(this) { RebalanceInterval = rebalanceInterval };

    /// <summary>The same with another time.</summary>
    public TuningParameters WithUpdatingStateTimeout(TimeSpan updatingStateTimeout) => new(this) { UpdatingStateTimeout = updatingStateTimeout };

    /// <summary>The same with another threshold.</summary>
    public TuningParameters WithLeastShardAllocationRebalanceThreshold(int leastShardAllocationRebalanceThreshold) =>
        new(this) { LeastShardAllocationRebalanceThreshold = leastShardAllocationRebalanceThreshold };

    /// <summary>The same with another number.</summary>
    public TuningParameters WithLeastShardAllocationMaxSimultaneousRebalance(int leastShardAllocationMaxSimultaneousRebalance) =>
        new(this) { LeastShardAllocationMaxSimultaneousRebalance = leastShardAllocationMaxSimultaneousRebalance };

    internal static TuningParameters From(Config config) => new()
    {
        BufferSize = config.GetInt("buffer-size"),
        HandOffTimeout = config.GetTimeSpan("handoff-timeout"),
        RetryInterval = config.GetTimeSpan("retry-interval"),
        EntityRestartBackoff = config.GetTimeSpan("entity-restart-backoff"),
        RebalanceInterval = config.GetTimeSpan("rebalance-interval"),
        UpdatingStateTimeout = config.GetTimeSpan("updating-state-timeout"),
        LeastShardAllocationRebalanceThreshold = config.GetInt("least-shard-allocation-strategy.rebalance-threshold"),
        LeastShardAllocationMaxSimultaneousRebalance = config.GetInt("least-shard-allocation-strategy.max-simultaneous-rebalance"),
    };

    private TuningParameters(TuningParameters other)
    {
        BufferSize = other.BufferSize;
        HandOffTimeout = other.HandOffTimeout;
        RetryInterval = other.RetryInterval;
        EntityRestartBackoff = other.EntityRestartBackoff;
        RebalanceInterval = other.RebalanceInterval;
        UpdatingStateTimeout = other.UpdatingStateTimeout;
        LeastShardAllocationRebalanceThreshold = other.LeastShardAllocationRebalanceThreshold;
        LeastShardAllocationMaxSimultaneousRebalance = other.LeastShardAllocationMaxSimultaneousRebalance;
    }
}
