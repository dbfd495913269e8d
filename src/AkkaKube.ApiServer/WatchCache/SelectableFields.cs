using System.Collections.Frozen;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;

namespace AkkaKube.ApiServer.WatchCache;

/// <summary>The fields by which objects of each kind can be selected, and their values.</summary>
internal static class SelectableFields
{
    private const string Name = "metadata.name";
    private const string Namespace = "metadata.namespace";

    private static readonly FrozenDictionary<string, FrozenSet<string>> More = new Dictionary<string, FrozenSet<string>>
    {
        ["Pod"] = Set("spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName", "spec.hostNetwork", "status.phase", "status.podIP", "status.podIPs", "status.nominatedNodeName"),
        ["Node"] = Set("spec.unschedulable"),
        ["Namespace"] = Set("status.phase", "name"),
        ["Secret"] = Set("type"),
        ["Service"] = Set("spec.clusterIP", "spec.type"),
        ["Event"] = Set(
            "involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.uid", "involvedObject.apiVersion", "involvedObject.resourceVersion", "involvedObject.fieldPath",
            "reason", "reportingComponent", "source", "type"),
    }.ToFrozenDictionary();

    /// <summary>Reads a selector of objects of a kind.</summary>
    /// <exception cref="FormatException">It is none, or names a field that cannot be selected by.</exception>
    public static FieldSelector Parse(ResourceType type, string text)
    {
        var selector = FieldSelector.Parse(text);
        var more = More.GetValueOrDefault(type.Kind);
        foreach (var term in selector.Terms)
        {
            if (term.Field == Name || (term.Field == Namespace && (type.Namespaced || more is null)) || more?.Contains(term.Field) == true) continue;
            throw new FormatException(more is null
                ? $"\"{term.Field}\" is not a known field selector: only \"{Name}\", \"{Namespace}\""
                : $"field label not supported: {term.Field}");
        }
        return selector;
    }

    public static string? ValueOf(ApiObject one, string field) => field switch
    {
        Name or "name" => one.Key.Name,
        Namespace => one.Key.Namespace ?? "",
        _ => one.Object switch
        {
            Pod pod => ValueOf(pod, field),
            Node node => field == "spec.unschedulable" ? Text(node.Spec.Unschedulable) : null,
            Api.Core.V1.Namespace space => field == "status.phase" ? space.Status.Phase : null,
            Secret secret => field == "type" ? secret.Type : null,
            Service service => field switch { "spec.clusterIP" => service.Spec.ClusterIP, "spec.type" => service.Spec.Type, _ => null },
            Event happened => ValueOf(happened, field),
            _ => null,
        },
    };

    private static string? ValueOf(Pod pod, string field) => field switch
    {
        "spec.nodeName" => pod.Spec.NodeName,
        "spec.restartPolicy" => pod.Spec.RestartPolicy,
        "spec.schedulerName" => pod.Spec.SchedulerName,
        "spec.serviceAccountName" => pod.Spec.ServiceAccountName,
        "spec.hostNetwork" => Text(pod.Spec.HostNetwork),
        "status.phase" => pod.Status.Phase,
        "status.podIP" or "status.podIPs" => pod.Status.PodIP,
        "status.nominatedNodeName" => pod.Status.NominatedNodeName,
        _ => null,
    };

    private static string? ValueOf(Event happened, string field) => field switch
    {
        "involvedObject.kind" => happened.InvolvedObject.Kind,
        "involvedObject.namespace" => happened.InvolvedObject.Namespace,
        "involvedObject.name" => happened.InvolvedObject.Name,
        "involvedObject.uid" => happened.InvolvedObject.Uid,
        "involvedObject.apiVersion" => happened.InvolvedObject.ApiVersion,
        "involvedObject.resourceVersion" => happened.InvolvedObject.ResourceVersion,
        "involvedObject.fieldPath" => happened.InvolvedObject.FieldPath,
        "reason" => happened.Reason,
        "reportingComponent" => happened.ReportingComponent,
        "source" => string.IsNullOrEmpty(happened.Source.Component) ? happened.ReportingComponent : happened.Source.Component,
        "type" => happened.Type,
        _ => null,
    };

    private static string Text(bool flag) => flag ? "true" : "false";

    private static FrozenSet<string> Set(params string[] fields) => fields.ToFrozenSet(StringComparer.Ordinal);
}
