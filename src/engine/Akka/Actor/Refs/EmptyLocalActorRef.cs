using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>Stands for a path where no actor lives: messages to it become dead letters with that path.</summary>
internal class EmptyLocalActorRef(ActorSystemImpl system, ActorPath path) : MinimalActorRef
{
    public override ActorPath Path => path;
    internal override ActorSystemImpl SystemImpl => system;
    internal override bool Terminated => true;

    protected override void TellInternal(object message, IActorRef sender)
    {
        if (message is null) throw new InvalidMessageException("Message is null.");
        if (message is DeadLetter letter) SpecialHandle(letter.Message, letter.Sender);
        else if (!SpecialHandle(message, sender)) system.EventStream.Publish(new DeadLetter(message, sender ?? system.DeadLetters, this));
    }

    internal override void ReceiveSystemMessage(SystemMessage message) => AnswerFor(this, message);

    /// <summary>Answers what a dead actor must answer: a watcher is told at once.</summary>
    internal static void AnswerFor(IInternalActorRef dead, SystemMessage message)
    {
        if (message is Watch watch && watch.Watchee.Equals(dead) && !watch.Watcher.Equals(dead))
            watch.Watcher.SendSystemMessage(new DeathWatchNotification(watch.Watchee, existenceConfirmed: dead is LocalActorRef));
    }

    /// <summary>Handles what needs an answer even from a dead actor; true when that was all.</summary>
    protected virtual bool SpecialHandle(object message, IActorRef sender)
    {
        switch (message)
        {
            case Identify identify:
                sender?.Tell(new ActorIdentity(identify.MessageId, null), ActorRefs.NoSender);
                return true;
            case ActorSelectionMessage selection:
                if (selection.Message is Identify asked)
                {
                    if (!selection.WildCardFanOut) sender?.Tell(new ActorIdentity(asked.MessageId, null), ActorRefs.NoSender);
                }
                else if (!selection.WildCardFanOut)
                {
                    system.EventStream.Publish(new DeadLetter(selection.Message, sender ?? system.DeadLetters, this));
                }

                return true;
            case IDeadLetterSuppression suppressed:
                system.EventStream.Publish(new SuppressedDeadLetter(suppressed, sender ?? system.DeadLetters, this));
                return true;
            default:
                return false;
        }
    }
}

/// <summary>Where messages go that nobody can receive: each becomes a <see cref="DeadLetter"/> on the event stream.</summary>
internal sealed class DeadLetterActorRef(ActorSystemImpl system, ActorPath path) : EmptyLocalActorRef(system, path)
{
    internal override bool Terminated => false;

    protected override void TellInternal(object message, IActorRef sender)
    {
        switch (message)
        {
            case null:
                throw new InvalidMessageException("Message is null.");
            case DeadLetter { Message: AllDeadLetters }:
                // A listener to dead letters that is itself gone: its dead letters would never end.
                break;
            case DeadLetter letter:
                if (!SpecialHandle(letter.Message, letter.Sender)) SystemImpl.EventStream.Publish(letter);
                break;
            case Identify identify:
                sender?.Tell(new ActorIdentity(identify.MessageId, this), ActorRefs.NoSender);
                break;
            default:
                if (!SpecialHandle(message, sender)) SystemImpl.EventStream.Publish(new DeadLetter(message, sender ?? this, this));
                break;
        }
    }
}

/// <summary>Takes every message and drops it.</summary>
internal sealed class IgnoreActorRef(ActorPath path) : MinimalActorRef
{
    public override ActorPath Path => path;
}
