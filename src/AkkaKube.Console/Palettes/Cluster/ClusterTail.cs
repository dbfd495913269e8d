using Akka.Actor;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;

namespace AkkaKube.Console.Palettes.Cluster;

/// <summary>Shows what happens to the members.</summary>
internal sealed class ClusterTail : CommandActor
{
    public ClusterTail(Invocation call)
        : base(call)
    {
        if (!call.Services.Hosts.IsCluster) Show(new Document.Text(Hosts.SingleHost.Alone));
        foreach (var host in call.Services.Hosts.All(Context.System)) Show(new Document.Text(Line($"{host.Name} is {host.Status}{(host.IsReachable ? "" : ", unreachable")}")));
        ReceiveAny(message =>
        {
            if (call.Services.Hosts.Describe(message) is { } said) Show(new Document.Text(Line(said)));
        });
        call.Services.Hosts.Follow(Context.System, Self);
    }

    public static Props Props(Invocation call) => Akka.Actor.Props.Create(() => new ClusterTail(call));

    private string Line(string said) => $"{Context.System.Scheduler.Now.UtcDateTime:HH:mm:ss.fff} {said}";
}
