using AkkaKube.Api;
using AkkaKube.Api.Core.V1;

namespace AkkaKube.Scheduler.Cycle;

/// <summary>
/// What a pod requests in all: the containers together, or the most that a step of its start needs, whichever is more; plus the
/// overhead of its runtime class. Source: KEP-753 (sidecar containers), resource usage of init containers.
/// </summary>
internal static class PodRequests
{
    /// <summary>The requests as declared; these decide whether a pod fits.</summary>
    public static Resources Of(Pod pod) => Total(pod, Resources.Of);

    /// <summary>The requests with a minimum for containers that declare none; these decide how nodes score.</summary>
    public static Resources NonZero(Pod pod) => Total(pod, Resources.WithDefaults);

    private static Resources Total(Pod pod, Func<ValueMap<Quantity>, Resources> of)
    {
        var total = new Resources();
        foreach (var container in pod.Spec.Containers) total.Add(of(container.Resources.Requests));

        // A sidecar runs on beside every init container after it and beside the containers themselves.
        var sidecars = new Resources();
        var start = new Resources();
        foreach (var container in pod.Spec.InitContainers)
        {
            var step = of(container.Resources.Requests);
            if (container.RestartPolicy == "Always")
            {
                sidecars.Add(step);
                start.RaiseTo(sidecars);
            }
            else
            {
                step.Add(sidecars);
                start.RaiseTo(step);
            }
        }

        total.Add(sidecars);
        total.RaiseTo(start);
        if (pod.Spec.Resources is { } whole) total.Replace(whole.Requests);
        total.Add(Resources.Of(pod.Spec.Overhead));
        return total;
    }
}
