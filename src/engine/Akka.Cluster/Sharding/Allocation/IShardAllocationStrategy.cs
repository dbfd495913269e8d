namespace Akka.Cluster.Sharding;

/// <summary>How shards are spread over hosts. There is one way, <see cref="ClusterSharding.DefaultShardAllocationStrategy"/>: every host has to come to the same result.</summary>
public interface IShardAllocationStrategy
{
    /// <summary>The difference between the most and the least shards on a host that is borne.</summary>
    internal int RebalanceThreshold { get; }

    /// <summary>How many shards a host hands over at a time for the sake of balance.</summary>
    internal int MaxSimultaneousRebalance { get; }
}

/// <summary>Gives new shards to who has least, and moves as few as balance asks for.</summary>
internal sealed record LeastShards(int RebalanceThreshold, int MaxSimultaneousRebalance) : IShardAllocationStrategy;
