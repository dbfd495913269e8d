using System.Collections.Frozen;
using AkkaKube.Api.Apps.V1;
using AkkaKube.Api.Coordination.V1;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Discovery.V1;
using AkkaKube.Api.Meta.V1;

namespace AkkaKube.Api.Tables;

/// <summary>The cell functions that the columns of the model name by <c>@</c>: from an object, and the time of the look, to a text, a number or null.</summary>
internal static class Cells
{
    private static readonly FrozenDictionary<string, Func<IApiObject, DateTimeOffset, object?>> Functions = new Dictionary<string, Func<IApiObject, DateTimeOffset, object?>>
    {
        ["name"] = (o, _) => o.Metadata.Name,
        ["age"] = (o, now) => HumanDuration.Since(o.Metadata.CreationTimestamp, now),
        ["podReady"] = On<Pod>((pod, _) => PodCells.Of(pod) is var cells ? $"{cells.Ready}/{cells.Total}" : null),
        ["podStatus"] = On<Pod>((pod, _) => PodCells.Of(pod).Status),
        ["podRestarts"] = On<Pod>((pod, now) => PodCells.Of(pod).RestartsText(now)),
        ["podIP"] = On<Pod>((pod, _) => pod.Status.PodIPs.Count > 0 && pod.Status.PodIPs[0].Ip is { Length: > 0 } ip ? ip : "<none>"),
        ["podNode"] = On<Pod>((pod, _) => pod.Spec.NodeName ?? "<none>"),
        ["podNominatedNode"] = On<Pod>((pod, _) => pod.Status.NominatedNodeName ?? "<none>"),
        ["podReadinessGates"] = On<Pod>((pod, _) => ReadinessGates(pod)),
        ["nodeStatus"] = On<Node>((node, _) => NodeCells.Status(node)),
        ["nodeRoles"] = On<Node>((node, _) => NodeCells.Roles(node)),
        ["nodeVersion"] = On<Node>((node, _) => node.Status.NodeInfo.KubeletVersion),
        ["nodeInternalIP"] = On<Node>((node, _) => NodeCells.Address(node, "InternalIP")),
        ["nodeExternalIP"] = On<Node>((node, _) => NodeCells.Address(node, "ExternalIP")),
        ["nodeOSImage"] = On<Node>((node, _) => Known(node.Status.NodeInfo.OsImage)),
        ["nodeKernel"] = On<Node>((node, _) => Known(node.Status.NodeInfo.KernelVersion)),
        ["nodeRuntime"] = On<Node>((node, _) => Known(node.Status.NodeInfo.ContainerRuntimeVersion)),
        ["serviceType"] = On<Service>((service, _) => service.Spec.Type),
        ["serviceClusterIP"] = On<Service>((service, _) => service.Spec.ClusterIPs.Count > 0 ? service.Spec.ClusterIPs[0] : "<none>"),
        ["serviceExternalIP"] = On<Service>((service, _) => ServiceCells.ExternalIp(service)),
        ["servicePorts"] = On<Service>((service, _) => ServiceCells.Ports(service)),
        ["serviceSelector"] = On<Service>((service, _) => service.Spec.Selector.Count == 0 ? "<none>" : service.Spec.Selector.ToString()),
        ["endpoints"] = On<Endpoints>((endpoints, _) => ServiceCells.Addresses(endpoints)),
        ["sliceType"] = On<EndpointSlice>((slice, _) => slice.AddressType),
        ["slicePorts"] = On<EndpointSlice>((slice, _) => ServiceCells.Ports(slice)),
        ["sliceEndpoints"] = On<EndpointSlice>((slice, _) => ServiceCells.Addresses(slice)),
        ["deploymentReady"] = On<Deployment>((deployment, _) => $"{deployment.Status.ReadyReplicas}/{deployment.Spec.Replicas ?? 0}"),
        ["deploymentUpdated"] = On<Deployment>((deployment, _) => (long)deployment.Status.UpdatedReplicas),
        ["deploymentAvailable"] = On<Deployment>((deployment, _) => (long)deployment.Status.AvailableReplicas),
        ["replicaSetDesired"] = On<ReplicaSet>((set, _) => (long)(set.Spec.Replicas ?? 0)),
        ["replicaSetCurrent"] = On<ReplicaSet>((set, _) => (long)set.Status.Replicas),
        ["replicaSetReady"] = On<ReplicaSet>((set, _) => (long)set.Status.ReadyReplicas),
        ["containers"] = (o, _) => string.Join(',', Template(o).Spec.Containers.Select(c => c.Name)),
        ["images"] = (o, _) => string.Join(',', Template(o).Spec.Containers.Select(c => c.Image)),
        ["selector"] = (o, _) => Selector.From(o is Deployment deployment ? deployment.Spec.Selector : ((ReplicaSet)o).Spec.Selector).ToString() is { Length: > 0 } text ? text : "<none>",
        ["namespaceStatus"] = On<Namespace>((ns, _) => ns.Status.Phase),
        ["secretType"] = On<Secret>((secret, _) => secret.Type),
        ["secretData"] = On<Secret>((secret, _) => (long)secret.Data.Count),
        ["configMapData"] = On<ConfigMap>((map, _) => (long)(map.Data.Count + map.BinaryData.Count)),
        ["leaseHolder"] = On<Lease>((lease, _) => lease.Spec.HolderIdentity ?? ""),
        ["eventLastSeen"] = On<Event>(EventCells.LastSeen),
        ["eventFirstSeen"] = On<Event>(EventCells.FirstSeen),
        ["eventType"] = On<Event>((e, _) => e.Type ?? ""),
        ["eventReason"] = On<Event>((e, _) => e.Reason ?? ""),
        ["eventObject"] = On<Event>((e, _) => EventCells.Target(e)),
        ["eventSubobject"] = On<Event>((e, _) => e.InvolvedObject.FieldPath ?? ""),
        ["eventSource"] = On<Event>((e, _) => EventCells.Source(e)),
        ["eventMessage"] = On<Event>((e, _) => (e.Message ?? "").Trim()),
        ["eventCount"] = On<Event>((e, _) => EventCells.Count(e)),
    }.ToFrozenDictionary();

    /// <summary>The cell of an object in a column.</summary>
    /// <exception cref="ArgumentException">The column names a function that does not exist.</exception>
    public static object? Of(PrinterColumn column, IApiObject o, DateTimeOffset now) =>
        column.Cell.StartsWith('@') && Functions.TryGetValue(column.Cell[1..], out var function)
            ? function(o, now)
            : throw new ArgumentException($"column {column.Name}: there is no cell function {column.Cell}", nameof(column));

    /// <summary>Whether there is such a function.</summary>
    internal static bool Has(string cell) => cell.StartsWith('@') && Functions.ContainsKey(cell[1..]);

    private static Func<IApiObject, DateTimeOffset, object?> On<T>(Func<T, DateTimeOffset, object?> cell)
        where T : class, IApiObject => (o, now) => cell((T)o, now);

    private static PodTemplateSpec Template(IApiObject o) => o is Deployment deployment ? deployment.Spec.Template : ((ReplicaSet)o).Spec.Template;

    private static string Known(string? text) => string.IsNullOrEmpty(text) ? "<unknown>" : text;

    private static string ReadinessGates(Pod pod)
    {
        var gates = pod.Spec.ReadinessGates;
        if (gates.Count == 0) return "<none>";
        var open = gates.Count(gate => pod.Status.Conditions.Any(c => c.Type == gate.ConditionType && c.Status == "True"));
        return $"{open}/{gates.Count}";
    }
}
