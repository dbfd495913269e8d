using Akka.Actor;
using Akka.Event;

namespace Akka.Pattern;

/// <summary>What both kinds of back-off supervisors do: keep a child, pass messages to it, count restarts.</summary>
public abstract class BackoffSupervisorBase : ActorBase
{
    private readonly BackoffPlan _plan;

    internal BackoffSupervisorBase(BackoffPlan plan)
    {
        _plan = plan;
        Log = Context.GetLogger();
    }

    internal BackoffPlan Plan => _plan;
    internal ILoggingAdapter Log { get; }

    /// <summary>The child, or null while there is none.</summary>
    protected IActorRef Child { get; set; } = null!;

    /// <summary>How often it was started again since the last reset.</summary>
    protected int RestartCountN { get; set; }

    /// <summary>Whether the message came after which there is no restart.</summary>
    protected bool FinalStopMessageReceived { get; set; }

    /// <inheritdoc />
    protected override void PreStart() => StartChild();

    private void StartChild() => Child ??= Context.Watch(Context.ActorOf(_plan.ChildProps, _plan.ChildName));

    internal void StartLater()
    {
        Child = null!;
        var delay = _plan.Delay(RestartCountN, Cell.SystemImpl.Chance());
        Context.System.Scheduler.ScheduleTellOnce(delay, Self, BackoffSupervisor.StartChild.Instance, Self);
        RestartCountN++;
    }

    /// <summary>Handles what is not about the child's end.</summary>
    protected bool HandleBackoff(object message)
    {
        switch (message)
        {
            case BackoffSupervisor.StartChild:
                StartChild();
                if (_plan.AutoReset is { } after)
                    Context.System.Scheduler.ScheduleTellOnce(after, Self, new BackoffSupervisor.ResetRestartCount(RestartCountN), Self);
                break;
            case BackoffSupervisor.ResetRestartCount reset:
                if (reset.Current == RestartCountN) RestartCountN = 0;
                break;
            case BackoffSupervisor.Reset when _plan.AutoReset is null:
                RestartCountN = 0;
                break;
            case BackoffSupervisor.Reset:
                Unhandled(message);
                break;
            case BackoffSupervisor.GetRestartCount:
                Sender.Tell(new BackoffSupervisor.RestartCount(RestartCountN));
                break;
            case BackoffSupervisor.GetCurrentChild:
                Sender.Tell(new BackoffSupervisor.CurrentChild(Child));
                break;
            default:
                Pass(message);
                break;
        }

        return true;
    }

    private void Pass(object message)
    {
        if (Child is null)
        {
            if (_plan.ReplyWhileStopped is { } reply) Sender.Tell(reply);
            else Context.System.DeadLetters.Forward(message);
            if (_plan.FinalStopMessage?.Invoke(message) == true) Context.Stop(Self);
        }
        else if (Child.Equals(Sender))
        {
            Context.Parent.Tell(message);
        }
        else
        {
            Child.Forward(message);
            FinalStopMessageReceived |= _plan.FinalStopMessage?.Invoke(message) == true;
        }
    }
}
