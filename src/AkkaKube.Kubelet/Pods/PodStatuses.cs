using AkkaKube.Api;
using AkkaKube.Api.Core.V1;

namespace AkkaKube.Kubelet.Pods;

/// <summary>The whole status of a pod, from what the kubelet knows.</summary>
internal static class PodStatuses
{
    /// <summary>What the API server should hold.</summary>
    /// <param name="pod">The pod as last seen, with the status others may have written.</param>
    /// <param name="run">What goes on with it here.</param>
    /// <param name="written">The status that this kubelet wrote last (or found), whose transition times live on.</param>
    /// <param name="hostIp">The node's address.</param>
    /// <param name="now">The present.</param>
    public static PodStatus Of(Pod pod, PodRun run, PodStatus written, string hostIp, DateTimeOffset now)
    {
        // The API knows whole seconds only; with them what is written is what is read.
        now = Seconds(now)!.Value;
        var phase = PodPhases.Of(pod, run);
        if (run.Failure is { } failure)
            // A pod that was refused never had containers; what the API held stays but for phase, reason and message.
            return WithTimes(Conditions([]), written, now) is var failedConditions && run.StartTime is null
                ? written with { Phase = phase, Reason = failure.Reason, Message = failure.Message, StartTime = written.StartTime ?? now, ObservedGeneration = pod.Metadata.Generation }
                : Full() with { Reason = failure.Reason, Message = failure.Message, Conditions = failedConditions };
        return Full();

        PodStatus Full()
        {
            var initialized = pod.Spec.InitContainers.All(c => run.Of(c.Name) is var r && (RestartPolicies.IsSidecar(c) ? r is { State: RunState.Running, Started: true } : r is { State: RunState.Exited, ExitCode: 0 }));
            ValueList<ContainerStatus> init = [.. pod.Spec.InitContainers.Select(c => ContainerStatuses.Of(pod, c, run.Of(c.Name), isInit: true, initialized))];
            ValueList<ContainerStatus> regular = [.. pod.Spec.Containers.Select(c => ContainerStatuses.Of(pod, c, run.Of(c.Name), isInit: false, initialized))];
            return written with
            {
                Phase = phase,
                ObservedGeneration = pod.Metadata.Generation,
                HostIP = hostIp,
                HostIPs = [new HostIP { Ip = hostIp }],
                PodIP = run.PodIp,
                PodIPs = run.PodIp is null ? [] : [new PodIP { Ip = run.PodIp }],
                StartTime = Seconds(run.StartTime),
                InitContainerStatuses = init,
                ContainerStatuses = regular,
                Conditions = WithTimes(Conditions([.. init, .. regular]), written, now),
            };
        }

        List<PodCondition> Conditions(IReadOnlyList<ContainerStatus> statuses) =>
            [.. PodConditions.Of(pod, run, statuses, phase), .. pod.Status.Conditions.Where(c => !PodConditions.Owned.Contains(c.Type))];
    }

    /// <summary>The time without what is less than a second.</summary>
    public static DateTimeOffset? Seconds(DateTimeOffset? time) => time is { } t ? new DateTimeOffset(t.Ticks - (t.Ticks % TimeSpan.TicksPerSecond), t.Offset) : null;

    /// <summary>A condition keeps its transition time as long as its status stays.</summary>
    private static ValueList<PodCondition> WithTimes(IEnumerable<PodCondition> conditions, PodStatus written, DateTimeOffset now) =>
        [.. conditions.Select(c => written.Conditions.FirstOrDefault(w => w.Type == c.Type) is { } old && old.Status == c.Status
            ? c with { LastTransitionTime = old.LastTransitionTime, LastProbeTime = old.LastProbeTime, ObservedGeneration = c.ObservedGeneration }
            : c with { LastTransitionTime = now })];
}
