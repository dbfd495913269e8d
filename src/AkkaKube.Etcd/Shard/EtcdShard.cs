using Akka.Actor;
using Akka.Event;
using Akka.Persistence;

namespace AkkaKube.Etcd;

/// <summary>
/// The single writer of one resource type's keys: orders writes, makes them durable, tells the followers.
/// Writes that arrive while one is on its way to the journal gather and share the next journal write (group commit).
/// A reply is told only when what it says is durable.
/// Where it can move from host to host, it answers only while it is certain that it has not moved on, and each incarnation has a number.
/// </summary>
public sealed partial class EtcdShard : ReceivePersistentActor, IWithTimers
{
    private sealed record CompactTick;

    private readonly EtcdSettings _settings;
    private readonly IValueViews _views;
    private readonly Func<bool>? _isCurrent;
    private readonly ShardState _state;
    private readonly PendingWrites _pending = new();
    private readonly HashSet<IActorRef> _followers = [];
    private readonly Dictionary<IActorRef, TakenWrites> _taken = [];
    private readonly Dictionary<(IActorRef Reader, object? Tag), RangeParts> _parted = [];
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private long _lastRevision = ShardState.FirstRevision;
    private long _previousTickRevision = ShardState.FirstRevision;
    private long _bytesSinceSnapshot;
    private bool _savingSnapshot;
    private long _incarnation;
    private bool _leaving;
    private string? _claimedBy;
    private readonly List<(IActorRef Reader, Range Range)> _claims = [];

    /// <summary>The shard of one resource type.</summary>
    public EtcdShard(string resource, EtcdSettings settings, IValueViews views, Func<bool>? isCurrent)
    {
        PersistenceId = $"etcd/{resource}";
        _settings = settings;
        _views = views;
        _isCurrent = isCurrent;
        _state = new ShardState(views, settings.HistoryChanges, settings.HistoryBytes);

        Recover<SnapshotOffer>(offer => { if (offer.Snapshot is ShardSnapshot snapshot) _state.Restore(snapshot); });
        Recover<ChangeBatch>(batch => { _state.Apply(batch); _bytesSinceSnapshot += SizeOf(batch); });
        Recover<RecoveryCompleted>(_ => Ready());

        Command<Put>(put => { if (MayAnswer(put) && !IsAnsweredBefore(put)) On(put); });
        Command<Delete>(delete => { if (MayAnswer(delete) && !IsAnsweredBefore(delete)) On(delete); });
        Command<Get>(get => { if (MayAnswer(get)) Answer(Sender, new Found(get.Tag, _state.Find(get.Key), _state.Revision)); });
        Command<Range>(range => { if (MayAnswer(range)) On(range); });
        Command<NextPart>(next => { if (MayAnswer(next)) On(next); });
        Command<GetRevision>(get => { if (MayAnswer(get)) Answer(Sender, new AtRevision(get.Tag, _state.Revision)); });
        Command<Open>(open => { if (MayAnswer(open)) On(open); });
        Command<Follow>(follow => { if (MayAnswer(follow)) On(follow); });
        Command<Unfollow>(_ => _followers.Remove(Sender));
        Command<Terminated>(On);
        Command<HandOver>(_ => On());
        Command<Compact>(compact => { if (MayAnswer(compact)) On(compact); });
        Command<CompactTick>(_ => ForgetOld());
        Command<SaveSnapshotSuccess>(On);
        Command<SaveSnapshotFailure>(On);
        Command<DeleteMessagesSuccess>(_ => { });
        Command<DeleteMessagesFailure>(failure => _log.Warning(failure.Cause, "{0}: old journal entries stay for now", PersistenceId));
        Command<DeleteSnapshotsSuccess>(_ => { });
        Command<DeleteSnapshotsFailure>(failure => _log.Warning(failure.Cause, "{0}: old snapshots stay for now", PersistenceId));
    }

