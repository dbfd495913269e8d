using System.Collections.Immutable;
using Akka.Actor;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Faults;
using AkkaKube.Console.Hosts;
using AkkaKube.Kubelet;
using AkkaKube.Persistence;

namespace AkkaKube.Host.Composition;

/// <summary>What the console of a host reaches.</summary>
internal static class ConsoleComposition
{
    // Of the process: what is broken stays broken when its actor system starts anew.
    private static readonly FaultMemory Memory = new();

    /// <summary>The services for a process that is a whole cluster.</summary>
    public static ConsoleServices SingleHost(ConsoleSettings settings, Cluster cluster) => new()
    {
        Settings = settings,
        ApiServer = cluster.ApiServer,
        Faults = new HostFaults(DatabaseFaults.Process, new NoPeerLinks()),
        FaultMemory = Memory,
        Nodes = new NodeSwitch(cluster.Nodes, name => new NodesActor.StopNode(name), name => new NodesActor.StartNode(name)),
    };

    /// <summary>The services for one host of a cluster of many.</summary>
    public static ConsoleServices ManyHosts(ActorSystem system, ConsoleSettings settings, string name, ClusterHost host) => new()
    {
        Settings = settings,
        Hosts = new ClusterHosts(name),
        ApiServer = host.ApiServer,
        Faults = new HostFaults(DatabaseFaults.Process, new RemotePeerLinks(system, new ClusterHosts(name))),
        FaultMemory = Memory,
        Nodes = new NodeSwitch(host.Nodes, name => new NodesActor.StopNode(name), name => new NodesActor.StartNode(name)),
        Parts = new ClusterParts(new Dictionary<string, string>
        {
            ["scheduler"] = "/user/scheduler/scheduler",
            ["controller"] = "/user/controllers/controllers/{0}",
            ["apiserver"] = "/user/apiserver",
            ["etcd"] = "/system/sharding/etcd/{0}/{0}/shard",
            ["kubelet"] = "/system/sharding/kubelet/*/{0}/*",
            ["kube-proxy"] = "/system/sharding/kubelet/*/{0}/*/kube-proxy",
        }.ToImmutableDictionary(StringComparer.Ordinal))
        {
            Singletons = [.. ClusterHost.Singletons.Select(name => $"/user/{name}/{name}")],
        },
    };
}
