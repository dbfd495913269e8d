namespace AkkaKube.Api.Defaults;

/// <summary>What a Pod gets and a pod template does not.</summary>
internal static class PodDefaults
{
    public static void Apply(JsonMap pod)
    {
        var spec = pod.Need("spec");
        RequestsFromLimits(spec.List("containers"));
        RequestsFromLimits(spec.List("initContainers"));
        PodLevelResources.Apply(spec);
        spec.Default("enableServiceLinks", true);
        if (spec.Flag("hostNetwork") != true)
            return;
        HostPorts(spec.List("containers"));
        HostPorts(spec.List("initContainers"));
    }

    /// <summary>The service account goes by two names; both are there.</summary>
    public static void ApplyToSpec(JsonMap spec)
    {
        var name = spec.Text("serviceAccountName") is { Length: > 0 } said ? said : spec.Text("serviceAccount");
        if (string.IsNullOrEmpty(name))
            return;
        spec["serviceAccountName"] = name;
        spec["serviceAccount"] = name;
    }

    /// <summary>The first address stands alone and in the list; where they differ, the one alone is right.</summary>
    public static void ApplyToStatus(JsonMap status)
    {
        var first = status.List("podIPs")?.Maps.FirstOrDefault()?.Text("ip");
        if (status.Text("podIP") is not { Length: > 0 } ip)
            status["podIP"] = first;
        else if (first != ip)
            status["podIPs"] = new JsonList { new JsonMap(("ip", ip)) };
        if (status["podIP"] is null)
            status.Remove("podIP");
    }

    /// <summary>A container that says a limit and no request asks for its limit.</summary>
    private static void RequestsFromLimits(JsonList? containers)
    {
        foreach (var container in containers?.Maps ?? [])
        {
            if (container.Map("resources")?.Map("limits") is not { } limits)
                continue;
            var requests = container.Need("resources").Need("requests");
            foreach (var (name, amount) in limits.Entries)
                requests.Default(name, amount);
        }
    }

    /// <summary>On the host's network a port of the container is a port of the host.</summary>
    private static void HostPorts(JsonList? containers)
    {
        foreach (var container in containers?.Maps ?? [])
        {
            foreach (var port in container.List("ports")?.Maps ?? [])
            {
                if (port.Number("hostPort") is null or 0 && port["containerPort"] is not 0L)
                    port["hostPort"] = port["containerPort"];
            }
        }
    }
}
