using AkkaKube.Api.Core.V1;

namespace AkkaKube.Kubelet.Pods;

/// <summary>The phase of a pod from the states of its containers.</summary>
internal static class PodPhases
{
    public static string Of(Pod pod, PodRun run)
    {
        if (run.Failure is not null) return "Failed";
        var regularStarted = pod.Spec.Containers.Any(c => run.Of(c.Name) is { } r && (r.State != RunState.Waiting || r.Previous is not null));
        var pendingInit = 0;
        foreach (var init in pod.Spec.InitContainers)
        {
            var state = run.Of(init.Name);
            if (RestartPolicies.IsSidecar(init))
            {
                if (!regularStarted && (state.State == RunState.Running ? !state.Started : state.LastEnd is null)) pendingInit++;
                continue;
            }
            if (state.LastEnd is { } end && state.State != RunState.Running)
            {
                if (end.ExitCode != 0 && !RestartPolicies.Restarts(pod, init, end.ExitCode, isInit: true)) return "Failed";
                if (end.ExitCode != 0) pendingInit++;
            }
            else
            {
                pendingInit++;
            }
        }

        int running = 0, waiting = 0, stopped = 0, succeeded = 0, restarting = 0;
        foreach (var container in pod.Spec.Containers)
        {
            var state = run.Of(container.Name);
            if (state.State == RunState.Running) { running++; continue; }
            if (state.LastEnd is not { } end) { waiting++; continue; }
            stopped++;
            if (end.ExitCode == 0) succeeded++;
            if (RestartPolicies.Restarts(pod, container, end.ExitCode, isInit: false)) restarting++;
        }
        // Whatever ended pods look like, a terminal pod has run: it is over with what its containers came to.
        if (run.Terminal && stopped + waiting == pod.Spec.Containers.Count)
            return stopped == succeeded && waiting == 0 && pendingInit == 0 ? "Succeeded" : "Failed";
        if (pendingInit > 0 && !regularStarted) return "Pending";
        if (waiting > 0) return "Pending";
        if (running > 0) return "Running";
        if (stopped == 0) return "Pending";
        if (restarting > 0) return "Running";
        return stopped == succeeded ? "Succeeded" : "Failed";
    }
}
