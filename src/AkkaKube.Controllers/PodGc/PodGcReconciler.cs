using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Client.Informers;
using AkkaKube.Client.Reconciler;
using AkkaKube.Client.Requests;
using AkkaKube.Controllers.Pods;

namespace AkkaKube.Controllers.PodGc;

/// <summary>Decides whether a pod was left behind.</summary>
internal sealed class PodGcReconciler(Lister<Pod> pods, Lister<Node> nodes, PodGcSettings settings) : IReconciler
{
    /// <summary>The key for all ended pods together.</summary>
    public static readonly ObjectKey Ended = new(null, "ended");

    private static readonly DeleteOptions Now = new() { GracePeriodSeconds = 0 };
    private readonly Dictionary<string, DateTimeOffset> _missingSince = [];
    private readonly StoreIndex<Pod> _ended = pods.IndexBy(p => p.IsTerminal() ? "" : null);

    public IEnumerable<Write> Reconcile(ObjectKey key, DateTimeOffset now)
    {
        if (key == Ended)
        {
            var excess = _ended[""].Count - settings.TerminatedThreshold;
            return excess <= 0 ? [] : _ended[""].OrderBy(p => p.Metadata.CreationTimestamp).Take(excess).Select(p => Write.Delete(GroupVersionResource.Pods, p, Now));
        }

        if (pods.Find(key) is not { } pod) return [];
        if (pod.Spec.NodeName is not { } node) return pod.Metadata.DeletionTimestamp is null ? [] : [Write.Delete(GroupVersionResource.Pods, pod, Now)];
        return nodes.Find(null, node) is null ? Orphaned(pod, node, now) : Found(node);
    }

    private IEnumerable<Write> Orphaned(Pod pod, string node, DateTimeOffset now)
    {
        if (!_missingSince.TryGetValue(node, out var since)) _missingSince[node] = since = now;
        if (now - since < settings.Quarantine) return [Write.Requeue(settings.Quarantine - (now - since))];
        if (pod.IsTerminal()) return [Write.Delete(GroupVersionResource.Pods, pod, Now)];
        var failed = pod with { Status = pod.Status.Disrupted("DeletionByPodGC", "PodGC: node no longer exists", now) with { Phase = PodPhase.Failed } };
        return [Write.UpdateStatus(GroupVersionResource.Pods, failed) with { Then = _ => [Write.Delete(GroupVersionResource.Pods, pod, Now)] }];
    }

    private IEnumerable<Write> Found(string node)
    {
        _missingSince.Remove(node);
        return [];
    }
}
