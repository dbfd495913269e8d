using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Discovery.V1;
using AkkaKube.Client.Ownership;
using AkkaKube.Client.Reconciler;

namespace AkkaKube.Controllers.Endpoints;

/// <summary>Mirrors Endpoints that somebody else made for a Service without a selector into EndpointSlices, which is all that is looked at.</summary>
internal static class EndpointSliceMirroringController
{
    public static readonly ControllerSpec Spec = new("endpointslicemirroring-controller", setup =>
    {
        var services = setup.Follow<Service>(GroupVersionResource.Services, change => [change.Object.Metadata.Key()]);
        var endpoints = setup.Follow<Api.Core.V1.Endpoints>(GroupVersionResource.Endpoints, change => [change.Object.Metadata.Key()]);
        var slices = setup.Follow<EndpointSlice>(
            GroupVersionResource.EndpointSlices,
            change => change.Object.Metadata.Labels.GetValueOrDefault(SliceLabels.ManagedBy) == SliceLabels.Mirroring && change.Object.Metadata.Labels.GetValueOrDefault(SliceLabels.ServiceName) is { } name
                ? [new ObjectKey(change.Object.Metadata.Namespace, name)] : []);
        return new EndpointSliceMirroringReconciler(services, endpoints, slices);
    });
}
