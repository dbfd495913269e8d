namespace AkkaKube.Chaos.Runs;

/// <summary>What a run is.</summary>
public sealed record ChaosOptions
{
    /// <summary>Decides what happens, and what clients do.</summary>
    public required int Seed { get; init; }

    /// <summary>How many hosts; a single one is a whole cluster without a shared database.</summary>
    public int Hosts { get; init; } = 3;

    /// <summary>How many nodes the cluster has.</summary>
    public int Nodes { get; init; } = 300;

    /// <summary>How many pods one Deployment declares.</summary>
    public int Pods { get; init; } = 3000;

    /// <summary>How many faults, one after another.</summary>
    public int Faults { get; init; } = 4;

    /// <summary>Only faults with this in their names.</summary>
    public string Only { get; init; } = "";

    /// <summary>PostgreSQL in a place of its own; else one SQLite file.</summary>
    public bool Postgres { get; init; } = true;

    /// <summary>Only processes on loopback.</summary>
    public bool Loopback { get; init; }

    /// <summary>The folder of the built program.</summary>
    public required string App { get; init; }

    /// <summary>Keeps the hosts' data and logs here, also of a run that was correct.</summary>
    public string? Keep { get; init; }

    /// <summary>So many operations a second have to be answered.</summary>
    public int LeastPerSecond { get; init; }
}
