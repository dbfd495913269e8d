using Akka.Actor;

namespace Akka.Persistence.Snapshot;

/// <summary>A snapshot store. A subclass loads, saves and deletes; this class speaks with the persistent actors.</summary>
public abstract class SnapshotStore : ActorBase
{
    private readonly PluginBreaker _breaker;
    private readonly bool _publish;

    /// <summary>Reads the settings of the plug-in.</summary>
    protected SnapshotStore()
    {
        var extension = Persistence.Instance.Apply(Context.System);
        _publish = extension.Settings.Internal.PublishPluginCommands;
        _breaker = new PluginBreaker(Context.System.Scheduler, extension.ConfigFor(Self));
    }

    /// <summary>The newest snapshot that the criteria allow, or null.</summary>
    protected abstract Task<SelectedSnapshot?> LoadAsync(string persistenceId, SnapshotSelectionCriteria criteria);

    /// <summary>Keeps a snapshot; one with the same id and number is replaced.</summary>
    protected abstract Task SaveAsync(SnapshotMetadata metadata, object snapshot);

    /// <summary>Deletes the snapshot with the id and number; it is no error when there is none.</summary>
    protected abstract Task DeleteAsync(SnapshotMetadata metadata);

    /// <summary>Deletes the snapshots that the criteria allow.</summary>
    protected abstract Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria);

    /// <summary>Handles the plug-in's own messages.</summary>
    protected virtual bool ReceivePluginInternal(object message) => false;

    /// <inheritdoc />
    protected sealed override bool Receive(object message)
    {
        var (sender, self, context) = (Sender, Self, Context);
        switch (message)
        {
            case LoadSnapshot load:
                _ = Load(load, sender, self);
                return true;
            case SaveSnapshot save:
                _ = Save(save, sender, self);
                return true;
            case DeleteSnapshot delete:
                _ = Delete(() => DeleteAsync(delete.Metadata), message, new DeleteSnapshotSuccess(delete.Metadata), e => new DeleteSnapshotFailure(delete.Metadata, e), sender, self, context);
                return true;
            case DeleteSnapshots delete:
                _ = Delete(() => DeleteAsync(delete.PersistenceId, delete.Criteria), message, new DeleteSnapshotsSuccess(delete.Criteria), e => new DeleteSnapshotsFailure(delete.Criteria, e), sender, self, context);
                return true;
            default:
                return ReceivePluginInternal(message);
        }
    }

    private async Task Load(LoadSnapshot message, IActorRef sender, IActorRef self)
    {
        try
        {
            // Who wants no snapshot does not depend on the store.
            var found = message.Criteria == SnapshotSelectionCriteria.None
                ? null
                : await _breaker.Call((This: this, message), static s => s.This.LoadAsync(s.message.PersistenceId, s.message.Criteria.Limit(s.message.ToSequenceNr))).ConfigureAwait(false);
            sender.Tell(new LoadSnapshotResult(found, message.ToSequenceNr), self);
        }
        catch (Exception e)
        {
            sender.Tell(new LoadSnapshotFailed(Unwrapped(e)), self);
        }
    }

    private async Task Save(SaveSnapshot message, IActorRef sender, IActorRef self)
    {
        var metadata = message.Metadata;
        try
        {
            await _breaker.Call((This: this, message), static s => s.This.SaveAsync(s.message.Metadata, s.message.Snapshot)).ConfigureAwait(false);
            sender.Tell(new SaveSnapshotSuccess(metadata), self);
        }
        catch (Exception e)
        {
            sender.Tell(new SaveSnapshotFailure(metadata, Unwrapped(e)), self);
        }
    }

    private async Task Delete(Func<Task> delete, object message, object success, Func<Exception, object> failure, IActorRef sender, IActorRef self, IActorContext context)
    {
        try
        {
            await _breaker.Call(delete, static d => d()).ConfigureAwait(false);
            sender.Tell(success, self);
            if (_publish) context.System.EventStream.Publish(message);
        }
        catch (Exception e)
        {
            sender.Tell(failure(Unwrapped(e)), self);
        }
    }

    private static Exception Unwrapped(Exception e) => e is AggregateException aggregate && aggregate.Flatten() is { InnerExceptions: [var only] } ? only : e;
}
