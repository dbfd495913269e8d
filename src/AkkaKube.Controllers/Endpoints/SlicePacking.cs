using AkkaKube.Api;
using AkkaKube.Api.Discovery.V1;
using AkkaKube.Client.Ownership;
using AkkaKube.Client.Reconciler;

namespace AkkaKube.Controllers.Endpoints;

/// <summary>Spreads endpoints over slices with as few writes as possible: what is in a slice stays there, room is filled before new slices are made.</summary>
internal static class SlicePacking
{
    internal const int MaxPerSlice = 100;

    /// <summary>The writes that make <paramref name="existing"/> hold what is <paramref name="wanted"/>.</summary>
    /// <param name="blank">A slice without endpoints as it is to be made.</param>
    /// <param name="existing">The slices there are of its kind.</param>
    /// <param name="wanted">The endpoints, each with the ports it offers; endpoints with other ports go into other slices.</param>
    public static IEnumerable<Write> Pack(EndpointSlice blank, IReadOnlyList<EndpointSlice> existing, IEnumerable<(ValueList<EndpointPort> Ports, Endpoint Endpoint)> wanted)
    {
        List<EndpointSlice> created = [], changed = [], deleted = [];
        var groups = wanted.GroupBy(w => w.Ports, w => w.Endpoint).ToList();
        foreach (var group in groups) PackGroup(blank with { Ports = group.Key }, existing.Where(s => s.Ports == group.Key), group, created, changed, deleted);
        deleted.AddRange(existing.Where(s => !groups.Exists(g => g.Key == s.Ports)));

        // There is always a slice, so that one can tell that a Service has no endpoints from that nobody has looked yet.
        if (created.Count == 0 && deleted.Count == existing.Count)
        {
            if (deleted is [{ Endpoints.Count: 0, Ports.Count: 0 } placeholder]) changed.Add(placeholder);
            else created.Add(blank);
            deleted.RemoveAll(s => changed.Contains(s));
        }

        // A slice that would go is made to one that would come.
        while (created.Count > 0 && deleted.Count > 0)
        {
            var slice = deleted[0];
            changed.Add(slice with { Endpoints = created[0].Endpoints, Ports = created[0].Ports });
            created.RemoveAt(0);
            deleted.RemoveAt(0);
        }

        var isAsWas = existing.ToDictionary(s => s.Metadata.Name ?? "");
        return created.Select(Write (s) => Write.Create(GroupVersionResource.EndpointSlices, s))
            .Concat(changed.Select(s => WithMetadata(s, blank)).Where(s => !IsTheSame(s, isAsWas[s.Metadata.Name ?? ""])).Select(s => Write.Update(GroupVersionResource.EndpointSlices, s)))
            .Concat(deleted.Select(s => Write.Delete(GroupVersionResource.EndpointSlices, s)));
    }

    private static void PackGroup(EndpointSlice blank, IEnumerable<EndpointSlice> existing, IEnumerable<Endpoint> wanted, List<EndpointSlice> created, List<EndpointSlice> changed, List<EndpointSlice> deleted)
    {
        var left = new Dictionary<(string?, string?), Endpoint>();
        foreach (var endpoint in wanted) left.TryAdd(KeyOf(endpoint), endpoint);
        List<EndpointSlice> kept = [], touched = [];
        foreach (var slice in existing)
        {
            List<Endpoint> stay = [];
            foreach (var endpoint in slice.Endpoints)
                if (left.Remove(KeyOf(endpoint), out var current)) stay.Add(current);
            if (stay.Count == 0) deleted.Add(slice);
            else if (stay.SequenceEqual(slice.Endpoints)) kept.Add(slice);
            else touched.Add(slice with { Endpoints = [.. stay] });
        }

        var rest = new Queue<Endpoint>(left.Values);
        touched = [.. touched.OrderByDescending(s => s.Endpoints.Count).Select(s => Fill(s, rest))];
        if (rest.Count > 0 && kept.Where(s => s.Endpoints.Count + rest.Count <= MaxPerSlice).MaxBy(s => s.Endpoints.Count) is { } roomy)
        {
            kept.Remove(roomy);
            touched.Add(Fill(roomy, rest));
        }

        while (rest.Count > 0) created.Add(Fill(blank, rest));
        changed.AddRange(touched);

        // Labels may have changed though the endpoints have not.
        changed.AddRange(kept);
    }

    private static EndpointSlice Fill(EndpointSlice slice, Queue<Endpoint> rest)
    {
        List<Endpoint> endpoints = [.. slice.Endpoints];
        while (endpoints.Count < MaxPerSlice && rest.TryDequeue(out var endpoint)) endpoints.Add(endpoint);
        return slice with { Endpoints = [.. endpoints] };
    }

    private static EndpointSlice WithMetadata(EndpointSlice slice, EndpointSlice blank) => slice with
    {
        Metadata = slice.Metadata with
        {
            Labels = blank.Metadata.Labels,
            Annotations = blank.Metadata.Annotations.GetValueOrDefault(ServicePods.LastChangeTriggerTime) is { } time ? slice.Metadata.Annotations.SetItem(ServicePods.LastChangeTriggerTime, time) : slice.Metadata.Annotations,
        },
    };

    private static bool IsTheSame(EndpointSlice slice, EndpointSlice before) =>
        slice.Endpoints == before.Endpoints && slice.Ports == before.Ports && slice.Metadata.Labels == before.Metadata.Labels;

    private static (string?, string?) KeyOf(Endpoint endpoint) => (endpoint.Addresses.FirstOrDefault(), endpoint.TargetRef?.Uid);
}
