using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Client.Requests;
using AkkaKube.Kubelet.Pods;
using AkkaKube.Runtime;

namespace AkkaKube.Kubelet.Logs;

/// <summary>Which log a request means, or why there is none.</summary>
internal static class LogAccess
{
    /// <summary>The runtime's request for the log, or a status to refuse with.</summary>
    public static (ContainerRuntime.ReadLog? Read, Status? Refusal) Of(ReadLog request, Pod pod, PodRun run, DateTimeOffset now)
    {
        var all = pod.Spec.InitContainers.Concat(pod.Spec.Containers).Select(c => c.Name).ToList();
        var name = request.Container;
        if (string.IsNullOrEmpty(name))
        {
            if (pod.Spec.Containers.Count != 1 || pod.Spec.InitContainers.Count > 0 && pod.Spec.Containers.Count != 1)
                return Refuse($"a container name must be specified for pod {pod.Metadata.Name}, choose one of: [{string.Join(' ', all)}]");
            name = pod.Spec.Containers[0].Name;
        }
        if (!all.Contains(name)) return Refuse($"container {name} is not valid for pod {pod.Metadata.Name}");
        var container = run.Of(name);
        var instance = request.Previous ? (container.Ended ? container.Previous : container.Previous)
            : container.State == RunState.Waiting ? container.Previous : container;
        if (request.Previous && instance?.Id is null) return Refuse($"previous terminated container \"{name}\" in pod \"{pod.Metadata.Name}\" not found");
        if (instance?.Id is null)
        {
            return Refuse($"container \"{name}\" in pod \"{pod.Metadata.Name}\" is waiting to start: " + (container.WaitingReason switch
            {
                "ErrImagePull" => "image can't be pulled",
                "ImagePullBackOff" => "trying and failing to pull image",
                null => pod.Spec.InitContainers.Count > 0 ? "PodInitializing" : "ContainerCreating",
                { } reason => reason,
            }));
        }
        return (new ContainerRuntime.ReadLog(instance.Id)
        {
            TailLines = request.TailLines,
            Since = request.SinceTime ?? (request.SinceSeconds is { } seconds ? now - TimeSpan.FromSeconds(seconds) : null),
            Timestamps = request.Timestamps,
            LimitBytes = request.LimitBytes,
            Follow = request.Follow && instance == container && container.State == RunState.Running,
        }, null);
    }

    private static (ContainerRuntime.ReadLog?, Status?) Refuse(string message) =>
        (null, new Status { StatusValue = "Failure", Message = message, Reason = "BadRequest", Code = 400 });
}
