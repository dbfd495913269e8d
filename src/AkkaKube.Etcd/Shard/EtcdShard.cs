using Akka.Actor;
using Akka.Event;
using Akka.Persistence;

namespace AkkaKube.Etcd;

/// <summary>
/// The single writer of one resource type's keys: orders writes, makes them durable, tells the followers.
/// Writes that arrive while one is on its way to the journal gather and share the next journal write (group commit).
/// A reply is told only when what it says is durable.
/// </summary>
public sealed class EtcdShard : ReceivePersistentActor, IWithTimers
{
    /// <summary>A message that is answered with its own tag.</summary>
    public abstract record Request
    {
        /// <summary>Comes back in the reply.</summary>
        public object? Tag { get; init; }
    }

    /// <summary>Writes a key, if its revision is as expected. Reply: <see cref="Written"/>, <see cref="Conflict"/> or <see cref="Unavailable"/>.</summary>
    /// <param name="Key">The key.</param>
    /// <param name="Value">The new value.</param>
    /// <param name="ExpectedRevision">The revision that the key must have; null: it must not exist.</param>
    public sealed record Put(string Key, ReadOnlyMemory<byte> Value, long? ExpectedRevision) : Request
    {
        /// <summary>Where in the value the shard inserts the new revision in decimal digits; null: nowhere.</summary>
        public int? StampAt { get; init; }

        /// <summary>Given to <see cref="IValueViews"/> with the value.</summary>
        public object? Draft { get; init; }
    }

    /// <summary>Removes a key, if its revision is as expected. Reply: <see cref="Written"/>, <see cref="Conflict"/> or <see cref="Unavailable"/>.</summary>
    /// <param name="Key">The key.</param>
    /// <param name="LastWords">What followers see of it with the deletion.</param>
    /// <param name="ExpectedRevision">The revision that the key must have.</param>
    public sealed record Delete(string Key, ReadOnlyMemory<byte> LastWords, long ExpectedRevision) : Request
    {
        /// <inheritdoc cref="Put.StampAt"/>
        public int? StampAt { get; init; }

        /// <inheritdoc cref="Put.Draft"/>
        public object? Draft { get; init; }
    }

    /// <summary>Reads one key. Reply: <see cref="Found"/>.</summary>
    public sealed record Get(string Key) : Request;

    /// <summary>Reads the keys with a prefix. Reply: <see cref="Ranged"/>.</summary>
    public sealed record Range(string Prefix) : Request
    {
        /// <summary>The reply says also what led here, for readers that serve others who know an earlier revision.</summary>
        public bool WithHistory { get; init; }
    }

    /// <summary>Asks for the revision. Reply: <see cref="AtRevision"/>.</summary>
    public sealed record GetRevision : Request;

    /// <summary>
    /// The sender gets <see cref="Changes"/> of everything after <paramref name="Revision"/>, until it stops or sends <see cref="Unfollow"/>.
    /// Reply: <see cref="Following"/> before the first change, or <see cref="Compacted"/>.
    /// </summary>
    public sealed record Follow(long Revision) : Request;

    /// <summary>Ends what <see cref="Follow"/> began.</summary>
    public sealed record Unfollow;

    /// <summary>Forgets the changes up to <paramref name="Revision"/>. Reply: <see cref="AtRevision"/>.</summary>
    public sealed record Compact(long Revision) : Request;

    /// <summary>What every reply carries.</summary>
    public abstract record Reply(object? Tag);

    /// <summary>The write is durable.</summary>
    public sealed record Written(object? Tag, Change Change) : Reply(Tag);

    /// <summary>The key's revision is not the expected one; nothing was written.</summary>
    /// <param name="Tag">The command's tag.</param>
    /// <param name="Current">What the key holds; null: nothing.</param>
    public sealed record Conflict(object? Tag, Entry? Current) : Reply(Tag);

    /// <summary>The journal failed. Whether a write was carried out is unknown; it was not acknowledged.</summary>
    public sealed record Unavailable(object? Tag, string Reason) : Reply(Tag);

    /// <summary>What a key holds; null: nothing.</summary>
    public sealed record Found(object? Tag, Entry? Entry, long Revision) : Reply(Tag);

    /// <summary>The entries of a range, in the order of their keys, as of a revision.</summary>
    public sealed record Ranged(object? Tag, IReadOnlyList<Entry> Entries, long Revision) : Reply(Tag)
    {
        /// <summary>The changes after <see cref="CompactedRevision"/>, where they were asked for.</summary>
        public IReadOnlyList<Change> History { get; init; } = [];

