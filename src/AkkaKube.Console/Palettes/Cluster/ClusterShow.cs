using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;

namespace AkkaKube.Console.Palettes.Cluster;

/// <summary>Lists the members.</summary>
internal sealed class ClusterShow : CommandActor
{
    public ClusterShow(Invocation call)
        : base(call) => End(new Document.Table(
        ["HOST", "ADDRESS", "STATUS", "REACHABLE", "LEADER", "ROLES"],
        [.. call.Services.Hosts.All(Context.System).Select(h => (ValueList<Cell>)[h.Name, h.Address.ToString(), h.Status, h.IsReachable ? "yes" : "no", h.IsLeader ? "leader" : "", string.Join(' ', h.Roles)])]));

    public static Props Props(Invocation call) => Akka.Actor.Props.Create(() => new ClusterShow(call));
}
