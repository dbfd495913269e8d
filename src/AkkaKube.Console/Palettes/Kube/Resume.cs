using Akka.Actor;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;
using AkkaKube.Console.Faults;

namespace AkkaKube.Console.Palettes.Kube;

/// <summary>Wakes what was paused: all of it, or a part by its name, on whichever host it is.</summary>
internal sealed class Resume : ForwardingCommand
{
    public Resume(Invocation call)
        : base(call)
    {
        Receive<FaultKeeper.Healed>(healed => End(healed.What.Count == 0
            ? new Document.Failure(FailureCode.NotFound, $"nothing {(call.Find("PART") is { } part ? $"called {part} " : "")}is paused on {call.Services.Hosts.Self}")
            : new Document.Done($"resumed {string.Join(", ", healed.What)} on {call.Services.Hosts.Self}")));
        DoEverywhere();
    }

    public static Props Props(Invocation call) => Akka.Actor.Props.Create(() => new Resume(call));

    protected override void DoHere()
    {
        var part = Call.Find("PART");
        if (part is not null && !part.StartsWith('/') && !Call.Services.Parts.Paths.ContainsKey(part))
        {
            Fail($"there is no part {part}; the parts are {string.Join(", ", ClusterPart.All.Select(p => p.Name))}", FailureCode.Usage);
            return;
        }

        var path = part is null || part.StartsWith('/') ? part : Call.Services.Parts.PathOf(part, Call.Find("NAME") ?? "*");
        Context.ActorSelection($"../{FaultKeeper.Name}").Tell(new FaultKeeper.Resume(path));
    }
}
