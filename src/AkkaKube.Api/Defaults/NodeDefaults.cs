namespace AkkaKube.Api.Defaults;

/// <summary>What a Node gets: its two ways to say its address ranges, and all of its capacity for pods.</summary>
internal static class NodeDefaults
{
    /// <summary>The first address range stands alone and in the list; where they differ, the one alone is right.</summary>
    public static void ApplyToSpec(JsonMap spec)
    {
        var first = spec.List("podCIDRs") is { Count: > 0 } all ? all[0] as string : null;
        if (spec.Text("podCIDR") is not { Length: > 0 } range)
        {
            if (first is not null)
                spec["podCIDR"] = first;
        }
        else if (first != range)
            spec["podCIDRs"] = new JsonList { range };
    }

    public static void ApplyToStatus(JsonMap status)
    {
        if (status.Map("allocatable") is null && status.Map("capacity") is { } capacity)
            status["allocatable"] = capacity.Clone();
    }
}
