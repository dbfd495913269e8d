namespace AkkaKube.EndToEnd.Tests.Harness;

/// <summary>One cluster of three nodes for the walks that harm nobody; each works in a namespace of its own.</summary>
public sealed class SharedCluster : IAsyncLifetime
{
    private int _namespaces;

    public RunningCluster Cluster { get; private set; } = null!;

    public async Task InitializeAsync() => Cluster = await RunningCluster.Start();

    public async Task DisposeAsync() => await Cluster.DisposeAsync();

    /// <summary>Makes a namespace and waits for its service account, without which no pod can be created.</summary>
    public async Task<string> NewNamespace()
    {
        var name = $"walk-{Interlocked.Increment(ref _namespaces)}";
        var kubectl = Cluster.Kubectl();
        await kubectl.Ok($"create namespace {name}");
        await Eventually.Holds(() => kubectl.Ok($"-n {name} get serviceaccount default"));
        return name;
    }
}

/// <summary>The tests that share the cluster, and so run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class SharedClusterCollection : ICollectionFixture<SharedCluster>
{
    public const string Name = "one cluster";
}
