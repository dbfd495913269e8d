using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using AkkaKube.Api;
using AkkaKube.Client.Events;
using AkkaKube.Client.Informers;
using AkkaKube.Client.Ownership;
using AkkaKube.Client.Requests;
using AkkaKube.Client.Tracing;
using AkkaKube.Client.WorkQueue;

namespace AkkaKube.Client.Reconciler;

/// <summary>Runs a reconciler: informers feed keys into its queue, it asks the reconciler what to write and sees that it is written.</summary>
/// <remarks>
/// A key whose writes were refused comes back with growing delays; one whose writes went well comes back only when its informers have
/// seen them. Many keys and many writes are under way at a time, one reconciliation a key.
/// </remarks>
public sealed class Controller : UntypedActor, IWithTimers
{
    private const int KeysInOneGo = 64;
    private readonly ControllerSpec _spec;
    private readonly ControllerSettings _settings;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly InformerSet _informers;
    private readonly WorkQueue<ObjectKey> _queue;
    private readonly IReconciler _reconciler;
    private readonly EventRecorder _events;
    private readonly CatchUp _catchUp = new();
    private readonly Queue<PendingWrite> _unsent = new();
    private readonly HashSet<PendingWrite> _sent = [];
    private readonly Dictionary<GroupVersionResource, Func<ObjectKey, string?, bool>> _isThere = [];
    private readonly Dictionary<ObjectKey, CausedBy> _causes = [];
    private int _working;
    private bool _hasStarted;

    /// <summary>A controller that speaks to <paramref name="apiServer"/>.</summary>
    public Controller(ControllerSpec spec, IActorRef apiServer, ControllerSettings settings)
    {
        (_spec, _settings) = (spec, settings);
        var random = ClusterRandom.Of(Context.System).Create(spec.Name);
        _informers = new InformerSet(Context, apiServer, spec.User, random);
        _queue = new WorkQueue<ObjectKey>(settings.Backoff, settings.Pace);
        _events = new EventRecorder(spec.Component, spec.User);
        _reconciler = spec.Build(new Setup(this, Context.System.Settings.Config, random));
    }

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    private DateTimeOffset Now => Context.System.Scheduler.Now;

    // What waits is counted by a clock that does not jump, from a day that means nothing.
    private DateTimeOffset Waited => DateTimeOffset.UnixEpoch + Context.System.Scheduler.MonotonicClock;

    /// <summary>A controller as a child of the caller.</summary>
    public static Props Props(ControllerSpec spec, IActorRef apiServer, ControllerSettings settings) =>
        Akka.Actor.Props.Create(() => new Controller(spec, apiServer, settings));

    /// <inheritdoc />
    protected override void PreStart() => Timers.StartPeriodicTimer(nameof(Sweep), new Sweep(), _settings.Patience / 2);

