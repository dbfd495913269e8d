using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;
using AkkaKube.Console.Faults;

namespace AkkaKube.Console.Palettes.Kube;

/// <summary>Makes the links of a host, or of the database, slow or lossy.</summary>
internal sealed class SlowOrDrop : FaultCommand
{
    public SlowOrDrop(Invocation call)
        : base(call)
    {
        var hosts = call.Services.Hosts.All(Context.System);
        var target = call["TARGET"];
        if (target != Fault.Database)
        {
            if (Named(hosts, target) is not { } host) return;
            target = host.Name;
        }

        var names = (ValueList<string>)[.. hosts.Select(h => h.Name)];
        Apply(
            call.Duration("DELAY") is { } delay
                ? FaultPlan.Everywhere(names, target, peer => new Fault.Slow(peer, delay))
                : FaultPlan.Everywhere(names, target, peer => new Fault.Drop(peer, call.Share("SHARE") ?? 0)),
            call.Duration("--for"));
    }

    public static Props Props(Invocation call) => Akka.Actor.Props.Create(() => new SlowOrDrop(call));
}
