using Akka.Actor;
using Akka.Event;

namespace Akka.Pattern;

/// <summary>Stops its child when it fails and starts it again after a delay that doubles each time. A child that stops itself ends the supervisor.</summary>
internal sealed class BackoffOnFailureSupervisor(BackoffPlan plan) : BackoffSupervisorBase(plan)
{
    protected override SupervisorStrategy SupervisorStrategy() =>
        new OneForOneStrategy(Plan.Strategy.MaxNumberOfRetries, Plan.Strategy.WithinTimeRangeMilliseconds, Decide);

    private Directive Decide(Exception cause)
    {
        var directive = Plan.Strategy.Decider.Decide(cause);
        if (directive != Directive.Restart) return directive;
        var (most, within) = (Plan.Strategy.MaxNumberOfRetries, Plan.Strategy.WithinTimeRangeMilliseconds);
        if (within > 0 && RestartCountN == 0)
            Context.System.Scheduler.ScheduleTellOnce(TimeSpan.FromMilliseconds(within), Self, new BackoffSupervisor.ResetRestartCount(0), Self);
        if (most >= 0 && RestartCountN + 1 > most)
        {
            Log.Debug("Terminating on restart #{0} which exceeds max allowed restarts ({1})", RestartCountN + 1, most);
            Context.Stop(Self);
        }
        else
        {
            Become(WaitForEndOf(Sender));
        }

        return Directive.Stop; // a restart of ours is a stop and a later start
    }

    private Receive WaitForEndOf(IActorRef failed) => message =>
    {
        switch (message)
        {
            case Terminated terminated when terminated.ActorRef.Equals(failed):
                Become(Receive);
                StartLater();
                return true;
            case BackoffSupervisor.StartChild:
                return true; // a new one is scheduled when the child is gone
            default:
                return HandleBackoff(message);
        }
    };

    protected override bool Receive(object message)
    {
        if (message is not Terminated terminated || !terminated.ActorRef.Equals(Child)) return HandleBackoff(message);
        Log.Debug("Terminating, because child {0} terminated itself", Child);
        Context.Stop(Self);
        return true;
    }
}
