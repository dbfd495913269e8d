namespace AkkaKube.Api;

/// <summary>Names a resource: where the API serves it.</summary>
/// <param name="Group">"" for the core group.</param>
/// <param name="Version">E.g. <c>v1</c>.</param>
/// <param name="Resource">The plural name, e.g. <c>pods</c>.</param>
public readonly record struct GroupVersionResource(string Group, string Version, string Resource)
{
    /// <summary>v1 pods.</summary>
    public static readonly GroupVersionResource Pods = new("", "v1", "pods");

    /// <summary>v1 nodes.</summary>
    public static readonly GroupVersionResource Nodes = new("", "v1", "nodes");

    /// <summary>v1 namespaces.</summary>
    public static readonly GroupVersionResource Namespaces = new("", "v1", "namespaces");

    /// <summary>v1 services.</summary>
    public static readonly GroupVersionResource Services = new("", "v1", "services");

    /// <summary>v1 endpoints.</summary>
    public static readonly GroupVersionResource Endpoints = new("", "v1", "endpoints");

    /// <summary>v1 configmaps.</summary>
    public static readonly GroupVersionResource ConfigMaps = new("", "v1", "configmaps");

    /// <summary>v1 secrets.</summary>
    public static readonly GroupVersionResource Secrets = new("", "v1", "secrets");

    /// <summary>v1 serviceaccounts.</summary>
    public static readonly GroupVersionResource ServiceAccounts = new("", "v1", "serviceaccounts");

    /// <summary>v1 events.</summary>
    public static readonly GroupVersionResource Events = new("", "v1", "events");

    /// <summary>apps/v1 deployments.</summary>
    public static readonly GroupVersionResource Deployments = new("apps", "v1", "deployments");

    /// <summary>apps/v1 replicasets.</summary>
    public static readonly GroupVersionResource ReplicaSets = new("apps", "v1", "replicasets");

    /// <summary>discovery.k8s.io/v1 endpointslices.</summary>
    public static readonly GroupVersionResource EndpointSlices = new("discovery.k8s.io", "v1", "endpointslices");

    /// <summary>coordination.k8s.io/v1 leases.</summary>
    public static readonly GroupVersionResource Leases = new("coordination.k8s.io", "v1", "leases");

    /// <summary>As an object says it: <c>apps/v1</c>, or <c>v1</c> for the core group.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>Without the version.</summary>
    public GroupResource GroupResource => new(Group, Resource);

    /// <summary><c>apps/v1/deployments</c>.</summary>
    public override string ToString() => $"{ApiVersion}/{Resource}";
}

/// <summary>A resource in any version.</summary>
/// <param name="Group">"" for the core group.</param>
/// <param name="Resource">The plural name.</param>
public readonly record struct GroupResource(string Group, string Resource)
{
    /// <summary><c>deployments.apps</c>, or <c>pods</c>.</summary>
    public override string ToString() => Group.Length == 0 ? Resource : $"{Resource}.{Group}";
}

/// <summary>A kind in any version.</summary>
/// <param name="Group">"" for the core group.</param>
/// <param name="Kind">E.g. <c>Deployment</c>.</param>
public readonly record struct GroupKind(string Group, string Kind)
{
    /// <summary><c>Deployment.apps</c>, or <c>Pod</c>.</summary>
    public override string ToString() => Group.Length == 0 ? Kind : $"{Kind}.{Group}";
}

/// <summary>Names a kind: what an object says that it is.</summary>
/// <param name="Group">"" for the core group.</param>
/// <param name="Version">E.g. <c>v1</c>.</param>
/// <param name="Kind">E.g. <c>Deployment</c>.</param>
public readonly record struct GroupVersionKind(string Group, string Version, string Kind)
{
    /// <summary>As an object says it: <c>apps/v1</c>, or <c>v1</c> for the core group.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>Without the version.</summary>
    public GroupKind GroupKind => new(Group, Kind);

    /// <summary>Reads apiVersion and kind of an object.</summary>
    public static GroupVersionKind Of(string apiVersion, string kind)
    {
        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? new("", apiVersion, kind) : new(apiVersion[..slash], apiVersion[(slash + 1)..], kind);
    }

    /// <summary><c>apps/v1, Kind=Deployment</c>, as messages say it.</summary>
    public override string ToString() => Group.Length == 0 ? $"/{Version}, Kind={Kind}" : $"{Group}/{Version}, Kind={Kind}";
}
