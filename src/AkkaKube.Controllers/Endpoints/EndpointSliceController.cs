using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Discovery.V1;
using AkkaKube.Client.Ownership;
using AkkaKube.Client.Reconciler;

namespace AkkaKube.Controllers.Endpoints;

/// <summary>Publishes the pods behind each Service in EndpointSlices, at most a hundred in one.</summary>
internal static class EndpointSliceController
{
    public static readonly ControllerSpec Spec = new("endpointslice-controller", setup =>
    {
        var services = setup.Follow<Service>(GroupVersionResource.Services, change => [change.Object.Metadata.Key()]);
        var pods = setup.Follow<Pod>(GroupVersionResource.Pods, change => ServicePods.Concerned(change, services));
        var nodes = setup.Follow<Node>(GroupVersionResource.Nodes);
        var slices = setup.Follow<EndpointSlice>(GroupVersionResource.EndpointSlices, change => ServicesOf(change.Object));
        return new EndpointSliceReconciler(services, pods, nodes, slices);
    });

    internal static IEnumerable<ObjectKey> ServicesOf(EndpointSlice slice) =>
        slice.Metadata.Labels.GetValueOrDefault(SliceLabels.ManagedBy) == SliceLabels.Controller && slice.Metadata.Labels.GetValueOrDefault(SliceLabels.ServiceName) is { } name
            ? [new ObjectKey(slice.Metadata.Namespace, name)] : [];
}
