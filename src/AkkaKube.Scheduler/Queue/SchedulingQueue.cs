using AkkaKube.Api;
using AkkaKube.Scheduler.Cycle;
using AkkaKube.Scheduler.Framework;

namespace AkkaKube.Scheduler.Queue;

/// <summary>
/// The pods that wait for a node, in three parts (Kubernetes: PriorityQueue): the active ones, in the order of the profile's QueueSort;
/// those that wait for the end of their back-off; those that fitted nowhere and wait for the cluster to change.
/// </summary>
internal sealed class SchedulingQueue
{
    /// <summary>A pod that waited so long for a change is tried again anyway.</summary>
    public static readonly TimeSpan LongestUnschedulable = TimeSpan.FromMinutes(5);

    private readonly Backoff _backoff;
    private readonly SortedSet<QueuedPod> _active;
    private readonly SortedSet<(DateTimeOffset Due, long Order, QueuedPod Pod)> _waiting = new(Comparer<(DateTimeOffset Due, long Order, QueuedPod Pod)>.Create((a, b) => a.Due != b.Due ? a.Due.CompareTo(b.Due) : a.Order.CompareTo(b.Order)));
    private readonly Dictionary<ObjectKey, QueuedPod> _unschedulable = [];
    private readonly Dictionary<ObjectKey, QueuedPod> _all = [];
    private long _order;

    public SchedulingQueue(IQueueSortPlugin sort, Backoff backoff)
    {
        _backoff = backoff;
        _active = new SortedSet<QueuedPod>(Comparer<QueuedPod>.Create((a, b) => sort.Compare(a, b) is var order and not 0 ? order : a.Order.CompareTo(b.Order)));
    }

    /// <summary>How many pods can be tried at once.</summary>
    public int ActiveCount => _active.Count;

    /// <summary>When the next back-off ends; null when none runs.</summary>
    public DateTimeOffset? NextDue => _waiting.Count == 0 ? null : _waiting.Min.Due;

    /// <summary>How many pods fitted nowhere and wait for a change.</summary>
    public int UnschedulableCount => _unschedulable.Count;

    /// <summary>A pod that was not known, or one that changed: it can be tried at once.</summary>
    public void Add(PodInfo pod)
    {
        var attempts = 0;
        if (_all.TryGetValue(pod.Key, out var known))
        {
            Remove(pod.Key);
            attempts = known.Attempts;
        }

        Activate(new QueuedPod(pod, known?.Order ?? ++_order, attempts, known?.LastAttempt ?? default, []));
    }

    /// <summary>The pod waits as it did, with its new content; unless the change itself may let it fit.</summary>
    public void Update(PodInfo pod, bool mayFitNow, DateTimeOffset now)
    {
        if (!_all.TryGetValue(pod.Key, out var known))
        {
            Add(pod);
            return;
        }

        var updated = known with { Pod = pod };
        if (_active.Remove(known))
        {
            Activate(updated);
        }
        else if (_waiting.Remove((_backoff.EndFor(known), known.Order, known)))
        {
            Wait(updated);
        }
        else
        {
            _unschedulable[pod.Key] = updated;
            _all[pod.Key] = updated;
            if (mayFitNow) Move(updated, now);
        }
    }

    /// <summary>Forgets a pod: it is gone, or has a node.</summary>
    public void Remove(ObjectKey key)
    {
        if (!_all.Remove(key, out var known)) return;
        if (!_active.Remove(known) && !_waiting.Remove((_backoff.EndFor(known), known.Order, known))) _unschedulable.Remove(key);
    }

    /// <summary>Takes the next pod to try; null when there is none.</summary>
    public QueuedPod? Pop()
    {
        if (_active.Count == 0) return null;
        var next = _active.Min!;
        _active.Remove(next);
        _all.Remove(next.Pod.Key);
        return next with { Attempts = next.Attempts + 1 };
    }

    /// <summary>A pod that fitted nowhere comes back, to wait for a change that one of <paramref name="refusedBy"/> cares for.</summary>
    public void AddUnschedulable(QueuedPod pod, IReadOnlyCollection<Type> refusedBy, DateTimeOffset now)
    {
        var waiting = pod with { RefusedBy = refusedBy, LastAttempt = now };
        _all[pod.Pod.Key] = waiting;
        _unschedulable[pod.Pod.Key] = waiting;
    }

    /// <summary>A pod whose binding failed comes back, to be tried after its back-off.</summary>
    public void AddAfterError(QueuedPod pod, DateTimeOffset now) => Wait(pod with { LastAttempt = now, RefusedBy = [] });

    /// <summary>The cluster changed: pods that may fit now go on, after the rest of their back-off.</summary>
    public void OnChange(ClusterChange change, DateTimeOffset now)
    {
        if (_unschedulable.Count == 0) return;
        foreach (var pod in _unschedulable.Values.Where(pod => QueueingHints.MayHelp(change, pod)).OrderBy(pod => pod.Order).ToList()) Move(pod, now);
    }

    /// <summary>Makes active whose back-off is over, and who has waited too long for a change.</summary>
    public void Tick(DateTimeOffset now)
    {
        while (_waiting.Count > 0 && _waiting.Min.Due <= now)
        {
            var next = _waiting.Min;
            _waiting.Remove(next);
            Activate(next.Pod);
        }

        if (_unschedulable.Count == 0) return;
        foreach (var pod in _unschedulable.Values.Where(pod => now - pod.LastAttempt > LongestUnschedulable).OrderBy(pod => pod.Order).ToList()) Move(pod, now);
    }

    private void Move(QueuedPod pod, DateTimeOffset now)
    {
        _unschedulable.Remove(pod.Pod.Key);
        if (_backoff.EndFor(pod) <= now) Activate(pod);
        else Wait(pod);
    }

    private void Activate(QueuedPod pod)
    {
        _active.Add(pod);
        _all[pod.Pod.Key] = pod;
    }

    private void Wait(QueuedPod pod)
    {
        _waiting.Add((_backoff.EndFor(pod), pod.Order, pod));
        _all[pod.Pod.Key] = pod;
    }
}
