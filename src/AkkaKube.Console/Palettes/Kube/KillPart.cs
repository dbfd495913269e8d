using Akka.Actor;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;

namespace AkkaKube.Console.Palettes.Kube;

/// <summary>Crashes a part: it throws while it handles a message, and what comes then is its supervisor's decision. Ends when the part answers again.</summary>
internal sealed class KillPart : PartCommand
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly string _path;
    private bool _killed;

    public KillPart(Invocation call, ClusterPart part)
        : base(call, part)
    {
        _path = call.Services.Parts.PathOf(part.Name, part.Argument is { } argument ? call.Find(argument.Name) ?? "" : "");
        Receive<Look>(_ => Context.ActorSelection(_path).Tell(new Identify("back")));
        Receive<ActorIdentity>(identity => identity.MessageId is "back" && identity.Subject is not null, _ => End(new Document.Done($"crashed {What}; it is up again")));
        Receive<ActorIdentity>(identity => identity.MessageId is "back", _ => { });
        Receive<GiveUp>(_ => End(new Document.Done($"crashed {What}; it has not come back on this host yet")));
    }

    public static Props Props(Invocation call, ClusterPart part) => Akka.Actor.Props.Create(() => new KillPart(call, part));

    protected override void Do(ActorRefWithCell actor)
    {
        if (_killed) return;
        _killed = true;
        actor.Tell(Kill.Instance);
        Timers.StartPeriodicTimer("look", new Look(), Pause, Pause);
        Timers.StartSingleTimer("give-up", new GiveUp(), Patience * 0.9);
    }

    private sealed record Look;

    private sealed record GiveUp;
}
