using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Client.Ownership;
using AkkaKube.Client.Reconciler;

namespace AkkaKube.Controllers.Namespaces;

/// <summary>Empties namespaces that were deleted, and lets them go.</summary>
internal static class NamespaceController
{
    public static readonly ControllerSpec Spec = new("namespace-controller", setup =>
    {
        var namespaces = setup.Follow<Namespace>(GroupVersionResource.Namespaces, change => change.New is null ? [] : [change.Object.Metadata.Key()]);
        return new NamespaceReconciler(namespaces, NamespacedContent.Resources);
    });
}
