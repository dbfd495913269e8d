using Akka.Actor;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;

namespace AkkaKube.Console.Palettes.Cluster;

/// <summary>Says who leads.</summary>
internal sealed class ClusterLeader : CommandActor
{
    public ClusterLeader(Invocation call)
        : base(call) => End(call.Services.Hosts.All(Context.System).FirstOrDefault(h => h.IsLeader) is { } leader
        ? new Document.Text($"{leader.Name} {leader.Address}")
        : new Document.Failure(FailureCode.Failed, "no member leads now"));

    public static Props Props(Invocation call) => Akka.Actor.Props.Create(() => new ClusterLeader(call));
}
