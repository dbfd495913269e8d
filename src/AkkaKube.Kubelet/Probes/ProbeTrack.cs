using AkkaKube.Api.Core.V1;

namespace AkkaKube.Kubelet.Probes;

/// <summary>The three questions that a probe can answer about a container.</summary>
internal enum ProbeKind
{
    /// <summary>Has it come up? The others wait for it.</summary>
    Startup,

    /// <summary>Is it still alive? If not it is restarted.</summary>
    Liveness,

    /// <summary>May it get traffic?</summary>
    Readiness,
}

/// <summary>The results of one probe of one container instance so far.</summary>
internal sealed record ProbeTrack(ProbeKind Kind, Probe Spec)
{
    private bool? LastResult { get; init; }

    private int InARow { get; init; }

    /// <summary>The verdict in force; null until the first one.</summary>
    public bool? Verdict { get; init; }

    public TimeSpan InitialDelay => TimeSpan.FromSeconds(Spec.InitialDelaySeconds);

    public TimeSpan Period => TimeSpan.FromSeconds(Spec.PeriodSeconds > 0 ? Spec.PeriodSeconds : 10);

    public TimeSpan Timeout => TimeSpan.FromSeconds(Spec.TimeoutSeconds > 0 ? Spec.TimeoutSeconds : 1);

    private int Needed(bool success) => success ? Math.Max(1, Spec.SuccessThreshold) : Spec.FailureThreshold > 0 ? Spec.FailureThreshold : 3;

    /// <summary>The state after one more result; the verdict changes only when a threshold is reached.</summary>
    public ProbeTrack After(bool success)
    {
        var run = LastResult == success ? InARow + 1 : 1;
        return this with { LastResult = success, InARow = run, Verdict = run >= Needed(success) ? success : Verdict };
    }

    /// <summary>Whether this kind of probe still has something to say, given whether the container has started.</summary>
    public bool IsDue(bool started) => Kind == ProbeKind.Startup ? !started : started;

    public static IEnumerable<ProbeTrack> Of(Container container)
    {
        if (container.StartupProbe is { } startup) yield return new ProbeTrack(ProbeKind.Startup, startup);
        if (container.LivenessProbe is { } liveness) yield return new ProbeTrack(ProbeKind.Liveness, liveness);
        if (container.ReadinessProbe is { } readiness) yield return new ProbeTrack(ProbeKind.Readiness, readiness);
    }
}
