namespace AkkaKube.Host.Up;

/// <summary>What <c>akkakube up</c> was asked for.</summary>
internal sealed record UpOptions
{
    /// <summary>How many nodes the cluster brings along.</summary>
    public int Nodes { get; init; } = 3;

    /// <summary>Where the API server listens on 127.0.0.1; 0 picks a free port.</summary>
    public int Port { get; init; } = 6443;

    public string DataDirectory { get; init; } = ".akkakube";

    /// <summary>A HOCON file that is laid over the reference configuration.</summary>
    public string? ConfigFile { get; init; }

    /// <summary>full, normal or none; null leaves it to the configuration.</summary>
    public string? Durability { get; init; }

    /// <summary>The name of the cluster, in the kubeconfig's context.</summary>
    public string Name { get; init; } = "akkakube";
}
