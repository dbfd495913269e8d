using Akka.Actor;
using Akka.Event;

namespace AkkaKube.Console.Faults;

/// <summary>Knows which links of this host are broken and which actors of it are paused, mends them when their time is up or when it is asked to.</summary>
internal sealed class FaultKeeper : ReceiveActor, IWithTimers
{
    public const string Name = "faults";

    /// <summary>Applies a fault, for a while or until healed. Reply: <see cref="Applied"/> or <see cref="Refused"/>.</summary>
    public sealed record Apply(Fault Fault, TimeSpan? For);

    /// <summary>Suspends an actor. Reply: <see cref="Applied"/> or <see cref="Refused"/>.</summary>
    public sealed record Pause(ActorRefWithCell Actor, TimeSpan? For);

    /// <summary>Wakes the paused actors at a path, in which <c>*</c> is any one name, or all of them. Reply: <see cref="Healed"/>.</summary>
    public sealed record Resume(string? Path);

    /// <summary>Mends all links. Reply: <see cref="Healed"/>.</summary>
    public sealed record Heal;

    /// <summary>What is broken now. Reply: <see cref="Healed"/> with nothing changed.</summary>
    public sealed record List;

    public sealed record Applied;

    public sealed record Refused(string Why);

    /// <summary>What was healed, or is listed.</summary>
    public sealed record Healed(IReadOnlyList<string> What);

    private sealed record IsApplied(Apply Request, IActorRef Asker);

    private sealed record IsRefused(Exception Why, IActorRef Asker);

    private sealed record IsHealed(Fault Fault, Exception? Problem);

    private sealed record LinkTimeIsUp(Fault Fault);

    private sealed record PauseIsOver(ActorRefWithCell Actor);

    private readonly IFaults _faults;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly FaultMemory _memory;
    private readonly List<ActorRefWithCell> _paused = [];

    public FaultKeeper(IFaults faults, FaultMemory memory)
    {
        (_faults, _memory) = (faults, memory);
        Receive<Apply>(On);
        Receive<IsApplied>(On);
        Receive<IsRefused>(refused =>
        {
            if (refused.Why is not FaultException) _log.Warning(refused.Why, "A fault could not be applied");
            refused.Asker.Tell(new Refused(refused.Why.Message));
        });
        Receive<IsHealed>(healed =>
        {
            if (healed.Problem is { } problem) _log.Warning(problem, "The fault '{0}' could not be taken away", healed.Fault);
        });
        Receive<LinkTimeIsUp>(up => HealLink(up.Fault));
        Receive<Heal>(_ =>
        {
            var what = Links.ToList();
            foreach (var (fault, _) in _memory.All) HealLink(fault);
            Sender.Tell(new Healed(what));
        });
        Receive<List>(_ => Sender.Tell(new Healed([.. Links, .. _paused.Select(a => $"{a.Path.ToStringWithoutAddress()} is paused")])));
        Receive<Pause>(On);
        Receive<PauseIsOver>(over => Wake(over.Actor));
        Receive<Resume>(resume =>
        {
            var woken = _paused.Where(a => resume.Path is null || IsAt(a, resume.Path)).ToList();
            woken.ForEach(Wake);
            Sender.Tell(new Healed([.. woken.Select(a => a.Path.ToStringWithoutAddress())]));
        });
        Receive<Terminated>(gone => _paused.RemoveAll(a => a.Equals(gone.ActorRef)));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(IFaults faults, FaultMemory memory) => Akka.Actor.Props.Create(() => new FaultKeeper(faults, memory));

    // By peer: in which order faults took effect is chance.
    private IEnumerable<string> Links => _memory.All.OrderBy(b => b.Fault.Peer, StringComparer.Ordinal).Select(b => b.Fault.ToString());

    // What an earlier keeper of this process broke is still broken, and may have to be broken anew.
    protected override void PreStart()
    {
        foreach (var broken in _memory.All)
        {
            var asker = Context.System.DeadLetters;
            _faults.Apply(broken.Fault).PipeTo(Self, Self, () => new IsApplied(new Apply(broken.Fault, broken.For), asker), why => new IsRefused(why, asker));
        }
    }

    protected override void PostStop() => _paused.ForEach(a => a.Underlying.Resume(null));

    private static bool IsAt(IActorRef actor, string path)
    {
        var wanted = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var names = actor.Path.Elements;
        return wanted.Length == names.Count && wanted.Zip(names).All(p => p.First == "*" || p.First == p.Second);
    }

    private void On(Apply apply)
    {
        var asker = Sender;
        _faults.Apply(apply.Fault).PipeTo(Self, Self, () => new IsApplied(apply, asker), why => new IsRefused(why, asker));
    }

    private void On(IsApplied applied)
    {
        var (fault, time) = applied.Request;
        _memory.All = _memory.All.RemoveAll(b => b.Fault.Peer == fault.Peer && b.Fault.GetType() == fault.GetType()).Add(new FaultMemory.Broken(fault, time));
        if (time is { } span) Timers.StartSingleTimer((fault.Peer, fault.GetType()), new LinkTimeIsUp(fault), span);
        else Timers.Cancel((fault.Peer, fault.GetType()));
        _log.Info("Fault: {0}", fault);
        applied.Asker.Tell(new Applied());
    }

    private void HealLink(Fault fault)
    {
        var left = _memory.All.RemoveAll(b => b.Fault == fault);
        if (left == _memory.All) return;
        _memory.All = left;
        Timers.Cancel((fault.Peer, fault.GetType()));
        _log.Info("Healed: {0}", fault);
        _faults.Heal(fault).PipeTo(Self, Self, () => new IsHealed(fault, null), problem => new IsHealed(fault, problem));
    }

    private void On(Pause pause)
    {
        if (_paused.Contains(pause.Actor))
        {
            Sender.Tell(new Refused($"{pause.Actor.Path.ToStringWithoutAddress()} is paused already"));
            return;
        }

        pause.Actor.Underlying.Suspend();
        Context.Watch(pause.Actor);
        _paused.Add(pause.Actor);
        if (pause.For is { } span) Timers.StartSingleTimer(pause.Actor, new PauseIsOver(pause.Actor), span);
        Sender.Tell(new Applied());
    }

    private void Wake(ActorRefWithCell actor)
    {
        if (!_paused.Remove(actor)) return;
        Timers.Cancel(actor);
        Context.Unwatch(actor);
        actor.Underlying.Resume(null);
    }
}
