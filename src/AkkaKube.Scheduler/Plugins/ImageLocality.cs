using AkkaKube.Scheduler.Cycle;
using AkkaKube.Scheduler.Framework;

namespace AkkaKube.Scheduler.Plugins;

/// <summary>Prefers nodes that have the pod's images already, the more the larger they are and the more nodes have them.</summary>
internal sealed class ImageLocality : IPreScorePlugin, IScorePlugin
{
    private const long MiB = 1024 * 1024;
    private const long LeastThatCounts = 23 * MiB;
    private const long MostOfOneContainer = 1000 * MiB;

    public Verdict PreScore(CycleState cycle, PodInfo pod, Snapshot snapshot, IReadOnlyList<NodeInfo> feasible)
    {
        List<Present>? present = null;
        foreach (var container in pod.Pod.Spec.InitContainers.Concat(pod.Pod.Spec.Containers))
        {
            if (container.Image is not { } image || !snapshot.Images.TryGetValue(WithTag(image), out var spread)) continue;
            // Scaled by how far the image has spread, so that the first node to have it does not draw every pod.
            (present ??= []).Add(new Present((long)(spread.SizeBytes * ((double)spread.Nodes.Count / snapshot.Nodes.Count)), spread.Nodes));
        }

        if (present is null) return Verdict.Skip;
        cycle.Write(new PresentImages(present, pod.Pod.Spec.InitContainers.Count + pod.Pod.Spec.Containers.Count));
        return Verdict.Fits;
    }

    public long Score(CycleState cycle, PodInfo pod, NodeInfo node)
    {
        var images = cycle.Read<PresentImages>()!;
        long sum = 0;
        foreach (var image in images.Images)
        {
            if (image.Nodes.Contains(node.Name)) sum += image.Worth;
        }

        var most = MostOfOneContainer * images.Containers;
        return Framework.Score.Max * (Math.Clamp(sum, LeastThatCounts, most) - LeastThatCounts) / (most - LeastThatCounts);
    }

    private static string WithTag(string image) => image.LastIndexOf(':') <= image.LastIndexOf('/') ? image + ":latest" : image;

    private sealed record Present(long Worth, HashSet<string> Nodes);

    private sealed record PresentImages(List<Present> Images, int Containers);
}
