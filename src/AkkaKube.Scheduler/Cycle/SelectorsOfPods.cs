using AkkaKube.Api;
using AkkaKube.Api.Apps.V1;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;

namespace AkkaKube.Scheduler.Cycle;

/// <summary>The selectors of the services and of the ReplicaSet that a pod belongs to, merged into one: by them it is spread by default.</summary>
internal sealed class SelectorsOfPods
{
    private readonly Dictionary<string, Dictionary<string, (ValueMap<string> Labels, Selector Selector)>> _services = [];
    private readonly Dictionary<ObjectKey, LabelSelector?> _replicaSets = [];
    private readonly Dictionary<(ObjectKey Owner, string Services), Selector> _merged = [];

    public void Set(Service service)
    {
        var ns = service.Metadata.Namespace ?? "";
        if (!_services.TryGetValue(ns, out var services)) _services[ns] = services = [];
        services[service.Metadata.Name!] = (service.Spec.Selector, Selector.From(new LabelSelector { MatchLabels = service.Spec.Selector }));
        _merged.Clear();
    }

    public void Set(ReplicaSet set)
    {
        var key = new ObjectKey(set.Metadata.Namespace, set.Metadata.Name!);
        if (_replicaSets.TryGetValue(key, out var known) && known == set.Spec.Selector) return;
        _replicaSets[key] = set.Spec.Selector;
        _merged.Clear();
    }

    public void RemoveService(ObjectKey key)
    {
        if (_services.TryGetValue(key.Namespace ?? "", out var services) && services.Remove(key.Name)) _merged.Clear();
    }

    public void RemoveReplicaSet(ObjectKey key)
    {
        if (_replicaSets.Remove(key)) _merged.Clear();
    }

    /// <summary>Null where the pod belongs to none.</summary>
    public Selector? Of(PodInfo pod)
    {
        var meta = pod.Pod.Metadata;
        var matching = new SortedDictionary<string, ValueMap<string>>(StringComparer.Ordinal);
        if (_services.TryGetValue(meta.Namespace ?? "", out var services))
        {
            foreach (var (name, service) in services)
            {
                if (service.Labels.Count > 0 && service.Selector.Matches(meta.Labels)) matching[name] = service.Labels;
            }
        }

        OwnerReference? owner = null;
        foreach (var reference in meta.OwnerReferences)
        {
            if (reference is { Controller: true, Kind: "ReplicaSet" }) owner = reference;
        }

        var ownerKey = new ObjectKey(meta.Namespace, owner?.Name ?? "");
        var ownerSelector = owner is null ? null : _replicaSets.GetValueOrDefault(ownerKey);
        if (matching.Count == 0 && ownerSelector is null) return null;

        var cacheKey = (ownerKey, string.Join('\n', matching.Keys));
        if (_merged.TryGetValue(cacheKey, out var selector)) return selector;
        var labels = ownerSelector?.MatchLabels ?? [];
        foreach (var service in matching.Values) labels = labels.SetItems(service);
        return _merged[cacheKey] = Selector.From(new LabelSelector { MatchLabels = labels, MatchExpressions = ownerSelector?.MatchExpressions ?? [] });
    }
}
