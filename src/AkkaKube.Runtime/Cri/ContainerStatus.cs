using System.Collections.Frozen;

namespace AkkaKube.Runtime;

/// <summary>A container as the runtime sees it.</summary>
/// <param name="Id">64 hexadecimal digits; the pod's status says <c>containerd://</c> before it.</param>
/// <param name="PodSandboxId">The sandbox it is in.</param>
/// <param name="PodUid">The pod it belongs to.</param>
/// <param name="Name">The container's name in the pod.</param>
/// <param name="Attempt">Counts the restarts.</param>
/// <param name="State">Where in its life it is.</param>
public sealed record ContainerStatus(string Id, string PodSandboxId, string PodUid, string Name, int Attempt, ContainerState State)
{
    /// <summary>As asked for in the config.</summary>
    public string Image { get; init; } = "";

    /// <summary>The full name with digest, for the pod's <c>imageID</c>.</summary>
    public string ImageRef { get; init; } = "";

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it started; null before.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended; null before.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>With <see cref="ContainerState.Exited"/>: its exit code (128 + signal for one that was killed).</summary>
    public int ExitCode { get; init; }

    /// <summary>With <see cref="ContainerState.Exited"/>: Completed, Error, OOMKilled, StartError.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Why it could not start, or what it left in its termination message file.</summary>
    public string Message { get; init; } = "";

    /// <summary>As in the config.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = FrozenDictionary<string, string>.Empty;
}

/// <summary>The life of a container.</summary>
public enum ContainerState
{
    /// <summary>Made, not started.</summary>
    Created,

    /// <summary>Its first process runs.</summary>
    Running,

    /// <summary>Its first process has ended, or could not be started.</summary>
    Exited,
}

/// <summary>One of the two output streams of a container.</summary>
public enum LogStream
{
    /// <summary>Standard output.</summary>
    Stdout,

    /// <summary>Standard error.</summary>
    Stderr,
}
