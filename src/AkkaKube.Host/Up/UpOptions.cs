using System.Net;
using System.Text.RegularExpressions;
using AkkaKube.Host.Data;

namespace AkkaKube.Host.Up;

/// <summary>What <c>akkakube up</c> was asked for.</summary>
internal sealed partial record UpOptions
{
    /// <summary>How many nodes the cluster brings along.</summary>
    public int Nodes { get; init; } = 3;

    /// <summary>Where the API server listens; 0 picks a free port.</summary>
    public int Port { get; init; } = 6443;

    public string DataDirectory { get; init; } = ".akkakube";

    /// <summary>A HOCON file that is laid over the reference configuration.</summary>
    public string? ConfigFile { get; init; }

    /// <summary>full, normal or none; null leaves it to the configuration.</summary>
    public string? Durability { get; init; }

    /// <summary>The name of the cluster, in the kubeconfig's context.</summary>
    public string Name { get; init; } = "akkakube";

    /// <summary>The port of the console; null leaves it to the configuration.</summary>
    public int? ConsolePort { get; init; }

    /// <summary>The database that the hosts of a cluster share; null: this process is the whole cluster.</summary>
    public string? Database { get; init; }

    /// <summary>The name of this host in a cluster of many.</summary>
    public string? HostName { get; init; }

    /// <summary>Where other hosts reach this one, ADDRESS:PORT; its API server listens on the same address.</summary>
    public string? Listen { get; init; }

    /// <summary>The process stops in order when its standard input ends: with whoever started it.</summary>
    public bool StopWithInput { get; init; }

    /// <summary>What makes a host of these options; null where the process is a cluster of its own.</summary>
    /// <exception cref="Refusal">They do not go together, or one of them makes no sense.</exception>
    public HostIdentity? Host()
    {
        if (Database is null)
        {
            if (HostName is not null) throw new Refusal("--host-name is for a cluster of many hosts: give --database as well.");
            if (Listen is not null) throw new Refusal("--listen is for a cluster of many hosts: give --database as well.");
            return null;
        }

        var database = SharedDatabase.Parse(Database);
        if (HostName is null) throw new Refusal("--database needs --host-name NAME: what this host is called, e.g. h1.");
        if (!HostNames().IsMatch(HostName)) throw new Refusal($"--host-name '{HostName}': expected lower case letters, digits and dashes, at most 63, such as h1.");
        if (Listen is null) throw new Refusal("--database needs --listen ADDRESS:PORT: where the other hosts reach this one.");
        if (!IPEndPoint.TryParse(Listen, out var listen) || !Listen.Contains(':', StringComparison.Ordinal) || (listen.Port == 0 && !Listen.EndsWith(":0", StringComparison.Ordinal)))
            throw new Refusal($"--listen '{Listen}': expected the address of this machine and a port, such as 10.0.0.1:7100.");
        if (listen.Address.Equals(IPAddress.Any) || listen.Address.Equals(IPAddress.IPv6Any))
            throw new Refusal($"--listen '{Listen}': other hosts need an address by which they reach this one; {listen.Address} stands for all of them.");
        return new HostIdentity(HostName, listen, database);
    }

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$")]
    private static partial Regex HostNames();
}

/// <summary>One host of a cluster.</summary>
/// <param name="Name">Its name, e.g. h1.</param>
/// <param name="Listen">Where its actor system is reached.</param>
/// <param name="Database">What it shares with the others.</param>
internal sealed record HostIdentity(string Name, IPEndPoint Listen, SharedDatabase Database);
