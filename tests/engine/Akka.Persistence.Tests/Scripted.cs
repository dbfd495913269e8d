using Akka.Actor;

namespace Akka.Persistence.Tests;

/// <summary>A persistent actor whose behavior a test writes.</summary>
public sealed class Scripted(string id, IActorRef listener, Action<Scripted, object> onCommand, Action<Scripted, object>? onRecover, Recovery? recovery = null) : UntypedPersistentActor, IWithTimers
{
    public override string PersistenceId => id;

    public override Recovery Recovery { get; } = recovery ?? Recovery.Default;

    public List<object> Recovered { get; } = [];

    public ITimerScheduler Timers { get; set; } = null!;

    public void Answer(object message) => Sender.Tell(message, Self);

    public void Tell(object message) => listener.Tell(message, Self);

    protected override void OnCommand(object message) => onCommand(this, message);

    protected override void OnRecover(object message)
    {
        if (onRecover is null) return;
        onRecover(this, message);
        for (var i = 0; i < Recovered.Count; i++)
        {
            if (Recovered[i] is RecoveryCompleted) Recovered[i] = nameof(RecoveryCompleted);
        }
    }

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) => Tell($"failure: {cause.Message} {@event} {sequenceNr}");

    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr) => Tell($"rejected: {cause.Message} {@event} {sequenceNr}");

    protected override void OnRecoveryFailure(Exception reason, object? message = null) => Tell($"recovery failure: {reason.Message}");
}
