using AkkaKube.Api.Core.V1;

namespace AkkaKube.Kubelet.Pods;

/// <summary>One thing to do for a pod whose sandbox stands.</summary>
internal abstract record PodStep
{
    private PodStep() { }

    /// <summary>Start the next instance of a container.</summary>
    public sealed record Start(Container Container, bool IsInit) : PodStep;

    /// <summary>Stop a container that runs.</summary>
    public sealed record Kill(Container Container, string? Message) : PodStep;

    /// <summary>Nothing runs and nothing will: the pod is over.</summary>
    public sealed record Finish : PodStep;
}

/// <summary>What to do next for a pod, from its spec and the states of its containers alone (Kubernetes: computePodActions).</summary>
internal static class PodPlan
{
    /// <summary>The steps to take now, in order.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="run">Its containers.</param>
    /// <param name="isHeld">Whether a container waits for its back-off.</param>
    public static IReadOnlyList<PodStep> Next(Pod pod, PodRun run, Func<string, bool> isHeld)
    {
        List<PodStep> steps = [];
        foreach (var container in pod.Spec.InitContainers.Concat(pod.Spec.Containers))
            if (run.Of(container.Name) is { State: RunState.Running, Step: RunStep.Idle, KillMessage: { } message })
                steps.Add(new PodStep.Kill(container, message));
        if (run.Failure is not null || IsOver(pod, run)) return End(pod, run, steps);

        var initialized = true;
        var regularStarted = pod.Spec.Containers.Any(c => run.Of(c.Name) is { } r && (r.State != RunState.Waiting || r.Previous is not null || r.Step != RunStep.Idle));
        foreach (var init in pod.Spec.InitContainers)
        {
            var state = run.Of(init.Name);
            if (RestartPolicies.IsSidecar(init))
            {
                if (state.State == RunState.Running && (state.Started || regularStarted)) continue;
                if (state.State != RunState.Running) Start(init, isInit: true);
                if (regularStarted) continue;
                initialized = false;
                break;
            }
            // Once the pod is past its init containers they are not looked at again.
            if (regularStarted || state is { State: RunState.Exited, ExitCode: 0 }) continue;
            if (state.State != RunState.Running) Start(init, isInit: true);
            initialized = false;
            break;
        }
        if (!initialized) return steps;
        foreach (var container in pod.Spec.Containers)
        {
            var state = run.Of(container.Name);
            if (state.State == RunState.Running) continue;
            if (state.LastEnd is { } end && !RestartPolicies.Restarts(pod, container, end.ExitCode, isInit: false)) continue;
            Start(container, isInit: false);
        }
        return steps;

        void Start(Container container, bool isInit)
        {
            if (run.Of(container.Name).Step == RunStep.Idle && !isHeld(container.Name)) steps.Add(new PodStep.Start(container, isInit));
        }
    }

    /// <summary>Whether all that the pod was for has ended: every regular container for good, or an init container without another try.</summary>
    public static bool IsOver(Pod pod, PodRun run)
    {
        foreach (var init in pod.Spec.InitContainers.Where(c => !RestartPolicies.IsSidecar(c)))
            if (run.Of(init.Name) is { State: RunState.Exited, ExitCode: not 0 } failed && !RestartPolicies.Restarts(pod, init, failed.ExitCode, isInit: true)) return true;
        return pod.Spec.Containers.All(c => run.Of(c.Name) is { State: not RunState.Running, Step: RunStep.Idle, LastEnd: { } end }
            && !RestartPolicies.Restarts(pod, c, end.ExitCode, isInit: false));
    }

    /// <summary>What is left to stop, regular containers first, then sidecars from the last to the first.</summary>
    public static IReadOnlyList<PodStep> End(Pod pod, PodRun run, List<PodStep> steps)
    {
        var regular = pod.Spec.Containers.Concat(pod.Spec.InitContainers.Where(c => !RestartPolicies.IsSidecar(c))).Where(c => IsAlive(run.Of(c.Name))).ToList();
        if (regular.Count > 0)
        {
            foreach (var container in regular) Kill(container);
            return steps;
        }
        if (pod.Spec.InitContainers.Where(RestartPolicies.IsSidecar).LastOrDefault(c => IsAlive(run.Of(c.Name))) is { } sidecar)
        {
            Kill(sidecar);
            return steps;
        }
        return [new PodStep.Finish()];

        void Kill(Container container)
        {
            if (run.Of(container.Name) is { State: RunState.Running, Step: RunStep.Idle or RunStep.PostStart } && !steps.OfType<PodStep.Kill>().Any(k => k.Container.Name == container.Name))
                steps.Add(new PodStep.Kill(container, null));
        }
    }

    private static bool IsAlive(ContainerRun run) => run.State == RunState.Running || run.Step != RunStep.Idle;
}
