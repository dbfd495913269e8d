using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Client.Informers;
using AkkaKube.Client.Ownership;
using AkkaKube.Client.Reconciler;
using AkkaKube.Controllers.Pods;

namespace AkkaKube.Controllers.Endpoints;

/// <summary>Keeps the Endpoints object of a Service as its pods are.</summary>
internal sealed class EndpointsReconciler(Lister<Service> services, Lister<Pod> pods, Lister<Api.Core.V1.Endpoints> endpoints) : IReconciler
{
    internal const string ManagedBy = "endpoints.kubernetes.io/managed-by";
    private const string OverCapacity = "endpoints.kubernetes.io/over-capacity";
    private const int Capacity = 1000;

    public IEnumerable<Write> Reconcile(ObjectKey key, DateTimeOffset now)
    {
        var current = endpoints.Find(key);
        if (services.Find(key) is not { } service)
        {
            // Those that somebody else made stay.
            if (current?.Metadata.Labels.ContainsKey(ManagedBy) == true) yield return Write.Delete(GroupVersionResource.Endpoints, current);
            yield break;
        }

        if (service.HasNoSelector() || service.Metadata.DeletionTimestamp is not null) yield break;
        var behind = ServicePods.Behind(service, pods).Where(p => service.Spec.PublishNotReadyAddresses || p.Metadata.DeletionTimestamp is null).ToList();
        var subsets = Truncate(EndpointSubsets.Of(behind.SelectMany(p => Offers(service, p))), out var isTruncated);
        var wanted = Wanted(service, current, subsets, isTruncated, behind);
        if (current is null) yield return Write.Create(GroupVersionResource.Endpoints, wanted) with
        {
            Otherwise = failed => failed.Status.Details?.Causes.Any(c => c.Reason == "NamespaceTerminating") == true
                ? []
                : [Write.Record(wanted, "Warning", "FailedToCreateEndpoint", $"Failed to create endpoint for service {key.Namespace}/{key.Name}: {failed.Status.Message}"), Write.RetryLater()],
        };
        else if (!IsTheSame(current, wanted)) yield return Write.Update(GroupVersionResource.Endpoints, wanted);
    }

    private static Api.Core.V1.Endpoints Wanted(Service service, Api.Core.V1.Endpoints? current, ValueList<EndpointSubset> subsets, bool isTruncated, List<Pod> behind)
    {
        var labels = service.Metadata.Labels.SetItem(ManagedBy, "endpoint-controller");
        labels = service.IsHeadless() ? labels.SetItem(ServicePods.Headless, "") : labels.Remove(ServicePods.Headless);
        var metadata = current?.Metadata ?? new ObjectMeta { Name = service.Metadata.Name, Namespace = service.Metadata.Namespace };
        var annotations = isTruncated ? metadata.Annotations.SetItem(OverCapacity, "truncated") : metadata.Annotations.Remove(OverCapacity);
        if (ServicePods.TriggerTime(service, behind) is { } time) annotations = annotations.SetItem(ServicePods.LastChangeTriggerTime, time);
        return new Api.Core.V1.Endpoints { Metadata = metadata with { Labels = labels, Annotations = annotations }, Subsets = subsets };
    }

    private static bool IsTheSame(Api.Core.V1.Endpoints current, Api.Core.V1.Endpoints wanted) =>
        current.Subsets == wanted.Subsets
        && current.Metadata.Labels == wanted.Metadata.Labels
        && current.Metadata.Annotations.GetValueOrDefault(OverCapacity) == wanted.Metadata.Annotations.GetValueOrDefault(OverCapacity);

    private static IEnumerable<(EndpointAddress Address, bool IsReady, EndpointPort? Port)> Offers(Service service, Pod pod)
    {
        var isReady = service.Spec.PublishNotReadyAddresses || pod.IsReady();
        var address = new EndpointAddress
        {
            Ip = pod.Status.PodIP!,
            NodeName = pod.Spec.NodeName,
            Hostname = pod.Spec.Hostname is { } name && pod.Spec.Subdomain == service.Metadata.Name ? name : null,
            TargetRef = new ObjectReference { Kind = "Pod", Namespace = pod.Metadata.Namespace, Name = pod.Metadata.Name, Uid = pod.Metadata.Uid },
        };
        if (service.Spec.Ports.Count == 0)
        {
            if (service.IsHeadless()) yield return (address, isReady, null);
            yield break;
        }

        foreach (var port in service.Spec.Ports)
            if (ServicePods.PortIn(pod, port) is { } number)
                yield return (address, isReady, new EndpointPort { Name = port.Name, Port = number, Protocol = port.Protocol, AppProtocol = port.AppProtocol });
    }

    /// <summary>At most a thousand addresses, ready ones first.</summary>
    private static ValueList<EndpointSubset> Truncate(ValueList<EndpointSubset> subsets, out bool isTruncated)
    {
        isTruncated = subsets.Sum(s => s.Addresses.Count + s.NotReadyAddresses.Count) > Capacity;
        if (!isTruncated) return subsets;
        var ready = subsets.Sum(s => s.Addresses.Count);
        var (leftReady, leftNotReady) = (Math.Min(ready, Capacity), Math.Max(0, Capacity - ready));
        List<EndpointSubset> kept = [];
        foreach (var subset in subsets)
        {
            var next = subset with { Addresses = [.. subset.Addresses.Take(leftReady)], NotReadyAddresses = [.. subset.NotReadyAddresses.Take(leftNotReady)] };
            leftReady -= next.Addresses.Count;
            leftNotReady -= next.NotReadyAddresses.Count;
            if (next.Addresses.Count + next.NotReadyAddresses.Count > 0) kept.Add(next);
        }

        return [.. kept];
    }
}
