using System.Collections.Immutable;
using AkkaKube.Api;

namespace AkkaKube.Console.Commands;

/// <summary>A part of the control plane that can be killed and paused by its name.</summary>
/// <param name="Name">E.g. <c>controller</c>.</param>
/// <param name="Argument">What tells one from another; null: there is one of it on a host.</param>
/// <param name="IsOnEveryHost">Each host has its own.</param>
public sealed record ClusterPart(string Name, Argument? Argument, bool IsOnEveryHost = false)
{
    /// <summary>All of them.</summary>
    public static readonly ValueList<ClusterPart> All =
    [
        new("scheduler", null),
        new("controller", new Argument("NAME", ArgumentKind.Controller)),
        new("apiserver", new Argument("HOST", ArgumentKind.Host) { IsOptional = true }, IsOnEveryHost: true),
        new("etcd", new Argument("SHARD", ArgumentKind.Shard)),
        new("kubelet", new Argument("NODE", ArgumentKind.Node)),
        new("kube-proxy", new Argument("NODE", ArgumentKind.Node)),
    ];
}

/// <summary>Where the parts are in the tree of actors. A path may have <c>*</c> for one name, and <c>{0}</c> for the part's argument.</summary>
/// <param name="Paths">By the name of the part; a host has the part when an actor is at the path.</param>
public sealed record ClusterParts(ImmutableDictionary<string, string> Paths)
{
    /// <summary>In a process that is a whole cluster.</summary>
    public static readonly ClusterParts SingleHost = new(new Dictionary<string, string>
    {
        ["scheduler"] = "/user/scheduler",
        ["controller"] = "/user/controllers/{0}",
        ["apiserver"] = "/user/apiserver",
        ["etcd"] = "/user/etcd/{0}/shard",
        ["kubelet"] = "/user/nodes/{0}",
        ["kube-proxy"] = "/user/nodes/{0}/kube-proxy",
    }.ToImmutableDictionary(StringComparer.Ordinal));

    /// <summary>Paths below <c>/user</c> of the actors that one host has for all; none in a process that is a whole cluster.</summary>
    public ValueList<string> Singletons { get; init; } = [];

    /// <summary>The path of a part.</summary>
    public string PathOf(string part, string argument) => Paths[part].Replace("{0}", argument, StringComparison.Ordinal);
}
