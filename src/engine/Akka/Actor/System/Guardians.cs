using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>Asks a guardian to stop one of its children.</summary>
internal sealed record StopChild(IActorRef Child);

/// <summary>The root of the tree. When /system is gone, it goes.</summary>
internal sealed class RootGuardian : ActorBase
{
    protected override void PreStart() => Context.Watch(Context.Child("system"));

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(-1, -1, static _ => Directive.Stop, loggingEnabled: true);

    protected override bool Receive(object message)
    {
        if (message is Terminated) Context.Stop(Self);
        return true;
    }
}

/// <summary>The parent of the engine's own actors. When /user is gone, it goes: the log works until then.</summary>
internal sealed class SystemGuardian : ActorBase
{
    protected override void PreStart() => Context.Watch(((ActorSystemImpl)Context.System).UserGuardian);

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case Terminated:
                ((ActorSystemImpl)Context.System).EventStream.RemoveLoggers();
                Context.Stop(Self);
                return true;
            case StopChild stop:
                Context.Stop(stop.Child);
                return true;
            default:
                return false;
        }
    }
}

/// <summary>The parent of the program's actors.</summary>
internal sealed class UserGuardian(SupervisorStrategy strategy) : ActorBase
{
    protected override SupervisorStrategy SupervisorStrategy() => strategy;

    protected override bool Receive(object message)
    {
        if (message is not StopChild stop) return false;
        Context.Stop(stop.Child);
        return true;
    }
}

/// <summary>Above the root: hears that it is gone, or that it failed, which ends the system.</summary>
internal sealed class RootGuardianSupervisor(ActorSystemImpl system) : MinimalActorRef
{
    public override ActorPath Path => system.RootPath.Child("_Root-guardian-supervisor");
    internal override ActorSystemImpl SystemImpl => system;
    private Exception? _failure;

    internal override void ReceiveSystemMessage(SystemMessage message)
    {
        switch (message)
        {
            case Failed failed:
                _failure = failed.Cause;
                system.Log.Error(failed.Cause, "guardian failed, shutting down system");
                ((IInternalActorRef)failed.Child).Stop();
                break;
            case DeathWatchNotification:
                system.RootIsGone(_failure);
                break;
        }
    }
}

/// <summary>Writes unhandled messages to the log when <c>akka.actor.debug.unhandled</c> is on.</summary>
internal sealed class UnhandledMessageForwarder : ActorBase
{
    private readonly ILoggingAdapter _log = Context.GetLogger();

    protected override bool Receive(object message)
    {
        if (message is not UnhandledMessage unhandled) return false;
        _log.Debug("Unhandled message from {0} to {1}: {2}", unhandled.Sender.Path, unhandled.Recipient.Path, unhandled.Message);
        return true;
    }
}
