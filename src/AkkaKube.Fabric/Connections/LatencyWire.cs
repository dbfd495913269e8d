using Akka.Actor;

namespace AkkaKube.Fabric;

/// <summary>
/// Carries messages a fixed time later, in the order they came. One for the whole fabric: with one latency for all, first in is first due.
/// </summary>
internal sealed class LatencyWire : ReceiveActor, IWithTimers
{
    /// <summary>Deliver <paramref name="Message"/> to <paramref name="To"/> when the latency has passed.</summary>
    public sealed record Carry(IActorRef To, object Message, IActorRef From);

    private sealed record Due;

    private readonly TimeSpan _latency;
    private readonly Queue<(TimeSpan Due, Carry Carry)> _underWay = new();

    public LatencyWire(TimeSpan latency)
    {
        _latency = latency;
        Receive<Carry>(On);
        Receive<Due>(_ => DeliverDue());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(TimeSpan latency) => Akka.Actor.Props.Create(() => new LatencyWire(latency));

    /// <summary>Tells over <paramref name="wire"/>, or at once where there is none.</summary>
    public static void Deliver(IActorRef? wire, IActorRef to, object message, IActorRef from)
    {
        if (wire is null) to.Tell(message, from);
        else wire.Tell(new Carry(to, message, from), from);
    }

    private void On(Carry carry)
    {
        _underWay.Enqueue((Context.System.Scheduler.MonotonicClock + _latency, carry));
        if (_underWay.Count == 1) Timers.StartSingleTimer(nameof(Due), new Due(), _latency);
    }

    private void DeliverDue()
    {
        var now = Context.System.Scheduler.MonotonicClock;
        while (_underWay.TryPeek(out var head) && head.Due <= now)
        {
            _underWay.Dequeue();
            head.Carry.To.Tell(head.Carry.Message, head.Carry.From);
        }

        if (_underWay.TryPeek(out var next)) Timers.StartSingleTimer(nameof(Due), new Due(), next.Due - now);
    }
}
