using Akka.Actor;
using AkkaKube.Console.Commands;
using AkkaKube.Kubelet;

namespace AkkaKube.Host.Composition;

/// <summary>What the console of a host reaches.</summary>
internal static class ConsoleComposition
{
    /// <summary>The services for a process that is a whole cluster.</summary>
    public static ConsoleServices SingleHost(ConsoleSettings settings, Cluster cluster) => new()
    {
        Settings = settings,
        ApiServer = cluster.ApiServer,
        Nodes = new NodeSwitch(cluster.Nodes, name => new NodesActor.StopNode(name), name => new NodesActor.StartNode(name)),
    };
}
