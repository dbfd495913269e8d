using System.Globalization;
using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;
using AkkaKube.Console.Faults;

namespace AkkaKube.Console.Palettes.Kube;

/// <summary>Breaks one link of this host. Consoles say this to each other.</summary>
internal sealed class ApplyFault : CommandActor
{
    public ApplyFault(Invocation call)
        : base(call)
    {
        Receive<FaultKeeper.Applied>(_ => End(new Document.Done($"{call.Services.Hosts.Self}: {FaultOf(call)}")));
        Receive<FaultKeeper.Refused>(refused => Fail(refused.Why));
        if (FaultOf(call) is { } fault) Context.ActorSelection($"../{FaultKeeper.Name}").Tell(new FaultKeeper.Apply(fault, call.Duration("--for")));
        else Fail($"there is no fault '{call["WHAT"]} {call["VALUE"]}'", FailureCode.Usage);
    }

    public static Props Props(Invocation call) => Akka.Actor.Props.Create(() => new ApplyFault(call));

    /// <summary>The words with which a fault is passed on.</summary>
    public static ValueList<string> Words(Fault fault, TimeSpan? time)
    {
        string[] words = fault switch
        {
            Fault.Cut cut => ["kube", "fault", "cut", cut.Peer, cut.Ways.ToString()],
            Fault.Slow slow => ["kube", "fault", "slow", slow.Peer, WordSyntax.Write(slow.Delay)],
            Fault.Drop drop => ["kube", "fault", "drop", drop.Peer, string.Create(CultureInfo.InvariantCulture, $"{drop.Share * 100:0.####}%")],
            _ => throw new ArgumentOutOfRangeException(nameof(fault)),
        };
        return time is { } span ? [.. words, "--for", WordSyntax.Write(span)] : [.. words];
    }

    private static Fault? FaultOf(Invocation call) => (call["WHAT"], call["VALUE"]) switch
    {
        ("cut", var ways) when Enum.TryParse<Ways>(ways, out var parsed) => new Fault.Cut(call["PEER"], parsed),
        ("slow", var delay) when WordSyntax.TryDuration(delay, out var span) => new Fault.Slow(call["PEER"], span),
        ("drop", var share) when WordSyntax.TryPercent(share, out var part) => new Fault.Drop(call["PEER"], part),
        _ => null,
    };
}
