using System.Collections.Frozen;

namespace AkkaKube.Runtime;

/// <summary>What the runtime must know of a pod to make its sandbox.</summary>
/// <param name="Namespace">The pod's namespace.</param>
/// <param name="Name">The pod's name.</param>
/// <param name="Uid">The pod's uid.</param>
public sealed record PodSandboxConfig(string Namespace, string Name, string Uid)
{
    /// <summary>Counts the sandboxes that the pod has had.</summary>
    public int Attempt { get; init; }

    /// <summary>The pod's address from the CNI plugin; the node's own where <see cref="HostNetwork"/> is set.</summary>
    public required string Ip { get; init; }

    /// <summary>What <c>hostname</c> prints; empty: the pod's name.</summary>
    public string Hostname { get; init; } = "";

    /// <summary>The pod lives in the node's network namespace: the address is already attached, and stays.</summary>
    public bool HostNetwork { get; init; }

    /// <summary>The contents of /etc/resolv.conf.</summary>
    public DnsConfig Dns { get; init; } = DnsConfig.None;

    /// <summary>The pod's hostAliases: more lines of /etc/hosts.</summary>
    public IReadOnlyList<HostEntry> ExtraHosts { get; init; } = [];

    /// <summary>The fully qualified name of a pod that has a subdomain, e.g. <c>web-0.web.default.svc.cluster.local</c>.</summary>
    public string? Fqdn { get; init; }

    /// <summary>The pod's containers see each other's processes.</summary>
    public bool ShareProcessNamespace { get; init; }

    /// <summary>Comes back in the sandbox's status.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Comes back in the sandbox's status.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = FrozenDictionary<string, string>.Empty;
}

/// <summary>How a pod resolves names.</summary>
/// <param name="Servers">Name servers; empty: the pod resolves nothing.</param>
/// <param name="Searches">Search domains, in order.</param>
/// <param name="Options">E.g. <c>ndots:5</c>.</param>
public sealed record DnsConfig(IReadOnlyList<string> Servers, IReadOnlyList<string> Searches, IReadOnlyList<string> Options)
{
    /// <summary>No names at all.</summary>
    public static readonly DnsConfig None = new([], [], []);

    /// <summary>The number in the option <c>ndots</c>; 1 where there is none.</summary>
    public int Ndots =>
        Options.Select(o => o.Split(':')).Where(o => o is ["ndots", _]).Select(o => int.TryParse(o[1], out var n) ? n : 1).DefaultIfEmpty(1).Last();
}

/// <summary>One line of /etc/hosts.</summary>
public sealed record HostEntry(string Ip, IReadOnlyList<string> Hostnames);

/// <summary>A sandbox as the runtime sees it.</summary>
/// <param name="Id">Of the sandbox.</param>
/// <param name="Config">It was made from.</param>
/// <param name="Ready">Not stopped.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record PodSandboxStatus(string Id, PodSandboxConfig Config, bool Ready, DateTimeOffset CreatedAt);
