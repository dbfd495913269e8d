using Akka.Actor;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;

namespace AkkaKube.Console.Palettes.Cluster;

/// <summary>Says in a few lines how the cluster is.</summary>
internal sealed class ClusterStatus : CommandActor
{
    public ClusterStatus(Invocation call)
        : base(call)
    {
        var hosts = call.Services.Hosts.All(Context.System);
        List<string> lines = [call.Services.Hosts.IsCluster ? $"{hosts.Count} member{(hosts.Count == 1 ? "" : "s")}; asked: {call.Services.Hosts.Self}" : Hosts.SingleHost.Alone];
        lines.AddRange(hosts.GroupBy(h => h.Status).Select(g => $"{g.Key}: {string.Join(", ", g.Select(h => h.Name))}"));
        var unreachable = hosts.Where(h => !h.IsReachable).Select(h => h.Name).ToList();
        lines.Add(unreachable.Count == 0 ? "all are reachable" : $"unreachable: {string.Join(", ", unreachable)}");
        if (hosts.FirstOrDefault(h => h.IsLeader) is { } leader) lines.Add($"leader: {leader.Name}");
        End(new Document.Text(string.Join('\n', lines)));
    }

    public static Props Props(Invocation call) => Akka.Actor.Props.Create(() => new ClusterStatus(call));
}
