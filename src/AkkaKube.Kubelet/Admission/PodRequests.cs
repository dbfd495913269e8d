using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Kubelet.Pods;

namespace AkkaKube.Kubelet.Admission;

/// <summary>What a pod asks of a node: the sum of its containers and sidecars, or its greediest init container if that is more.</summary>
internal static class PodRequests
{
    /// <summary>By resource; cpu in thousandths, everything else in units.</summary>
    public static IReadOnlyDictionary<string, long> Of(Pod pod)
    {
        Dictionary<string, long> sum = [], sidecars = [], peak = [];
        foreach (var container in pod.Spec.Containers) Add(sum, container.Resources.Requests);
        foreach (var init in pod.Spec.InitContainers)
        {
            var own = new Dictionary<string, long>();
            Add(own, init.Resources.Requests);
            if (RestartPolicies.IsSidecar(init)) Add(sidecars, init.Resources.Requests);
            foreach (var name in own.Keys.Union(sidecars.Keys))
            {
                // While an ordinary init container runs, the sidecars before it do as well.
                var needed = sidecars.GetValueOrDefault(name) + (RestartPolicies.IsSidecar(init) ? 0 : own.GetValueOrDefault(name));
                peak[name] = Math.Max(peak.GetValueOrDefault(name), needed);
            }
        }
        foreach (var (name, amount) in sidecars) sum[name] = sum.GetValueOrDefault(name) + amount;
        foreach (var (name, amount) in peak) sum[name] = Math.Max(sum.GetValueOrDefault(name), amount);
        Add(sum, pod.Spec.Overhead);
        return sum;
    }

    public static long Amount(string resource, Quantity quantity) => resource == "cpu" ? quantity.MilliValue : quantity.Value;

    private static void Add(Dictionary<string, long> sum, ValueMap<Quantity> requests)
    {
        foreach (var (name, quantity) in requests) sum[name] = sum.GetValueOrDefault(name) + Amount(name, quantity);
    }
}
