using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;
using AkkaKube.Console.Hosts;

namespace AkkaKube.Console.Palettes.Cluster;

/// <summary>Lists the members as the asked host knows them, and the singletons that each says it has.</summary>
internal sealed class ClusterShow : CommandActor
{
    private static readonly ValueList<string> Columns = ["HOST", "ADDRESS", "STATUS", "REACHABLE", "LEADER", "ROLES", "SINGLETONS"];

    public ClusterShow(Invocation call)
        : base(call)
    {
        var hosts = call.Services.Hosts.All(Context.System);
        Receive<HostQuestion.Answers>(answers =>
        {
            var singletons = new Placement(answers, []);
            End(new Document.Table(Columns, [.. hosts.Select(h => Row(h, singletons.NamesOn(h.Name)))]));
        });

        // Who cannot be reached would cost everybody's patience.
        Context.ActorOf(HostQuestion.Props(call.Services, [.. hosts.Where(h => h.IsReachable)], ["console", "singletons-here"], Patience, Self));
    }

    public static Props Props(Invocation call) => Akka.Actor.Props.Create(() => new ClusterShow(call));

    private static ValueList<Cell> Row(HostEntry host, string singletons) =>
        [host.Name, host.Address.ToString(), host.Status, host.IsReachable ? "yes" : "no", host.IsLeader ? "leader" : "", string.Join(' ', host.Roles), singletons];
}
