using AkkaKube.Api;
using AkkaKube.Client.Informers;
using AkkaKube.Client.Reconciler;

namespace AkkaKube.Controllers.GarbageCollection;

/// <summary>Deletes objects whose owners are gone. Its keys are uids.</summary>
internal static class GarbageCollectorController
{
    public static readonly ControllerSpec Spec = new("generic-garbage-collector", setup =>
    {
        var graph = new OwnerGraph();
        foreach (var type in Resources.BuiltIn.All.Where(r => r.Verbs.Contains("delete") && r.Verbs.Contains("watch") && r.Resource != GroupVersionResource.Events))
        {
            var resource = type.Resource;
            setup.Follow<IApiObject>(resource, change => graph.Apply(resource, change));
        }

        return new GarbageCollector(graph, OwnerKinds.Resolve);
    });
}
