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

    /// <summary>
    /// Failures before this time, and before the first success, do not count: the program has begun anew on another host, its container
    /// has not.
    /// </summary>
    public DateTimeOffset? LenientUntil { get; init; }

    public TimeSpan InitialDelay => TimeSpan.FromSeconds(Spec.InitialDelaySeconds);

    public TimeSpan Period => TimeSpan.FromSeconds(Spec.PeriodSeconds > 0 ? Spec.PeriodSeconds : 10);

    public TimeSpan Timeout => TimeSpan.FromSeconds(Spec.TimeoutSeconds > 0 ? Spec.TimeoutSeconds : 1);

    private int Needed(bool success) => success ? Math.Max(1, Spec.SuccessThreshold) : Spec.FailureThreshold > 0 ? Spec.FailureThreshold : 3;

    /// <summary>The state after one more result; the verdict changes only when a threshold is reached.</summary>
    public ProbeTrack After(bool success)
    {
        var run = LastResult == success ? InARow + 1 : 1;
        return this with { LastResult = success, InARow = run, Verdict = run >= Needed(success) ? success : Verdict, LenientUntil = success ? null : LenientUntil };
    }

    /// <summary>Whether a result says nothing yet.</summary>
    public bool Overlooks(bool success, DateTimeOffset now) => !success && now < LenientUntil;

    /// <summary>Whether this kind of probe still has something to say, given whether the container has started.</summary>
    public bool IsDue(bool started) => Kind == ProbeKind.Startup ? !started : started;

    /// <summary>The probes of a container that was taken over: their verdicts are what its status says.</summary>
    /// <param name="container">The container.</param>
    /// <param name="started">Whether it had started.</param>
    /// <param name="ready">Whether it was ready.</param>
    /// <param name="now">The present.</param>
    /// <param name="grace">How long a program may take to come up again; as long as its startup probe gives it, if that is longer.</param>
    public static IEnumerable<ProbeTrack> Adopted(Container container, bool started, bool ready, DateTimeOffset now, TimeSpan grace)
    {
        var all = Of(container).ToList();
        if (all.Find(p => p.Kind == ProbeKind.Startup) is { } startup && startup.InitialDelay + (startup.Period * startup.Needed(success: false)) is var longest && longest > grace) grace = longest;
        foreach (var probe in all)
            yield return probe with
            {
                Verdict = probe.Kind switch { ProbeKind.Startup => started ? true : null, ProbeKind.Readiness => started && ready ? true : null, _ => null },
                LenientUntil = probe.Kind == ProbeKind.Startup ? null : now + probe.InitialDelay + grace,
            };
    }

    public static IEnumerable<ProbeTrack> Of(Container container)
    {
        if (container.StartupProbe is { } startup) yield return new ProbeTrack(ProbeKind.Startup, startup);
        if (container.LivenessProbe is { } liveness) yield return new ProbeTrack(ProbeKind.Liveness, liveness);
        if (container.ReadinessProbe is { } readiness) yield return new ProbeTrack(ProbeKind.Readiness, readiness);
    }
}
