using AkkaKube.Api.Core.V1;

namespace AkkaKube.Api.Validation.Core;

/// <summary>What the containers of a pod need together.</summary>
internal static class PodResources
{
    /// <summary>
    /// The greater of what runs at the same time (regular containers and sidecars) and what an init container needs beside the
    /// sidecars that started before it.
    /// </summary>
    public static Dictionary<string, Quantity> AggregateRequests(PodSpec spec)
    {
        var running = new Dictionary<string, Quantity>();
        foreach (var container in spec.Containers) Add(running, container.Resources.Requests);

        var sidecars = new Dictionary<string, Quantity>();
        var peak = new Dictionary<string, Quantity>();
        foreach (var container in spec.InitContainers)
        {
            var now = new Dictionary<string, Quantity>(sidecars);
            Add(now, container.Resources.Requests);
            if (container.RestartPolicy == "Always")
            {
                Add(running, container.Resources.Requests);
                sidecars = now;
            }
            Max(peak, now);
        }
        Max(running, peak);
        return running;
    }

    private static void Add(Dictionary<string, Quantity> sum, ValueMap<Quantity> more)
    {
        foreach (var (name, quantity) in more) sum[name] = sum.TryGetValue(name, out var had) ? had + quantity : quantity;
    }

    private static void Max(Dictionary<string, Quantity> into, Dictionary<string, Quantity> other)
    {
        foreach (var (name, quantity) in other)
            if (!into.TryGetValue(name, out var had) || quantity.CompareTo(had) > 0) into[name] = quantity;
    }
}
