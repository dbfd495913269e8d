using System.Net;
using System.Net.Sockets;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Discovery.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Client.Informers;
using AkkaKube.Client.Ownership;
using AkkaKube.Client.Reconciler;
using AkkaKube.Controllers.Pods;
using EndpointPort = AkkaKube.Api.Discovery.V1.EndpointPort;

namespace AkkaKube.Controllers.Endpoints;

/// <summary>Keeps the EndpointSlices of a Service as its pods are.</summary>
internal sealed class EndpointSliceReconciler(Lister<Service> services, Lister<Pod> pods, Lister<Node> nodes, Lister<EndpointSlice> slices) : IReconciler
{
    private const string Zone = "topology.kubernetes.io/zone";
    private readonly StoreIndex<EndpointSlice> _byService = slices.IndexBy(
        s => s.Metadata.Labels.GetValueOrDefault(SliceLabels.ManagedBy) == SliceLabels.Controller ? $"{s.Metadata.Namespace}/{s.Metadata.Labels.GetValueOrDefault(SliceLabels.ServiceName)}" : null);

    public IEnumerable<Write> Reconcile(ObjectKey key, DateTimeOffset now)
    {
        // When the Service is gone, the garbage collector takes its slices.
        if (services.Find(key) is not { } service || service.HasNoSelector() || service.Metadata.DeletionTimestamp is not null) return [];
        var existing = _byService[$"{key.Namespace}/{key.Name}"].Where(s => s.Metadata.DeletionTimestamp is null).ToList();
        var behind = ServicePods.Behind(service, pods).ToList();
        List<Write> writes = [];
        var families = service.Spec.IpFamilies.Count > 0 ? service.Spec.IpFamilies : ["IPv4"];
        foreach (var family in families)
        {
            var wanted = behind.SelectMany(p => EndpointOf(service, p, family) is { } e ? [(Ports(service, p), e)] : Array.Empty<(ValueList<EndpointPort>, Api.Discovery.V1.Endpoint)>());
            var blank = Blank(service, family, ServicePods.TriggerTime(service, behind));
            writes.AddRange(SlicePacking.Pack(blank, [.. existing.Where(s => s.AddressType == family)], wanted));
        }

        writes.AddRange(existing.Where(s => !families.Contains(s.AddressType)).Select(s => Write.Delete(GroupVersionResource.EndpointSlices, s)));
        return writes;
    }

    private static EndpointSlice Blank(Service service, string family, string? triggerTime)
    {
        var labels = service.Metadata.Labels.SetItem(SliceLabels.ManagedBy, SliceLabels.Controller).SetItem(SliceLabels.ServiceName, service.Metadata.Name ?? "");
        return new EndpointSlice
        {
            Metadata = new ObjectMeta
            {
                GenerateName = service.Metadata.Name + "-",
                Namespace = service.Metadata.Namespace,
                Labels = service.IsHeadless() ? labels.SetItem(ServicePods.Headless, "") : labels.Remove(ServicePods.Headless),
                Annotations = triggerTime is null ? ValueMap<string>.Empty : ValueMap<string>.Empty.SetItem(ServicePods.LastChangeTriggerTime, triggerTime),
                OwnerReferences = [OwnerReferences.ControllerRefTo(service)],
            },
            AddressType = family,
        };
    }

    private Api.Discovery.V1.Endpoint? EndpointOf(Service service, Pod pod, string family)
    {
        var address = pod.Status.PodIPs.Select(i => i.Ip).Append(pod.Status.PodIP).FirstOrDefault(i => IsOf(i, family));
        if (address is null) return null;
        var (serving, terminating) = (pod.IsReady(), pod.Metadata.DeletionTimestamp is not null);
        var zone = pod.Spec.NodeName is { } name ? nodes.Find(null, name)?.Metadata.Labels.GetValueOrDefault(Zone) : null;
        return new Api.Discovery.V1.Endpoint
        {
            Addresses = [address],
            Conditions = new EndpointConditions { Ready = service.Spec.PublishNotReadyAddresses || (serving && !terminating), Serving = serving, Terminating = terminating },
            Hostname = pod.Spec.Hostname is { } hostname && pod.Spec.Subdomain == service.Metadata.Name ? hostname : null,
            NodeName = pod.Spec.NodeName,
            Zone = zone,
            TargetRef = new ObjectReference { Kind = "Pod", Namespace = pod.Metadata.Namespace, Name = pod.Metadata.Name, Uid = pod.Metadata.Uid },
            Hints = Hints(service, zone, pod.Spec.NodeName, serving && !terminating),
        };
    }

    /// <summary>Whom an endpoint is meant for, where the Service prefers its traffic to stay near.</summary>
    private static EndpointHints? Hints(Service service, string? zone, string? node, bool isReady) => (service.Spec.TrafficDistribution, isReady) switch
    {
        ("PreferClose" or "PreferSameZone", true) when zone is not null => new EndpointHints { ForZones = [new ForZone { Name = zone }] },
        ("PreferSameNode", true) => new EndpointHints
        {
            ForZones = zone is null ? [] : [new ForZone { Name = zone }],
            ForNodes = node is null ? [] : [new ForNode { Name = node }],
        },
        _ => null,
    };

    private static ValueList<EndpointPort> Ports(Service service, Pod pod) =>
    [
        .. service.Spec.Ports.SelectMany(port => ServicePods.PortIn(pod, port) is { } number
            ? [new EndpointPort { Name = port.Name ?? "", Port = number, Protocol = port.Protocol ?? "TCP", AppProtocol = port.AppProtocol }]
            : Array.Empty<EndpointPort>()),
    ];

    private static bool IsOf(string? address, string family) =>
        IPAddress.TryParse(address, out var ip) && ip.AddressFamily == (family == "IPv6" ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork);
}
