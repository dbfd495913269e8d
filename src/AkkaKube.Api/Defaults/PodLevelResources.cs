namespace AkkaKube.Api.Defaults;

/// <summary>The resources of a pod as a whole: what it leaves out follows from its containers.</summary>
internal static class PodLevelResources
{
    public static void Apply(JsonMap spec)
    {
        if (spec.Map("resources") is not { } resources || (resources.Map("limits") is null && resources.Map("requests") is null))
            return;
        HugePageLimits(spec, resources);
        Requests(spec, resources);
        Limits(spec, resources);
    }

    private static void HugePageLimits(JsonMap spec, JsonMap resources)
    {
        foreach (var (name, amount) in Sum(spec, "limits"))
        {
            if (IsHugePage(name) && resources.Map("requests")?.Has(name) != true)
                resources.Need("limits").Default(name, amount.ToString());
        }
    }

    private static void Requests(JsonMap spec, JsonMap resources)
    {
        if (resources.Map("limits") is not { Count: > 0 } limits)
            return;
        foreach (var (name, amount) in Sum(spec, "requests"))
        {
            if (name is "cpu" or "memory")
                resources.Need("requests").Default(name, amount.ToString());
        }

        foreach (var (name, amount) in limits.Entries)
        {
            if (name is "cpu" or "memory" || IsHugePage(name))
                resources.Need("requests").Default(name, amount);
        }
    }

    private static void Limits(JsonMap spec, JsonMap resources)
    {
        if (resources.Map("limits") is { Count: > 0 } || resources.Map("requests") is not { Count: > 0 })
            return;
        foreach (var (name, amount) in Sum(spec, "limits"))
        {
            if (name is "cpu" or "memory" && Containers(spec).All(container => container.Map("resources")?.Map("limits")?.Has(name) == true))
                resources.Need("limits").Default(name, amount.ToString());
        }
    }

    /// <summary>What the containers need together: those that run side by side summed up, or the largest one that runs before them.</summary>
    private static Dictionary<string, Quantity> Sum(JsonMap spec, string what)
    {
        var sum = new Dictionary<string, Quantity>();
        foreach (var container in spec.List("containers")?.Maps ?? [])
            Add(sum, container, what);
        var sidecars = new Dictionary<string, Quantity>();
        var before = new Dictionary<string, Quantity>();
        foreach (var container in spec.List("initContainers")?.Maps ?? [])
        {
            if (container.Text("restartPolicy") == "Always")
            {
                Add(sum, container, what);
                Add(sidecars, container, what);
                Raise(before, sidecars);
                continue;
            }

            var needed = new Dictionary<string, Quantity>(sidecars);
            Add(needed, container, what);
            Raise(before, needed);
        }

        Raise(sum, before);
        return sum;
    }

    private static IEnumerable<JsonMap> Containers(JsonMap spec) => (spec.List("containers")?.Maps ?? []).Concat(spec.List("initContainers")?.Maps ?? []);

    private static void Add(Dictionary<string, Quantity> sum, JsonMap container, string what)
    {
        if (container.Map("resources")?.Map(what) is not { } amounts)
            return;
        foreach (var (name, amount) in amounts.Entries)
        {
            if (amount is string text && Quantity.TryParse(text, out var quantity))
                sum[name] = sum.TryGetValue(name, out var other) ? other + quantity : quantity;
        }
    }

    private static void Raise(Dictionary<string, Quantity> amounts, Dictionary<string, Quantity> least)
    {
        foreach (var (name, amount) in least)
        {
            if (!amounts.TryGetValue(name, out var other) || other < amount)
                amounts[name] = amount;
        }
    }

    private static bool IsHugePage(string name) => name.StartsWith("hugepages-", StringComparison.Ordinal);
}