        /// <summary>Changes up to this revision are forgotten.</summary>
        public long CompactedRevision { get; init; } = Revision;
    }

    /// <summary>The revision of the last durable write.</summary>
    public sealed record AtRevision(object? Tag, long Revision) : Reply(Tag);

    /// <summary>Changes will follow; <paramref name="Revision"/> is the current one.</summary>
    public sealed record Following(object? Tag, long Revision) : Reply(Tag);

    /// <summary>The changes after the asked revision are partly forgotten.</summary>
    public sealed record Compacted(object? Tag, long CompactedRevision) : Reply(Tag);

    /// <summary>What became durable, in order, without a gap.</summary>
    public sealed record Changes(IReadOnlyList<Change> Items);

    private sealed record CompactTick;

    private readonly EtcdSettings _settings;
    private readonly IValueViews _views;
    private readonly ShardState _state;
    private readonly PendingWrites _pending = new();
    private readonly HashSet<IActorRef> _followers = [];
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private long _lastRevision = ShardState.FirstRevision;
    private long _previousTickRevision = ShardState.FirstRevision;
    private long _bytesSinceSnapshot;
    private bool _savingSnapshot;

    /// <summary>The shard of one resource type.</summary>
    public EtcdShard(string resource, EtcdSettings settings, IValueViews views)
    {
        PersistenceId = $"etcd/{resource}";
        _settings = settings;
        _views = views;
        _state = new ShardState(views, settings.HistoryChanges, settings.HistoryBytes);

        Recover<SnapshotOffer>(offer => { if (offer.Snapshot is ShardSnapshot snapshot) _state.Restore(snapshot); });
        Recover<ChangeBatch>(batch => { _state.Apply(batch); _bytesSinceSnapshot += SizeOf(batch); });
        Recover<RecoveryCompleted>(_ => Ready());

        Command<Put>(On);
        Command<Delete>(On);
        Command<Get>(get => Sender.Tell(new Found(get.Tag, _state.Find(get.Key), _state.Revision)));
        Command<Range>(On);
        Command<GetRevision>(get => Sender.Tell(new AtRevision(get.Tag, _state.Revision)));
        Command<Follow>(On);
        Command<Unfollow>(_ => StopFollowing(Sender));
        Command<Terminated>(stopped => _followers.Remove(stopped.ActorRef));
        Command<Compact>(On);
        Command<CompactTick>(_ => On());
        Command<SaveSnapshotSuccess>(On);
        Command<SaveSnapshotFailure>(On);
        Command<DeleteMessagesSuccess>(_ => { });
        Command<DeleteMessagesFailure>(failure => _log.Warning(failure.Cause, "{0}: old journal entries stay for now", PersistenceId));
        Command<DeleteSnapshotsSuccess>(_ => { });
        Command<DeleteSnapshotsFailure>(failure => _log.Warning(failure.Cause, "{0}: old snapshots stay for now", PersistenceId));
    }

    /// <summary>The shard of one resource type.</summary>
    public static Props Props(string resource, EtcdSettings settings, IValueViews views) =>
        Akka.Actor.Props.Create(() => new EtcdShard(resource, settings, views));

    /// <inheritdoc/>
    public override string PersistenceId { get; }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    private void Ready()
    {
        _lastRevision = _previousTickRevision = _state.Revision;
        Timers.StartPeriodicTimer(nameof(CompactTick), new CompactTick(), _settings.CompactInterval);
        _log.Debug("{0}: {1} keys at revision {2}", PersistenceId, _state.Count, _state.Revision);
    }

    private void On(Range range)
    {
        var ranged = new Ranged(range.Tag, _state.Range(range.Prefix), _state.Revision);
        if (range.WithHistory) ranged = ranged with { History = _state.ChangesAfter(_state.CompactedRevision)!, CompactedRevision = _state.CompactedRevision };
        Sender.Tell(ranged);
    }

    private void On(Put put)
    {
        if (RevisionOf(put.Key) != put.ExpectedRevision) { Refuse(put.Key, put.Tag); return; }
        var revision = ++_lastRevision;
        var value = RevisionStamp.Insert(put.Value, put.StampAt, revision);
        Accept(new Change(put.Key, value, revision, false) { IsCreate = put.ExpectedRevision is null, View = _views.Make(put.Key, value, revision, put.Draft) }, put.Tag);
    }

