using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Client.Requests;

namespace AkkaKube.ApiServer.Operations;

/// <summary>Hands a request for a log to the kubelet of the pod's node, which answers the client itself.</summary>
internal sealed class LogOperation(ReadLog read, IActorRef client, IWorker worker) : Operation(read, client, worker)
{
    private readonly IActorRef _client = client;

    protected override void Start() => Read(GroupVersionResource.Pods, StoragePath.Of(read.Namespace, read.Pod), entry =>
    {
        if (entry is null) throw new RefusalException(Refusals.NotFound(GroupVersionResource.Pods, read.Pod));
        var pod = ((ApiObject)entry.View!).As<Pod>();
        var container = ContainerOf(pod);
        if (string.IsNullOrEmpty(pod.Spec.NodeName)) { Finish(new LogChunk(read.Tag, default, End: true)); return; }
        if (Worker.Nodes.KubeletOf(pod.Spec.NodeName) is not { } kubelet)
        {
            throw new RefusalException(Refusals.Internal($"Get \"https://{pod.Spec.NodeName}:10250/containerLogs/{read.Namespace}/{read.Pod}/{container}\": the kubelet is not reachable"));
        }
        kubelet.Tell(read with { Container = container, Node = pod.Spec.NodeName }, _client);
        HandOver();
    });

    /// <summary>The container that is meant; where none is named, the only one, or the one that the pod names as its default.</summary>
    private string ContainerOf(Pod pod)
    {
        List<string> names = [.. pod.Spec.Containers.Select(c => c.Name)];
        List<string> initNames = [.. pod.Spec.InitContainers.Select(c => c.Name)];
        if (string.IsNullOrEmpty(read.Container))
        {
            if (pod.Metadata.Annotations.TryGetValue("kubectl.kubernetes.io/default-container", out var chosen) && names.Contains(chosen)) return chosen;
            if (names.Count == 1 && initNames.Count == 0) return names[0];
            var choices = initNames.Count == 0 ? $"choose one of: [{string.Join(' ', names)}]" : $"choose one of: [{string.Join(' ', names)}] or one of the init containers: [{string.Join(' ', initNames)}]";
            throw new RefusalException(Refusals.BadRequest($"a container name must be specified for pod {read.Pod}, {choices}"));
        }
        if (!names.Contains(read.Container) && !initNames.Contains(read.Container)) throw new RefusalException(Refusals.BadRequest($"container {read.Container} is not valid for pod {read.Pod}"));
        return read.Container;
    }
}
