namespace AkkaKube.Api.Defaults;

/// <summary>What a Service gets by its type and its session affinity.</summary>
internal static class ServiceDefaults
{
    private const long SessionSeconds = 3 * 60 * 60;

    public static void Apply(JsonMap service)
    {
        var spec = service.Need("spec");
        var type = spec.Text("type") is { Length: > 0 } said ? said : "ClusterIP";
        Affinity(spec);
        var fromOutside = type is "LoadBalancer" or "NodePort" || (type == "ClusterIP" && spec.List("externalIPs") is { Count: > 0 });
        if (fromOutside && string.IsNullOrEmpty(spec.Text("externalTrafficPolicy")))
            spec["externalTrafficPolicy"] = "Cluster";
        if (type is "NodePort" or "LoadBalancer" or "ClusterIP")
            spec.Default("internalTrafficPolicy", "Cluster");
        if (type != "LoadBalancer")
            return;
        spec.Default("allocateLoadBalancerNodePorts", true);
        foreach (var ingress in service.Map("status")?.Map("loadBalancer")?.List("ingress")?.Maps ?? [])
        {
            if (!string.IsNullOrEmpty(ingress.Text("ip")))
                ingress.Default("ipMode", "VIP");
        }
    }

    public static void ApplyToPort(JsonMap port)
    {
        if (port["targetPort"] is null or 0L or "")
            port["targetPort"] = port["port"];
    }

    private static void Affinity(JsonMap spec)
    {
        switch (spec.Text("sessionAffinity"))
        {
            case null or "" or "None":
                spec.Remove("sessionAffinityConfig");
                break;
            case "ClientIP" when spec.Map("sessionAffinityConfig")?.Map("clientIP")?.Number("timeoutSeconds") is null:
                spec["sessionAffinityConfig"] = new JsonMap(("clientIP", new JsonMap(("timeoutSeconds", SessionSeconds))));
                break;
        }
    }
}
