using System.Net;
using System.Net.Sockets;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Discovery.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Client.Informers;
using AkkaKube.Client.Ownership;
using AkkaKube.Client.Reconciler;
using EndpointPort = AkkaKube.Api.Discovery.V1.EndpointPort;

namespace AkkaKube.Controllers.Endpoints;

/// <summary>Keeps the mirrored EndpointSlices of an Endpoints object as it is.</summary>
internal sealed class EndpointSliceMirroringReconciler(Lister<Service> services, Lister<Api.Core.V1.Endpoints> endpoints, Lister<EndpointSlice> slices) : IReconciler
{
    private static readonly string[] Families = ["IPv4", "IPv6"];
    private readonly StoreIndex<EndpointSlice> _byService = slices.IndexBy(
        s => s.Metadata.Labels.GetValueOrDefault(SliceLabels.ManagedBy) == SliceLabels.Mirroring ? $"{s.Metadata.Namespace}/{s.Metadata.Labels.GetValueOrDefault(SliceLabels.ServiceName)}" : null);

    public IEnumerable<Write> Reconcile(ObjectKey key, DateTimeOffset now)
    {
        var existing = _byService[$"{key.Namespace}/{key.Name}"].Where(s => s.Metadata.DeletionTimestamp is null).ToList();
        if (endpoints.Find(key) is not { } source || !IsMirrored(source) || services.Find(key) is not { } service || service.Spec.Selector.Count > 0)
            return existing.Select(s => Write.Delete(GroupVersionResource.EndpointSlices, s));
        List<Write> writes = [];
        foreach (var family in Families)
        {
            var wanted = source.Subsets.SelectMany(s => OfSubset(s, family)).ToList();
            List<EndpointSlice> ofFamily = [.. existing.Where(s => s.AddressType == family)];
            if (wanted.Count > 0) writes.AddRange(SlicePacking.Pack(Blank(source, family), ofFamily, wanted));
            else writes.AddRange(ofFamily.Select(s => Write.Delete(GroupVersionResource.EndpointSlices, s)));
        }

        return writes;
    }

    private static bool IsMirrored(Api.Core.V1.Endpoints source) =>
        source.Metadata.Labels.GetValueOrDefault(SliceLabels.SkipMirror) != "true" && !source.Metadata.Annotations.ContainsKey("control-plane.alpha.kubernetes.io/leader");

    private static EndpointSlice Blank(Api.Core.V1.Endpoints source, string family) => new()
    {
        Metadata = new ObjectMeta
        {
            GenerateName = source.Metadata.Name + "-",
            Namespace = source.Metadata.Namespace,
            Labels = source.Metadata.Labels.SetItem(SliceLabels.ManagedBy, SliceLabels.Mirroring).SetItem(SliceLabels.ServiceName, source.Metadata.Name ?? ""),
            Annotations = source.Metadata.Annotations.Remove("kubectl.kubernetes.io/last-applied-configuration").Remove(ServicePods.LastChangeTriggerTime),
            OwnerReferences = [OwnerReferences.ControllerRefTo(source)],
        },
        AddressType = family,
    };

    private static IEnumerable<(ValueList<EndpointPort>, Endpoint)> OfSubset(EndpointSubset subset, string family)
    {
        ValueList<EndpointPort> ports = [.. subset.Ports.Select(p => new EndpointPort { Name = p.Name ?? "", Port = p.Port, Protocol = p.Protocol ?? "TCP", AppProtocol = p.AppProtocol })];
        return subset.Addresses.Select(a => (Address: a, IsReady: true)).Concat(subset.NotReadyAddresses.Select(a => (Address: a, IsReady: false)))
            .Where(a => IPAddress.TryParse(a.Address.Ip, out var ip) && ip.AddressFamily == (family == "IPv6" ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork))
            .Select(a => (ports, new Endpoint
            {
                Addresses = [a.Address.Ip],
                Conditions = new EndpointConditions { Ready = a.IsReady },
                Hostname = a.Address.Hostname,
                NodeName = a.Address.NodeName,
                TargetRef = a.Address.TargetRef,
            }));
    }
}