    /// <inheritdoc />
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Pump:
                break;
            case Sweep:
                GiveUpOnTheLate();
                _events.Resend(_informers.ApiServer, Self);
                break;
            case ApiReply { Tag: PendingWrite pending } reply:
                On(reply, pending);
                break;
            default:
                if (!_events.Handle(message, _informers.ApiServer, Self)) Follow(message);
                break;
        }

        Work();
    }

    private void Follow(object message)
    {
        var isLost = message is Terminated terminated && terminated.ActorRef.Equals(_informers.ApiServer);
        if (!_informers.Handle(message)) Unhandled(message);
        if (isLost)
        {
            // Whatever was under way may have been done or not: look again when a new API server is there.
            foreach (var write in _sent.ToList()) Fail(write, null);
        }
        else if (message is WatchEvents)
        {
            foreach (var informer in _informers.Informers)
                foreach (var key in _catchUp.Reached(informer.Resource, informer.Revision)) Finish(key);
        }
    }

    private void Work()
    {
        if (!_hasStarted)
        {
            if (!_informers.HasSynced) return;
            _hasStarted = true;
            _log.Debug("{0} has synced", _spec.Name);
        }

        if (_informers.IsLost) return;
        Send();
        var now = Waited;
        for (var i = 0; i < KeysInOneGo && _working < _settings.Workers && _queue.TryTake(now, out var key); i++) Reconcile(key, Now);
        if (_queue.Count > 0 && _working < _settings.Workers) Self.Tell(Pump.Instance);
        else if (_queue.NextDue is { } due) Timers.StartSingleTimer(nameof(Pump), Pump.Instance, due > now ? due - now : TimeSpan.Zero);
    }

    private void Reconcile(ObjectKey key, DateTimeOffset now)
    {
        _causes.Remove(key, out var cause);
        var execution = new Execution(key) { CausedBy = cause };
        _working++;
        try
        {
            Take([.. _reconciler.Reconcile(key, now)], execution, null);
        }
        catch (Exception e)
        {
            _log.Error(e, "{0} failed to reconcile {1}", _spec.Name, key);
            execution.HasFailed = true;
        }

        Send();
        if (execution.Pending == 0) Settle(execution);
    }

    private void Take(IReadOnlyList<Write> writes, Execution execution, BatchRun? batch)
    {
        foreach (var write in writes)
        {
            switch (write)
            {
                case ApiWrite api:
                    execution.Pending++;
                    if (batch is not null) batch.Pending++;
                    _unsent.Enqueue(new PendingWrite(execution, api, batch));
                    break;
                case RecordEvent e:
                    _events.Record(e, Now, _informers.ApiServer, Self);
                    break;
                case RequeueAfter requeue:
                    _queue.AddAfter(execution.Key, requeue.After, Waited);
                    break;
                case Retry:
                    execution.HasFailed = true;
                    break;
                case Batch inner:
                    if (batch is not null) batch.Pending++;
                    Advance(new BatchRun(inner, batch), execution);
                    break;
            }
        }
    }

    private void Advance(BatchRun batch, Execution execution)
    {
        while (batch.Next() is { Count: > 0 } next)
        {
            // What is over at once must not end the batch while the rest of it is still being taken.
            batch.Pending++;
            Take(next, execution, batch);
            batch.Pending--;
        }

        if (!batch.TryEnd()) return;
        Take([.. batch.Follow()], execution, batch.Outer);
        if (batch.Outer is { } outer)
        {
            outer.Pending--;
            Advance(outer, execution);
        }
    }

    private void Send()
    {
        while (_sent.Count < _settings.WritesInFlight && _unsent.TryDequeue(out var write))
        {
            write.Sent = Waited;
            _sent.Add(write);
            _informers.ApiServer.Tell(write.Write.ToSend(_spec.User) with { Tag = write, CausedBy = write.Execution.CausedBy });
        }
    }

    private void On(ApiReply reply, PendingWrite pending)
    {
        // An answer to an earlier incarnation of this actor, or one that came too late.
        if (!_sent.Contains(pending)) return;
        if (reply is Failed failed)
        {
            Fail(pending, failed);
            return;
        }

        if (reply is Succeeded succeeded) Note(pending, succeeded);
        End(pending, () => pending.Write.Then?.Invoke(reply));
    }

    private static void Note(PendingWrite pending, Succeeded succeeded)
    {
        var (resource, item) = (pending.Write.Resource, pending.Write.Object);
        if (pending.Write.IsDelete) pending.Execution.Deleted.Add((resource, item!.Metadata.Key(), item.Metadata.Uid));
        else if (item is not null) pending.Execution.Wrote(resource, succeeded.Object.ResourceVersion);
    }

    private void Fail(PendingWrite pending, Failed? failed)
    {
        var isGone = pending.Write.IsDelete && failed?.Status.Code is 404;
        if (failed is not null && !isGone) pending.Batch?.Failures.Add(failed);
        if (failed is null || (pending.Write.Otherwise is null && !isGone && pending.Batch is null))
        {
            pending.Execution.HasFailed = true;
            if (failed is { Status.Code: not 409 and not 404 })
                _log.Warning("{0}: a write to {1} {2} for {3} was refused: {4}", _spec.Name, pending.Write.Resource.Resource, pending.Write.Name, pending.Execution.Key, failed.Status.Message ?? "");
        }

        End(pending, () => failed is null || isGone ? null : pending.Write.Otherwise?.Invoke(failed));
    }

    private void End(PendingWrite pending, Func<IEnumerable<Write>?> follow)
    {
        _sent.Remove(pending);
        try
        {
            if (follow() is { } writes) Take([.. writes], pending.Execution, pending.Batch);
            if (pending.Batch is { } batch)
            {
                batch.Pending--;
                Advance(batch, pending.Execution);
            }
        }
        catch (Exception e)
        {
            _log.Error(e, "{0} failed to reconcile {1}", _spec.Name, pending.Execution.Key);
            pending.Execution.HasFailed = true;
        }

        if (--pending.Execution.Pending == 0) Settle(pending.Execution);
    }

    /// <summary>All writes of a key are answered: it is over now, or when the informers have seen them.</summary>
    private void Settle(Execution execution)
    {
        _working--;
        var now = Waited;
        if (execution.HasFailed) _queue.AddRateLimited(execution.Key, now);
        else _queue.Forget(execution.Key);
        var revisions = _informers.Informers.Where(i => i.SeesAll).SelectMany(
            i => execution.Written.TryGetValue(i.Resource, out var revision) && revision > i.Revision ? [(i.Resource, revision)] : Array.Empty<(GroupVersionResource, long)>());
        var deletions = execution.Deleted.Where(d => _isThere.TryGetValue(d.Resource, out var isThere) && isThere(d.Key, d.Uid)).Select(d => (d.Resource, d.Key));
        if (!_catchUp.Wait(execution.Key, revisions, deletions, now + _settings.Patience)) Finish(execution.Key);
    }

    private void Finish(ObjectKey key) => _queue.Done(key, Waited);

    private void GiveUpOnTheLate()
    {
        var now = Waited;
        foreach (var write in _sent.Where(w => now - w.Sent >= _settings.Patience).ToList()) Fail(write, null);
        foreach (var key in _catchUp.Expired(now))
        {
            _log.Warning("{0}: the writes for {1} were not seen in time", _spec.Name, key);
            Finish(key);
        }
    }

    private void OnChange<T>(GroupVersionResource resource, Change<T> change, Func<Change<T>, IEnumerable<ObjectKey>>? keys)
        where T : class, IApiObject
    {
        if (change.New is null || change.New.Metadata.DeletionTimestamp is not null)
            foreach (var key in _catchUp.Ended(resource, change.Object.Metadata.Key())) Finish(key);
        if (keys is null) return;
        var now = Waited;
        CausedBy? cause = null;
        foreach (var key in keys(change))
        {
            _queue.Add(key, now);
            if (long.TryParse(change.Object.Metadata.ResourceVersion, out var revision)) _causes[key] = cause ??= new CausedBy(resource, revision);
        }
    }

    private sealed class Setup(Controller controller, Config config, Random random) : IControllerSetup
    {
        public Config Config => config;

        public Random Random => random;

        public Lister<T> Follow<T>(GroupVersionResource resource, Func<Change<T>, IEnumerable<ObjectKey>>? keys = null)
            where T : class, IApiObject => Follow(user => new Watch(resource) { User = user }, keys);

        public Lister<T> Follow<T>(Func<UserInfo, Watch> watch, Func<Change<T>, IEnumerable<ObjectKey>>? keys = null)
            where T : class, IApiObject
        {
            var asUser = watch(controller._spec.User);
            var resource = asUser.Resource;
            var store = controller._informers.Follow<T>(asUser, change => controller.OnChange(resource, change, keys)).Store;
            controller._isThere[resource] = (key, uid) => store.Find(key) is { Metadata: { DeletionTimestamp: null } metadata } && metadata.Uid == uid;
            return store;
        }

        public void Start(ObjectKey key) => controller._queue.Add(key, controller.Waited);
    }

    private sealed record Pump
    {
        public static readonly Pump Instance = new();
    }

    private sealed record Sweep;
}
