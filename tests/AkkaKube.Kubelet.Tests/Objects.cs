using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Kubelet.Pods;

namespace AkkaKube.Kubelet.Tests;

/// <summary>Pods and nodes as short as tests want them.</summary>
internal static class Objects
{
    public static readonly DateTimeOffset T0 = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static Pod Pod(params Container[] containers) => new()
    {
        Metadata = new ObjectMeta { Name = "web", Namespace = "default", Uid = "u1", Generation = 1, ResourceVersion = "5" },
        Spec = new PodSpec { NodeName = "node-1", RestartPolicy = "Always", Containers = [.. containers], TerminationGracePeriodSeconds = 30 },
    };

    public static Container Container(string name = "main", string image = "busybox:1") => new() { Name = name, Image = image, ImagePullPolicy = "IfNotPresent" };

    public static Pod WithPolicy(this Pod pod, string policy) => pod with { Spec = pod.Spec with { RestartPolicy = policy } };

    public static Pod WithInit(this Pod pod, params Container[] init) => pod with { Spec = pod.Spec with { InitContainers = [.. init] } };

    public static Pod Deleted(this Pod pod, long grace = 30) => pod with { Metadata = pod.Metadata with { DeletionTimestamp = T0, DeletionGracePeriodSeconds = grace } };

    public static Container Sidecar(string name) => Container(name) with { RestartPolicy = "Always" };

    public static Container Asking(this Container container, string cpu, string memory = "0") =>
        container with { Resources = new ResourceRequirements { Requests = ValueMap.Of(("cpu", Quantity.Parse(cpu)), ("memory", Quantity.Parse(memory))) } };

    public static Node Node(string cpu = "4", string memory = "8Gi", string pods = "110") => new()
    {
        Metadata = new ObjectMeta { Name = "node-1", Uid = "n1", ResourceVersion = "3", Labels = ValueMap.Of(("disk", "ssd"), ("gen", "3")) },
        Status = new NodeStatus { Allocatable = ValueMap.Of(("cpu", Quantity.Parse(cpu)), ("memory", Quantity.Parse(memory)), ("pods", Quantity.Parse(pods))) },
    };

    public static ContainerRun Running(string name = "main", bool ready = true, bool started = true) =>
        new(name) { State = RunState.Running, Id = name + "-id", StartedAt = T0, Ready = ready, Started = started };

    public static ContainerRun Exited(string name = "main", int code = 0) =>
        new(name) { State = RunState.Exited, Id = name + "-id", StartedAt = T0, FinishedAt = T0, ExitCode = code };

    /// <summary>The states of containers in one word each: w waits, r runs, s runs but has not started, 0 to 9 ended with that code, c3 crashed with 3 and waits.</summary>
    public static PodRun Run(Pod pod, string states)
    {
        var run = PodRun.For(pod) with { SandboxReady = true, StartTime = T0, PodIp = "10.128.0.2" };
        var names = pod.Spec.InitContainers.Concat(pod.Spec.Containers).Select(c => c.Name);
        foreach (var (name, state) in names.Zip(states.Split(' ')))
            run = run.With(state switch
            {
                "w" => new ContainerRun(name),
                "r" => Running(name),
                "s" => Running(name, ready: false, started: false),
                ['c', var code] => new ContainerRun(name) { Previous = Exited(name, code - '0'), WaitingReason = "CrashLoopBackOff" },
                _ => Exited(name, state[0] - '0'),
            });
        return run;
    }
}
