using System.Collections.Immutable;
using AkkaKube.Api.Core.V1;

namespace AkkaKube.Kubelet.Pods;

/// <summary>What the kubelet knows about one pod beyond its object: sandbox, addresses, containers.</summary>
internal sealed record PodRun
{
    /// <summary>When the kubelet took the pod on.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>The sandbox stands and has its network.</summary>
    public bool SandboxReady { get; init; }

    /// <summary>The pod's address.</summary>
    public string? PodIp { get; init; }

    /// <summary>By container name, init containers included.</summary>
    public ImmutableDictionary<string, ContainerRun> Containers { get; init; } = ImmutableDictionary<string, ContainerRun>.Empty;

    /// <summary>The pod was refused, evicted or ran out of time: Failed with this reason.</summary>
    public PodFailure? Failure { get; init; }

    /// <summary>All containers have ended and none will be started again.</summary>
    public bool Terminal { get; init; }

    public ContainerRun Of(string container) => Containers.GetValueOrDefault(container) ?? new ContainerRun(container);

    public PodRun With(ContainerRun container) => this with { Containers = Containers.SetItem(container.Name, container) };

    /// <summary>A run with an entry for each container of the pod.</summary>
    public static PodRun For(Pod pod) => new()
    {
        Containers = pod.Spec.InitContainers.Concat(pod.Spec.Containers).ToImmutableDictionary(c => c.Name, c => new ContainerRun(c.Name)),
    };
}

/// <summary>Why a pod failed as a whole.</summary>
internal sealed record PodFailure(string Reason, string Message);
