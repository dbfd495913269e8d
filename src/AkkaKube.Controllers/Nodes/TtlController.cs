using System.Text;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Client.Informers;
using AkkaKube.Client.Ownership;
using AkkaKube.Client.Reconciler;

namespace AkkaKube.Controllers.Nodes;

/// <summary>Tells kubelets how long they may keep secrets and config maps before they look again: longer in larger clusters.</summary>
internal static class TtlController
{
    public static readonly ControllerSpec Spec = new("ttl-controller", setup =>
    {
        var nodes = setup.Follow<Node>(GroupVersionResource.Nodes, change => change.New is null ? [] : [change.Object.Metadata.Key()]);
        return new TtlReconciler(nodes);
    });
}

/// <summary>Writes the time to live into the annotation of a node.</summary>
internal sealed class TtlReconciler(Lister<Node> nodes) : IReconciler
{
    internal const string Annotation = "node.alpha.kubernetes.io/ttl";

    // From so many nodes up, it takes fewer to come down again: else a node that comes and goes would have all of them written.
    private static readonly (int Up, int Down, int Seconds)[] Steps = [(0, 0, 0), (100, 90, 15), (500, 450, 30), (1000, 900, 60), (2000, 1800, 300)];
    private int _step;

    public IEnumerable<Write> Reconcile(ObjectKey key, DateTimeOffset now)
    {
        while (_step + 1 < Steps.Length && nodes.Count > Steps[_step + 1].Up) _step++;
        while (_step > 0 && nodes.Count < Steps[_step].Down) _step--;
        var seconds = Steps[_step].Seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (nodes.Find(key) is not { } node || node.Metadata.Annotations.GetValueOrDefault(Annotation) == seconds) return [];
        return [Write.Patch(GroupVersionResource.Nodes, node, Encoding.UTF8.GetBytes($$$$"""{"metadata":{"annotations":{"{{{{Annotation}}}}":"{{{{seconds}}}}"}}}"""))];
    }
}
