using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Client.Informers;
using AkkaKube.Client.Ownership;
using AkkaKube.Controllers.Pods;

namespace AkkaKube.Controllers.Endpoints;

/// <summary>Which pods stand behind a Service, and on which ports.</summary>
internal static class ServicePods
{
    public const string LastChangeTriggerTime = "endpoints.kubernetes.io/last-change-trigger-time";
    public const string Headless = "service.kubernetes.io/headless";

    /// <summary>A Service of which somebody else says what stands behind it, or which is but a name.</summary>
    public static bool HasNoSelector(this Service service) => service.Spec.Selector.Count == 0 || service.Spec.Type == ServiceType.ExternalName;

    /// <summary>It has no address of its own.</summary>
    public static bool IsHeadless(this Service service) => service.Spec.ClusterIP is null or "None";

    /// <summary>The pods that a Service selects and that have an address.</summary>
    public static IEnumerable<Pod> Behind(Service service, Lister<Pod> pods)
    {
        foreach (var pod in pods.InNamespace(service.Metadata.Namespace))
            if (!pod.IsTerminal() && pod.Status.PodIP is not null && pod.Has(service.Spec.Selector)) yield return pod;
    }

    /// <summary>The Services that a change of a pod concerns: those that select it, before or after, where something changed that they publish.</summary>
    public static IEnumerable<ObjectKey> Concerned(Change<Pod> change, Lister<Service> services)
    {
        if (change is { Old: { } old, New: { } pod } && IsTheSame(old, pod)) yield break;
        foreach (var service in services.InNamespace(change.Object.Metadata.Namespace))
        {
            if (service.HasNoSelector()) continue;
            var isConcerned = (change.Old is { } before && before.Has(service.Spec.Selector)) || (change.New is { } after && after.Has(service.Spec.Selector));
            if (isConcerned) yield return service.Metadata.Key();
        }
    }

    /// <summary>The number of a port of the Service in a pod; null if the pod has no port of that name.</summary>
    public static int? PortIn(Pod pod, ServicePort port)
    {
        if (port.TargetPort is not { IsString: true } name) return port.TargetPort is { IntValue: not 0 } number ? number.IntValue : port.Port;
        var protocol = port.Protocol ?? "TCP";
        return Containers(pod).SelectMany(c => c.Ports).FirstOrDefault(p => p.Name == name.ToString() && (p.Protocol ?? "TCP") == protocol)?.ContainerPortValue;
    }

    /// <summary>When the newest of what is published came about, as far as the objects tell.</summary>
    public static string? TriggerTime(Service service, IEnumerable<Pod> pods)
    {
        var newest = pods.Select(p => p.ReadyCondition()?.LastTransitionTime).Append(service.Metadata.CreationTimestamp).Max();
        return newest?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
    }

    private static IEnumerable<Container> Containers(Pod pod) => pod.Spec.InitContainers.Where(c => c.RestartPolicy == "Always").Concat(pod.Spec.Containers);

    private static bool IsTheSame(Pod old, Pod pod) =>
        old.Status.Phase == pod.Status.Phase
        && old.Status.PodIP == pod.Status.PodIP
        && old.Status.PodIPs == pod.Status.PodIPs
        && old.IsReady() == pod.IsReady()
        && old.Metadata.DeletionTimestamp == pod.Metadata.DeletionTimestamp
        && old.Spec.NodeName == pod.Spec.NodeName
        && old.Metadata.Labels == pod.Metadata.Labels;
}
