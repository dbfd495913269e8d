using Akka.Cluster.Sharding;

namespace AkkaKube.Kubelet;

/// <summary>Tells the region of the kubelets which node a message is for (<see cref="KubeletShards"/>).</summary>
/// <param name="shards">How many shards there are: <see cref="KubeletSettings.Shards"/>, on all hosts.</param>
public sealed class KubeletExtractor(int shards) : HashCodeMessageExtractor(shards)
{
    /// <inheritdoc/>
    public override string? EntityId(object message) => KubeletShards.NodeOf(message);

    /// <inheritdoc/>
    public override string ShardId(string entityId, object? messageHint = null) => KubeletShards.ShardOf(entityId, MaxNumberOfShards);
}
