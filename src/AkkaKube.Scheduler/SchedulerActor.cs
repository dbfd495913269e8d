using Akka.Actor;
using Akka.Event;
using AkkaKube.Api;
using AkkaKube.Api.Apps.V1;
using AkkaKube.Api.Core.V1;
using AkkaKube.Client;
using AkkaKube.Client.Events;
using AkkaKube.Client.Informers;
using AkkaKube.Client.Ownership;
using AkkaKube.Client.Requests;
using AkkaKube.Scheduler.Conditions;
using AkkaKube.Scheduler.Cycle;
using AkkaKube.Scheduler.Profiles;
using AkkaKube.Scheduler.Queue;

namespace AkkaKube.Scheduler;

/// <summary>
/// Gives every pod without a node a node: takes it from the queue, runs the scheduling cycle, and asks the API server for the binding.
/// It goes on at once as if the binding had come about; one that fails takes that back and puts the pod into the queue again.
/// </summary>
public sealed class SchedulerActor : ReceiveActor, IWithTimers
{
    private static readonly UserInfo User = new("system:kube-scheduler", ["system:authenticated"]);
    private readonly SchedulerSettings _settings;
    private readonly Profile _profile = Profile.Default();
    private readonly SchedulingCycle _cycle;
    private readonly SchedulingQueue _queue;
    private readonly SchedulerCache _cache = new();
    private readonly Dictionary<ObjectKey, QueuedPod> _binding = [];
    private readonly EventRecorder _events;
    private readonly InformerSet _informers;
    private readonly Informer<Pod> _pods;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private bool _turnIsDue;

    /// <summary>A scheduler that talks to this API server.</summary>
    public SchedulerActor(IActorRef apiServer, SchedulerSettings settings)
    {
        _settings = settings;
        var random = ClusterRandom.Of(Context.System);
        _cycle = new SchedulingCycle(_profile, random.Create("scheduler/draw"));
        _queue = new SchedulingQueue(_profile.QueueSort, new Backoff(settings.InitialBackoff, settings.MaxBackoff));
        _events = new EventRecorder(_profile.SchedulerName, User, fieldManager: "kube-scheduler");
        _informers = new InformerSet(Context, apiServer, User, random.Create("scheduler/informers"));
        _pods = _informers.Follow<Pod>(new Watch(GroupVersionResource.Pods) { User = User, FieldSelector = "status.phase!=Succeeded,status.phase!=Failed" }, On);
        _informers.Follow<Node>(GroupVersionResource.Nodes, On);
        _informers.Follow<Namespace>(GroupVersionResource.Namespaces, On);
        _informers.Follow<Service>(GroupVersionResource.Services, On);
        _informers.Follow<ReplicaSet>(GroupVersionResource.ReplicaSets, On);

        Receive<Turn>(_ => OnTurn());
        Receive<Tick>(_ => OnTick());
        Receive<Succeeded>(reply => reply.Tag is Binding, reply => OnBound((Binding)reply.Tag!));
        Receive<Failed>(reply => reply.Tag is Binding, reply => OnNotBound((Binding)reply.Tag!, reply));
        Receive<Succeeded>(reply => reply.Tag is ConditionOf, _ => { });
        Receive<Failed>(reply => reply.Tag is ConditionOf, reply => _log.Debug("condition of {0} not written: {1}", reply.Tag, reply.Status.Message));
        ReceiveAny(message =>
        {
            if (!_informers.Handle(message) && !_events.Handle(message, _informers.ApiServer, Self)) Unhandled(message);
            RequestTurn();
        });
    }

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    private DateTimeOffset Now => Context.System.Scheduler.Now;

    // What waits is counted by a clock that does not jump, from a day that means nothing.
    private DateTimeOffset Waited => DateTimeOffset.UnixEpoch + Context.System.Scheduler.MonotonicClock;

    /// <summary>How to start the scheduler.</summary>
    public static Props Props(IActorRef apiServer, SchedulerSettings settings) => Akka.Actor.Props.Create(() => new SchedulerActor(apiServer, settings));

