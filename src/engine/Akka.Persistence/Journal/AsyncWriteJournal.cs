using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Persistence.Journal;

/// <summary>Reads the events of an id for its recovery.</summary>
public interface IAsyncRecovery
{
    /// <summary>Calls <paramref name="recoveryCallback"/> with the events from and to the numbers given, both included, in order, at most <paramref name="max"/>.</summary>
    Task ReplayMessagesAsync(IActorContext context, string persistenceId, long fromSequenceNr, long toSequenceNr, long max, Action<IPersistentRepresentation> recoveryCallback);

    /// <summary>The highest number ever written, deleted events included; 0 when there is none.</summary>
    Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr);
}

/// <summary>
/// A journal. A subclass writes, reads and deletes; this class speaks with the persistent actors. A persistent actor has one write at a time
/// under way, so replies of one actor are in order; writes of different actors run side by side and the subclass may join them.
/// </summary>
public abstract class AsyncWriteJournal : WriteJournalBase, IAsyncRecovery
{
    /// <summary>Whether commands that were done are published on the event stream.</summary>
    protected readonly bool CanPublish;

    private readonly PluginBreaker _breaker;

    /// <summary>Reads the settings of the plug-in.</summary>
    protected AsyncWriteJournal()
    {
        var extension = Persistence.Instance.Apply(Context.System);
        CanPublish = extension.Settings.Internal.PublishPluginCommands;
        _breaker = new PluginBreaker(Context.System.Scheduler, extension.ConfigFor(Self));
    }

    /// <inheritdoc />
    public abstract Task ReplayMessagesAsync(IActorContext context, string persistenceId, long fromSequenceNr, long toSequenceNr, long max, Action<IPersistentRepresentation> recoveryCallback);

    /// <inheritdoc />
    public abstract Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr);

    /// <summary>
    /// Writes groups of events, each group all or nothing. The result has an entry for each group, null or why it was refused; a null result refuses
    /// none. A task that fails says that it is not known what was written.
    /// </summary>
    protected abstract Task<IImmutableList<Exception>?> WriteMessagesAsync(IEnumerable<AtomicWrite> messages);

    /// <summary>Deletes the events of an id up to a number; the highest number stays known.</summary>
    protected abstract Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr);

    /// <summary>Handles the plug-in's own messages.</summary>
    protected virtual bool ReceivePluginInternal(object message) => false;

    /// <inheritdoc />
    protected sealed override bool Receive(object message) => ReceiveWriteJournal(message) || ReceivePluginInternal(message);

    /// <summary>Handles the messages of persistent actors.</summary>
    protected bool ReceiveWriteJournal(object message)
    {
        // Nothing is waited for: what these start answers the persistent actor when it ends.
        switch (message)
        {
            case WriteMessages write:
                _ = Write(write, Self);
                return true;
            case ReplayMessages replay:
                _ = Replay(replay, Context, Self);
                return true;
            case DeleteMessagesTo delete:
                _ = Delete(delete, Self);
                return true;
            default:
                return false;
        }
    }

    /// <summary>The one exception within, if there is but one.</summary>
    protected static Exception TryUnwrapException(Exception e) =>
        e is AggregateException aggregate && aggregate.Flatten() is { InnerExceptions: [var only] } ? only : e;

    private async Task Write(WriteMessages message, IActorRef self)
    {
        List<AtomicWrite>? writes = null;
        IImmutableList<Exception>? rejected = null;
        try
        {
            writes = (List<AtomicWrite>)PreparePersistentBatch(message.Messages);
            if (writes.Count > 0)
            {
                rejected = await _breaker.Call((This: this, writes), static s => s.This.WriteMessagesAsync(s.writes)).ConfigureAwait(false);
                if (rejected is not null && rejected.Count != writes.Count)
                {
                    throw new InvalidOperationException($"WriteMessagesAsync returned {rejected.Count} results for {writes.Count} writes");
                }
            }
        }
        catch (Exception e)
        {
            var cause = TryUnwrapException(e);
            message.PersistentActor.Tell(new WriteMessagesFailed(cause, writes?.Count ?? 0), self);
            Answer(message, self, (p, _) => new WriteMessageFailure(p, cause, message.ActorInstanceId), null);
            return;
        }
        message.PersistentActor.Tell(WriteMessagesSuccessful.Instance, self);
        Answer(message, self, (p, why) => why is null
            ? new WriteMessageSuccess(p, message.ActorInstanceId)
            : new WriteMessageRejected(p, why, message.ActorInstanceId), rejected);
    }

    private static void Answer(WriteMessages message, IActorRef self, Func<IPersistentRepresentation, Exception?, object> answer, IImmutableList<Exception>? rejected)
    {
        var group = 0;
        foreach (var envelope in message.Messages)
        {
            if (envelope is not AtomicWrite write)
            {
                message.PersistentActor.Tell(new LoopMessageSuccess(envelope.Payload, message.ActorInstanceId), envelope.Sender);
                continue;
            }
            var why = rejected?[group];
            group++;
            foreach (var p in write.Events) message.PersistentActor.Tell(answer(p, why), p.Sender ?? self);
        }
    }

    private async Task Replay(ReplayMessages message, IActorContext context, IActorRef self)
    {
        var target = message.PersistentActor;
        try
        {
            var highest = await _breaker.Call((This: this, message), static s =>
                s.This.ReadHighestSequenceNrAsync(s.message.PersistenceId, Math.Max(0, s.message.FromSequenceNr - 1))).ConfigureAwait(false);
            var to = Math.Min(message.ToSequenceNr, highest);
            if (to > 0 && message.FromSequenceNr <= to)
            {
                await ReplayMessagesAsync(context, message.PersistenceId, message.FromSequenceNr, to, message.Max,
                    p => target.Tell(new ReplayedMessage(p), ActorRefs.NoSender!)).ConfigureAwait(false);
            }
            target.Tell(new RecoverySuccess(highest), self);
            if (CanPublish) Publish(context, message);
        }
        catch (Exception e)
        {
            target.Tell(new ReplayMessagesFailure(TryUnwrapException(e)), self);
        }
    }

    private async Task Delete(DeleteMessagesTo message, IActorRef self)
    {
        var context = Context;
        try
        {
            await _breaker.Call((This: this, message), static s => s.This.DeleteMessagesToAsync(s.message.PersistenceId, s.message.ToSequenceNr)).ConfigureAwait(false);
            message.PersistentActor.Tell(new DeleteMessagesSuccess(message.ToSequenceNr), self);
            if (CanPublish) Publish(context, message);
        }
        catch (Exception e)
        {
            message.PersistentActor.Tell(new DeleteMessagesFailure(TryUnwrapException(e), message.ToSequenceNr), self);
        }
    }

    private static void Publish(IActorContext context, object message) => context.System.EventStream.Publish(message);
}