    /// <summary>The shard of one resource type.</summary>
    public static Props Props(string resource, EtcdSettings settings, IValueViews views) =>
        Akka.Actor.Props.Create(() => new EtcdShard(resource, settings, views, null));

    /// <summary>The shard of one resource type on one of several hosts.</summary>
    /// <param name="resource">E.g. <c>pods</c>; the persistence id is <c>etcd/pods</c>.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="views">The form of values that readers in this process share.</param>
    /// <param name="isCurrent">Whether it is certain that no other host has the shard: this host's lease is valid. Asked for every answer.</param>
    public static Props Props(string resource, EtcdSettings settings, IValueViews views, Func<bool> isCurrent) =>
        Akka.Actor.Props.Create(() => new EtcdShard(resource, settings, views, isCurrent));

    /// <inheritdoc/>
    public override string PersistenceId { get; }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    private void Ready()
    {
        _lastRevision = _previousTickRevision = _state.Revision;
        Timers.StartPeriodicTimer(nameof(CompactTick), new CompactTick(), _settings.CompactInterval);
        _log.Debug("{0}: {1} keys at revision {2}", PersistenceId, _state.Count, _state.Revision);
        // A write of nothing: it proves that no later owner has the journal, and the number that it gets is this incarnation's.
        if (_isCurrent is not null) Persist(new ChangeBatch([]), _ => _incarnation = LastSequenceNr);
    }

    private void On(Range range)
    {
        if (range.Claim is { } writer)
        {
            // From here on no other writer is let in; what was let in before is to be in the answer.
            _claimedBy = writer;
            if (_pending.IsWriting)
            {
                _claims.Add((Sender, range));
                return;
            }
        }
        Read(Sender, range);
    }

    private void Read(IActorRef reader, Range range)
    {
        var ranged = new Ranged(range.Tag, _state.Range(range.Prefix), _state.Revision);
        if (range.WithHistory) ranged = ranged with { History = _state.ChangesAfter(_state.CompactedRevision)!, CompactedRevision = _state.CompactedRevision };
        if (range.PartBytes is { } bytes) Next(reader, new RangeParts(ranged, bytes));
        else Answer(reader, ranged);
    }

    private void On(NextPart next)
    {
        if (_parted.TryGetValue((Sender, next.Tag), out var parts)) Next(Sender, parts);
        else Answer(Sender, new Unavailable(next.Tag, "the range was not asked for, or too long ago"));
    }

    private void Next(IActorRef reader, RangeParts parts)
    {
        var reply = parts.Next();
        if (reply is Ranged) _parted.Remove((reader, reply.Tag));
        else _parted[(reader, reply.Tag)] = parts;
        Answer(reader, reply);
    }

    private void On(Put put)
    {
        if (put.Writer != _claimedBy) { Answer(Sender, new NotClaimed(put.Tag)); return; }
        if (RevisionOf(put.Key) != put.ExpectedRevision) { Refuse(put.Key, put.Tag); return; }
        var revision = ++_lastRevision;
        var value = RevisionStamp.Insert(put.Value, put.StampAt, revision);
        Accept(new Change(put.Key, value, revision, false) { IsCreate = put.ExpectedRevision is null, View = _views.Make(put.Key, value, revision, put.Draft), TraceParent = put.TraceParent }, put.Tag, put.Brief);
    }

    private void On(Delete delete)
    {
        if (delete.Writer != _claimedBy) { Answer(Sender, new NotClaimed(delete.Tag)); return; }
        if (RevisionOf(delete.Key) != delete.ExpectedRevision) { Refuse(delete.Key, delete.Tag); return; }
        var revision = ++_lastRevision;
        var value = RevisionStamp.Insert(delete.LastWords, delete.StampAt, revision);
        Accept(new Change(delete.Key, value, revision, true) { View = _views.Make(delete.Key, value, revision, delete.Draft), TraceParent = delete.TraceParent }, delete.Tag, delete.Brief);
    }

