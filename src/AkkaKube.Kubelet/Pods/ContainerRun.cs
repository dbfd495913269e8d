namespace AkkaKube.Kubelet.Pods;

/// <summary>Where one instance of a container stands.</summary>
internal enum RunState
{
    /// <summary>No instance yet, or the next one is under way; the reason says why.</summary>
    Waiting,

    /// <summary>Its program runs.</summary>
    Running,

    /// <summary>Its program has ended.</summary>
    Exited,
}

/// <summary>What the kubelet knows about one container of a pod: its present instance and the one before.</summary>
internal sealed record ContainerRun(string Name)
{
    public RunState State { get; init; }

    /// <summary>While waiting: e.g. ContainerCreating, ErrImagePull, CrashLoopBackOff; null leaves it to the pod's progress.</summary>
    public string? WaitingReason { get; init; }

    public string? WaitingMessage { get; init; }

    /// <summary>The runtime's id of the present (or, after its end, the last) instance.</summary>
    public string? Id { get; init; }

    public string? Image { get; init; }

    public string? ImageId { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public int ExitCode { get; init; }

    /// <summary>Of the end: Completed, Error, OOMKilled, ContainerStatusUnknown.</summary>
    public string? ExitReason { get; init; }

    /// <summary>The termination message.</summary>
    public string? ExitMessage { get; init; }

    public int RestartCount { get; init; }

    /// <summary>The instance before this one.</summary>
    public ContainerRun? Previous { get; init; }

    /// <summary>Its startup probe has passed (or it has none and its postStart hook is through).</summary>
    public bool Started { get; init; }

    /// <summary>What its readiness probe last said; true without a probe.</summary>
    public bool Ready { get; init; }

    /// <summary>What goes on with it at the runtime; a container has one operation at a time.</summary>
    public RunStep Step { get; init; }

    /// <summary>A probe or a hook asked for its restart; the text of the Killing event.</summary>
    public string? KillMessage { get; init; }

    /// <summary>The end of the present instance, if it has ended.</summary>
    public bool Ended => State == RunState.Exited;

    /// <summary>The last instance that ended, the present one or the one before.</summary>
    public ContainerRun? LastEnd => Ended ? this : Previous;
}

/// <summary>The operation under way for a container.</summary>
internal enum RunStep
{
    /// <summary>None.</summary>
    Idle,

    /// <summary>Its image is pulled, its configuration gathered, it is created or started.</summary>
    Starting,

    /// <summary>Its postStart hook runs.</summary>
    PostStart,

    /// <summary>Its preStop hook runs or it is stopping.</summary>
    Stopping,
}
