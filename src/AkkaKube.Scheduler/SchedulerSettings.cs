using Akka.Configuration;

namespace AkkaKube.Scheduler;

/// <summary>How the scheduler works (section <c>akkakube.scheduler</c>).</summary>
public sealed record SchedulerSettings
{
    /// <summary>How long a pod that fitted nowhere waits at least before it is tried again, the first time.</summary>
    public required TimeSpan InitialBackoff { get; init; }

    /// <summary>The longest such wait.</summary>
    public required TimeSpan MaxBackoff { get; init; }

    /// <summary>How many pods are decided on before other messages get their turn.</summary>
    public required int PodsPerTurn { get; init; }

    /// <summary>How many bindings may be under way at a time.</summary>
    public required int BindingsInFlight { get; init; }

    /// <summary>Reads the section.</summary>
    public static SchedulerSettings From(Config config)
    {
        var section = config.GetConfig("akkakube.scheduler");
        return new SchedulerSettings
        {
            InitialBackoff = section.GetTimeSpan("initial-backoff"),
            MaxBackoff = section.GetTimeSpan("max-backoff"),
            PodsPerTurn = section.GetInt("pods-per-turn"),
            BindingsInFlight = section.GetInt("bindings-in-flight"),
        };
    }
}