    /// <summary>The revision of a key once all that is pending is durable; null: it does not exist.</summary>
    private long? RevisionOf(string key) =>
        _pending.Newest(key) is { } pending ? (pending.IsDelete ? null : pending.Revision) : _state.Find(key)?.Revision;

    private void Refuse(string key, object? tag)
    {
        if (_pending.Newest(key) is null) Answer(Sender, new Conflict(tag, _state.Find(key)));
        else _pending.AddRefusal(key, Sender, tag);
    }

    private void Accept(Change change, object? tag, bool brief)
    {
        _pending.Add(change, Sender, tag, brief);
        if (tag is long number && _taken.TryGetValue(Sender, out var taken)) taken.Take(number);
        if (!_pending.IsWriting) Write();
    }

    private void Write() => PersistAsync(_pending.StartWriting(_settings.BatchChanges, _settings.BatchBytes), Committed);

    private void Committed(ChangeBatch batch)
    {
        _state.Apply(batch);
        foreach (var waiting in _pending.FinishWriting())
        {
            var reply = ReplyTo(waiting);
            if (reply is Written written && waiting.Tag is long number && _taken.TryGetValue(waiting.Client, out var taken)) taken.Finish(number, written);
            Answer(waiting.Client, reply);
        }
        if (_followers.Count > 0) TellChanges(_followers, batch.Changes);
        _bytesSinceSnapshot += SizeOf(batch);
        SaveSnapshotWhenDue();
        if (_pending.HasGathered)
        {
            Write();
            return;
        }
        foreach (var (reader, range) in _claims) Read(reader, range);
        _claims.Clear();
        if (_leaving) Leave();
    }

    private Reply ReplyTo(PendingWrites.Waiting waiting)
    {
        if (waiting.Change is { } change) return new Written(waiting.Tag, waiting.Brief ? change with { Value = default, View = null } : change);
        // What the key holds may be said only by who certainly has it.
        return _isCurrent is null || _isCurrent() ? new Conflict(waiting.Tag, _state.Find(waiting.Key)) : new Unavailable(waiting.Tag, "the host of the shard is not certain that it still has it") { Refused = true };
    }

    private void TellChanges(IEnumerable<IActorRef> followers, IReadOnlyList<Change> changes)
    {
        foreach (var some in _isCurrent is null ? [changes] : RangeParts.Split(changes, _settings.PartBytes))
        {
            var message = new Changes(some);
            foreach (var follower in followers) follower.Tell(message);
        }
    }

    private void On(Follow follow)
    {
        if (_state.ChangesAfter(follow.Revision) is not { } missed)
        {
            Answer(Sender, new Compacted(follow.Tag, _state.CompactedRevision));
            return;
        }
        Remember(Sender);
        _followers.Add(Sender);
        Answer(Sender, new Following(follow.Tag, _state.Revision));
        if (missed.Count > 0) TellChanges([Sender], missed);
    }

    private void On(Terminated stopped)
    {
        _followers.Remove(stopped.ActorRef);
        _taken.Remove(stopped.ActorRef);
        foreach (var key in _parted.Keys.Where(key => key.Reader.Equals(stopped.ActorRef)).ToList()) _parted.Remove(key);
    }

    private void On(Compact compact)
    {
        _state.Compact(compact.Revision);
        Answer(Sender, new AtRevision(compact.Tag, _state.Revision));
    }

    /// <summary>What was there at the last tick is older than the interval by now; so is a range whose reader asked for nothing since.</summary>
    private void ForgetOld()
    {
        foreach (var (key, _) in _parted.Where(pair => pair.Value.IsIdle()).ToList()) _parted.Remove(key);
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
        foreach (var waiting in _pending.All) Answer(waiting.Client, new Unavailable(waiting.Tag, cause.Message));
        foreach (var (reader, range) in _claims) Answer(reader, new Unavailable(range.Tag, cause.Message) { Refused = true });
    }

    private static long SizeOf(ChangeBatch batch)
    {
        var size = 0L;
        foreach (var change in batch.Changes) size += change.Value.Length + change.Key.Length;
        return size;
    }
}
