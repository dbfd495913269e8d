using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Client.Ownership;
using AkkaKube.Client.Reconciler;

namespace AkkaKube.Controllers.Endpoints;

/// <summary>Publishes the pods behind each Service in an Endpoints object, the old form of EndpointSlices.</summary>
internal static class EndpointsController
{
    public static readonly ControllerSpec Spec = new("endpoint-controller", setup =>
    {
        var services = setup.Follow<Service>(GroupVersionResource.Services, change => [change.Object.Metadata.Key()]);
        var pods = setup.Follow<Pod>(GroupVersionResource.Pods, change => ServicePods.Concerned(change, services));
        var endpoints = setup.Follow<Api.Core.V1.Endpoints>(GroupVersionResource.Endpoints, change => [change.Object.Metadata.Key()]);
        return new EndpointsReconciler(services, pods, endpoints);
    });
}
