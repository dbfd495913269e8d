using System.Globalization;
using AkkaKube.Host.Data;

namespace AkkaKube.Host.Launch;

/// <summary>What <c>akkakube cluster</c> was asked for.</summary>
internal sealed record ClusterOptions
{
    public const int MostHosts = 64;
    private const int FirstRemotePort = 7101;
    private const int FirstConsolePort = 9110;

    public int Hosts { get; init; } = 3;

    /// <summary>A PostgreSQL server of the cluster's own instead of a SQLite file.</summary>
    public bool Postgres { get; init; }

    /// <summary>The API server's port of the first host, the next ones count on; 0 picks free ones.</summary>
    public int Port { get; init; } = 6443;

    public int Nodes { get; init; } = 3;

    public string DataDirectory { get; init; } = ".akkakube";

    public string? ConfigFile { get; init; }

    public string? Durability { get; init; }

    /// <summary>Starts a host again that has died.</summary>
    public bool Restart { get; init; }

    /// <summary>The command line of the host number <paramref name="host"/>, from 1, without the program.</summary>
    /// <param name="host">Which one.</param>
    /// <param name="data">The cluster's folder.</param>
    /// <param name="database">What the hosts share, as <c>--database</c> takes it.</param>
    /// <param name="isFree">Whether a port of this machine can be had: one that is taken is replaced by a free one, but for the API server's.</param>
    /// <param name="before">Where it was when it ran before: clients know its addresses.</param>
    public IReadOnlyList<string> CommandLine(int host, DataDirectory data, string database, Func<int, bool> isFree, HostFile? before = null)
    {
        string Preferred(int first) => (Port != 0 && isFree(first + host - 1) ? first + host - 1 : 0).ToString(CultureInfo.InvariantCulture);
        static string PortOf(string address) => address[(address.LastIndexOf(':') + 1)..];
        List<string> words =
        [
            "up", "--database", database, "--host-name", NameOf(host),
            "--listen", "127.0.0.1:" + (before?.Remote is { } remote ? PortOf(remote) : Preferred(FirstRemotePort)),
            "--port", before is null ? (Port == 0 ? 0 : Port + host - 1).ToString(CultureInfo.InvariantCulture) : PortOf(before.Api),
            "--console-port", before is null ? Preferred(FirstConsolePort) : PortOf(before.Console),
            "--data-dir", data.OfHost(NameOf(host)),
            "--nodes", Nodes.ToString(CultureInfo.InvariantCulture),
            "--name", NameOf(host),
            "--stop-with-input",
        ];
        if (ConfigFile is not null) words.AddRange(["--config", Path.GetFullPath(ConfigFile)]);
        if (Durability is not null) words.AddRange(["--durability", Durability]);
        return words;
    }

    public static string NameOf(int host) => string.Create(CultureInfo.InvariantCulture, $"h{host}");
}
