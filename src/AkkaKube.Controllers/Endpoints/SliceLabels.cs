namespace AkkaKube.Controllers.Endpoints;

/// <summary>The labels that say whose an EndpointSlice is.</summary>
internal static class SliceLabels
{
    public const string ManagedBy = "endpointslice.kubernetes.io/managed-by";
    public const string ServiceName = "kubernetes.io/service-name";
    public const string SkipMirror = "endpointslice.kubernetes.io/skip-mirror";
    public const string Controller = "endpointslice-controller.k8s.io";
    public const string Mirroring = "endpointslicemirroring-controller.k8s.io";
}