    /// <inheritdoc />
    protected override void PreStart() => Timers.StartPeriodicTimer("flush", new Tick(), TimeSpan.FromSeconds(30));

    // ---- what the cluster looks like ----------------------------------------------------------------------------------------

    private void On(Change<Pod> change)
    {
        var pod = change.Object;
        var key = pod.Metadata.Key();
        if (change.New is null || pod.Status.Phase is PodPhase.Succeeded or PodPhase.Failed) Forget(key);
        else if (pod.Spec.NodeName is { } node) Assign(change, new PodInfo(pod), node);
        else Enqueue(change, pod, key);
    }

    private void Forget(ObjectKey key)
    {
        _queue.Remove(key);
        _binding.Remove(key);
        if (!_cache.HasPod(key)) return;
        _cache.RemovePod(key);
        _queue.OnChange(ClusterChange.PodGone, Waited);
    }

    private void Assign(Change<Pod> change, PodInfo pod, string node)
    {
        _queue.Remove(pod.Key);
        var isNew = !_cache.HasPod(pod.Key);
        if (!isNew && change.Old is { } old && !CountsDifferently(old, pod.Pod)) return;
        _cache.SetPod(pod, node);
        if (isNew || change.Old?.Spec.NodeName is null) _queue.OnChange(ClusterChange.PodAssigned, Waited);
        else if (change.Old.Metadata.Labels != pod.Pod.Metadata.Labels) _queue.OnChange(ClusterChange.PodLabels, Waited);
    }

    // Most updates of a running pod are of its status, which no plugin looks at.
    private static bool CountsDifferently(Pod old, Pod now) =>
        old.Spec.NodeName != now.Spec.NodeName || old.Metadata.Labels != now.Metadata.Labels || old.Metadata.DeletionTimestamp != now.Metadata.DeletionTimestamp
        || (!ReferenceEquals(old.Spec, now.Spec) && old.Spec != now.Spec);

    private void Enqueue(Change<Pod> change, Pod pod, ObjectKey key)
    {
        var wanted = pod.Spec.SchedulerName == _profile.SchedulerName && pod.Spec.SchedulingGates.Count == 0 && pod.Metadata.DeletionTimestamp is null;
        if (!wanted)
        {
            _queue.Remove(key);
            return;
        }

        if (_binding.ContainsKey(key)) return; // decided; the binding is under way
        if (change.Old is null) _queue.Add(new PodInfo(pod));
        else _queue.Update(new PodInfo(pod), mayFitNow: change.Old.Metadata.Labels != pod.Metadata.Labels || change.Old.Spec != pod.Spec, Waited);
    }

    private void On(Change<Node> change)
    {
        var node = change.Object;
        if (change.New is null)
        {
            _cache.RemoveNode(node.Metadata.Name!);
            return;
        }

        _cache.SetNode(node);
        if (change.Old is not { } old)
        {
            _queue.OnChange(ClusterChange.NodeAdded, Waited);
            return;
        }

        var what = ClusterChange.None;
        if (old.Status.Allocatable != node.Status.Allocatable) what |= ClusterChange.NodeAllocatable;
        if (old.Metadata.Labels != node.Metadata.Labels) what |= ClusterChange.NodeLabels;
        if (old.Spec.Taints != node.Spec.Taints || old.Spec.Unschedulable != node.Spec.Unschedulable) what |= ClusterChange.NodeTaints;
        if (what != ClusterChange.None) _queue.OnChange(what, Waited);
    }

    private void On(Change<Namespace> change)
    {
        if (change.New is null) _cache.RemoveNamespace(change.Object.Metadata.Name!);
        else _cache.SetNamespace(change.Object.Metadata.Name!, change.Object.Metadata.Labels);
    }

    private void On(Change<Service> change)
    {
        if (change.New is null) _cache.Selectors.RemoveService(change.Object.Metadata.Key());
        else _cache.Selectors.Set(change.Object);
    }