    private void On(Delete delete)
    {
        if (RevisionOf(delete.Key) != delete.ExpectedRevision) { Refuse(delete.Key, delete.Tag); return; }
        var revision = ++_lastRevision;
        var value = RevisionStamp.Insert(delete.LastWords, delete.StampAt, revision);
        Accept(new Change(delete.Key, value, revision, true) { View = _views.Make(delete.Key, value, revision, delete.Draft) }, delete.Tag);
    }

    /// <summary>The revision of a key once all that is pending is durable; null: it does not exist.</summary>
    private long? RevisionOf(string key) =>
        _pending.Newest(key) is { } pending ? (pending.IsDelete ? null : pending.Revision) : _state.Find(key)?.Revision;

    private void Refuse(string key, object? tag)
    {
        if (_pending.Newest(key) is null) Sender.Tell(new Conflict(tag, _state.Find(key)));
        else _pending.AddRefusal(key, Sender, tag);
    }

    private void Accept(Change change, object? tag)
    {
        _pending.Add(change, Sender, tag);
        if (!_pending.IsWriting) Write();
    }

    private void Write() => PersistAsync(_pending.StartWriting(_settings.BatchChanges, _settings.BatchBytes), Committed);

    private void Committed(ChangeBatch batch)
    {
        _state.Apply(batch);
        foreach (var waiting in _pending.FinishWriting())
        {
            waiting.Client.Tell(waiting.Change is { } change ? new Written(waiting.Tag, change) : new Conflict(waiting.Tag, _state.Find(waiting.Key)));
        }
        if (_followers.Count > 0)
        {
            var changes = new Changes(batch.Changes);
            foreach (var follower in _followers) follower.Tell(changes);
        }
        _bytesSinceSnapshot += SizeOf(batch);
        SaveSnapshotWhenDue();
        if (_pending.HasGathered) Write();
    }

    private void On(Follow follow)
    {
        if (_state.ChangesAfter(follow.Revision) is not { } missed)
        {
            Sender.Tell(new Compacted(follow.Tag, _state.CompactedRevision));
            return;
        }
        if (_followers.Add(Sender)) Context.Watch(Sender);
        Sender.Tell(new Following(follow.Tag, _state.Revision));
        if (missed.Count > 0) Sender.Tell(new Changes(missed));
    }

    private void StopFollowing(IActorRef follower)
    {
        if (_followers.Remove(follower)) Context.Unwatch(follower);
    }

    private void On(Compact compact)
    {
        _state.Compact(compact.Revision);
        Sender.Tell(new AtRevision(compact.Tag, _state.Revision));
    }

    /// <summary>What was there at the last tick is older than the interval by now.</summary>
    private void On()
    {
        _state.Compact(_previousTickRevision);
        _previousTickRevision = _state.Revision;
    }

    /// <summary>As many journaled bytes as the state has: the journal stays as long as the state, and each byte is written twice at most.</summary>
    private void SaveSnapshotWhenDue()
    {
        if (_savingSnapshot || _bytesSinceSnapshot < Math.Max(_settings.SnapshotBytes, _state.Bytes)) return;
        _savingSnapshot = true;
        _bytesSinceSnapshot = 0;
        SaveSnapshot(_state.Snapshot());
    }

    private void On(SaveSnapshotSuccess saved)
    {
        _savingSnapshot = false;
        DeleteMessages(saved.Metadata.SequenceNr);
        DeleteSnapshots(new SnapshotSelectionCriteria(saved.Metadata.SequenceNr - 1));
    }

    private void On(SaveSnapshotFailure failure)
    {
        _savingSnapshot = false;
        _log.Warning(failure.Cause, "{0}: no snapshot at {1}; the journal keeps growing", PersistenceId, failure.Metadata.SequenceNr);
    }

    /// <inheritdoc/>
    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr)
    {
        base.OnPersistFailure(cause, @event, sequenceNr);
        FailAll(cause);
    }

    /// <inheritdoc/>
    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        // A rejected batch was not written, but revisions after it may be gathered already: start again from what is durable.
        base.OnPersistRejected(cause, @event, sequenceNr);
        FailAll(cause);
        Context.Stop(Self);
    }

    private void FailAll(Exception cause)
    {
        foreach (var waiting in _pending.All) waiting.Client.Tell(new Unavailable(waiting.Tag, cause.Message));
    }

    private static long SizeOf(ChangeBatch batch)
    {
        var size = 0L;
        foreach (var change in batch.Changes) size += change.Value.Length + change.Key.Length;
        return size;
    }
}
