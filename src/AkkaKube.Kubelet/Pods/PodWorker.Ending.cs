using Akka.Actor;
using AkkaKube.Api.Core.V1;
using AkkaKube.Runtime;

namespace AkkaKube.Kubelet.Pods;

/// <summary>How containers and the pod end.</summary>
internal sealed partial class PodWorker
{
    // However short the grace period, a program gets this long to react to SIGTERM.
    private static readonly TimeSpan LeastGrace = TimeSpan.FromSeconds(2);

    private void Kill(Container container, string? message)
    {
        var desk = Desk(container.Name);
        var run = _run.Of(container.Name);
        desk.Serial++;
        Unwatch(container.Name);
        var grace = TimeSpan.FromSeconds((message is null ? null : desk.KillGrace) ?? _pod.Metadata.DeletionGracePeriodSeconds ?? _pod.Spec.TerminationGracePeriodSeconds ?? 30);
        desk.KillGrace = null;
        desk.Stopping = (Now, grace);
        _run = _run.With(run with { Step = RunStep.Stopping });
        Record("Normal", "Killing", message ?? $"Stopping container {container.Name}", container);
        if (container.Lifecycle?.PreStop is { } hook && grace > TimeSpan.Zero) RunHook(container, hook, new CheckTag(container.Name, desk.Serial, CheckKind.PreStop), grace);
        else StopNow(container);
    }

    private void StopNow(Container container)
    {
        var desk = Desk(container.Name);
        if (desk.Stopping is not { } stopping || _run.Of(container.Name) is not { State: RunState.Running, Id: { } id }) return;
        var left = stopping.Since + stopping.Grace - Now;
        _runtime.Tell(new ContainerRuntime.StopContainer(id, left > LeastGrace ? left : LeastGrace) { Tag = new CheckTag(container.Name, desk.Serial, CheckKind.Stop) });
    }

    /// <summary>Somebody deleted the pod again with less grace: what is stopping has less time.</summary>
    private void Hurry(TimeSpan grace)
    {
        foreach (var container in _pod.Spec.InitContainers.Concat(_pod.Spec.Containers))
        {
            if (Desk(container.Name) is not { Stopping: { } stopping } desk || stopping.Grace <= grace) continue;
            desk.Stopping = (stopping.Since, grace);
            StopNow(container);
        }
    }

    /// <summary>The pod is to go: containers first, then the sandbox, then, when the API server knows how it ended, its object.</summary>
    private void End()
    {
        Timers.Cancel(nameof(DeadlinePassed));
        if (!_run.Terminal)
        {
            foreach (var (name, desk) in _desks)
            {
                Timers.Cancel(("held", name));
                // What is only about to start is given up; the sandbox takes with it what the runtime has of it.
                if (_run.Of(name) is not { Step: RunStep.Starting } starting) continue;
                desk.Serial++;
                _run = _run.With(starting with { Step = RunStep.Idle });
            }
            foreach (var step in PodPlan.End(_pod, _run, []))
            {
                if (step is PodStep.Kill kill) Kill(kill.Container, kill.Message);
                else Finish();
            }
        }
        if (!_run.Terminal) return;
        StopSandbox();
        if (_sandbox is SandboxState.Making or SandboxState.Stopping) return;
        if (_removed) Context.Stop(Self);
        else DeleteWhenWritten();
    }

    /// <summary>All containers have ended for good.</summary>
    private void Finish()
    {
        _run = _run with { Terminal = true };
        StopSandbox();
    }
}
