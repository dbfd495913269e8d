using System.Globalization;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Kubelet.Pods;

namespace AkkaKube.Kubelet.Admission;

/// <summary>Whether a node takes a pod that was bound to it (Kubernetes: lifecycle.predicateAdmitHandler).</summary>
internal static class PodAdmission
{
    /// <summary>Null where it does; otherwise how the pod fails.</summary>
    public static PodFailure? Refuses(Node node, Pod pod, IReadOnlyCollection<Pod> others)
    {
        var allocatable = node.Status.Allocatable;
        if (allocatable.TryGetValue("pods", out var most) && others.Count + 1 > most.Value)
            return OutOf("pods", 1, others.Count, most.Value);
        var wanted = PodRequests.Of(pod);
        var used = wanted.Count == 0 ? [] : others.Select(PodRequests.Of).ToList();
        foreach (var (name, requested) in wanted)
        {
            if (requested == 0) continue;
            var capacity = allocatable.TryGetValue(name, out var has) ? PodRequests.Amount(name, has) : 0;
            var taken = used.Sum(o => o.GetValueOrDefault(name));
            if (taken + requested > capacity) return OutOf(name, requested, taken, capacity);
        }
        if (!NodeMatch.Fits(node, pod)) return Predicate("NodeAffinity", "node(s) didn't match Pod's node affinity/selector");
        if (pod.Spec.NodeName is { } named && named != node.Metadata.Name) return Predicate("NodeName", "node(s) didn't match the requested node name");
        if (HostPorts(pod).Any(p => others.SelectMany(HostPorts).Any(o => Conflict(p, o)))) return Predicate("NodePorts", "node(s) didn't have free ports for the requested pod ports");
        return null;
    }

    private static PodFailure OutOf(string resource, long requested, long used, long capacity) => new(
        "OutOf" + resource,
        string.Create(CultureInfo.InvariantCulture, $"Pod was rejected: Node didn't have enough resource: {resource}, requested: {requested}, used: {used}, capacity: {capacity}"));

    private static PodFailure Predicate(string name, string why) => new(name, $"Pod was rejected: Predicate {name} failed: {why}");

    private static IEnumerable<(string Ip, string Protocol, int Port)> HostPorts(Pod pod) =>
        pod.Spec.Containers.Concat(pod.Spec.InitContainers.Where(RestartPolicies.IsSidecar)).SelectMany(c => c.Ports)
            .Where(p => p.HostPort != 0).Select(p => (string.IsNullOrEmpty(p.HostIP) ? "0.0.0.0" : p.HostIP, p.Protocol ?? "TCP", p.HostPort));

    private static bool Conflict((string Ip, string Protocol, int Port) a, (string Ip, string Protocol, int Port) b) =>
        a.Port == b.Port && a.Protocol == b.Protocol && (a.Ip == b.Ip || a.Ip == "0.0.0.0" || b.Ip == "0.0.0.0");
}