    private void On(Change<ReplicaSet> change)
    {
        if (change.New is null) _cache.Selectors.RemoveReplicaSet(change.Object.Metadata.Key());
        else _cache.Selectors.Set(change.Object);
    }

    // ---- one pod after another ----------------------------------------------------------------------------------------------

    private void RequestTurn()
    {
        if (_turnIsDue || !_informers.HasSynced) return;
        if (_queue.ActiveCount > 0 && _binding.Count < _settings.BindingsInFlight)
        {
            _turnIsDue = true;
            Self.Tell(new Turn());
        }
        else if (_queue.NextDue is { } due)
        {
            Timers.StartSingleTimer("backoff", new Tick(), TimeSpan.FromTicks(Math.Max(0, (due - Waited).Ticks)));
        }
    }

    private void OnTick()
    {
        _queue.Tick(Waited);
        RequestTurn();
    }

    private void OnTurn()
    {
        _turnIsDue = false;
        for (var i = 0; i < _settings.PodsPerTurn && _binding.Count < _settings.BindingsInFlight && _queue.Pop() is { } pod; i++) Schedule(pod);
        RequestTurn();
    }

    private void Schedule(QueuedPod pod)
    {
        var decision = _cycle.Decide(pod.Pod, _cache.Snapshot);
        if (decision.Node is { } node) Bind(pod, node);
        else Refuse(pod, decision);
    }

    private void Bind(QueuedPod pod, string node)
    {
        _cache.SetPod(pod.Pod, node);
        _binding[pod.Pod.Key] = pod;
        var tag = new Binding(pod.Pod.Key, pod.Pod.Uid, node);
        foreach (var binder in _profile.Binds)
        {
            if (binder.Bind(pod.Pod, node, User, tag) is not { } request) continue;
            _informers.ApiServer.Tell(request);
            return;
        }
    }

    private void OnBound(Binding bound)
    {
        if (_binding.Remove(bound.Pod, out var pod))
        {
            var message = $"Successfully assigned {bound.Pod.Namespace}/{bound.Pod.Name} to {bound.Node}";
            _events.Record(EventRecorder.ReferenceTo(pod.Pod.Pod), "Normal", "Scheduled", message, Now, _informers.ApiServer, Self);
        }

        RequestTurn();
    }

    private void OnNotBound(Binding tried, Failed reply)
    {
        if (_binding.Remove(tried.Pod, out var pod))
        {
            _log.Debug("binding of {0} to {1} failed: {2}", tried.Pod, tried.Node, reply.Status.Message);
            if (_pods.Store.Find(tried.Pod) is not { Spec.NodeName: not null })
            {
                _cache.RemovePod(tried.Pod);
                if (_pods.Store.Find(tried.Pod) is { } now && now.Metadata.Uid == tried.Uid) _queue.AddAfterError(pod with { Pod = new PodInfo(now) }, Waited);
                _queue.OnChange(ClusterChange.PodGone, Waited);
            }
        }

        RequestTurn();
    }

    private void Refuse(QueuedPod pod, Decision decision)
    {
        _queue.AddUnschedulable(pod, decision.RefusedBy, Waited);
        if (PodScheduled.Patch(pod.Pod.Pod, decision.Message!, Now) is { } body)
        {
            _informers.ApiServer.Tell(new Patch(GroupVersionResource.Pods, pod.Pod.Key.Name, PatchType.StrategicMerge, body)
            {
                User = User,
                Namespace = pod.Pod.Key.Namespace,
                Subresource = Subresource.Status,
                FieldManager = "kube-scheduler",
                Tag = new ConditionOf(pod.Pod.Key),
            });
        }

        _events.Record(EventRecorder.ReferenceTo(pod.Pod.Pod), "Warning", "FailedScheduling", decision.Message!, Now, _informers.ApiServer, Self);
    }

    private sealed record Turn;

    private sealed record Tick;

    private sealed record Binding(ObjectKey Pod, string Uid, string Node);

    private sealed record ConditionOf(ObjectKey Pod);
}
