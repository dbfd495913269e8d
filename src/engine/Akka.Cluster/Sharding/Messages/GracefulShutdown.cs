namespace Akka.Cluster.Sharding;

/// <summary>Has a region hand over all its shards and stop; who wants to know when watches it.</summary>
public sealed class GracefulShutdown : IShardRegionCommand
{
    /// <summary>The one of its kind.</summary>
    public static readonly GracefulShutdown Instance = new();

    private GracefulShutdown() { }
}
