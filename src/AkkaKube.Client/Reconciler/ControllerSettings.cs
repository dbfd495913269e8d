using Akka.Configuration;
using AkkaKube.Client.WorkQueue;

namespace AkkaKube.Client.Reconciler;

/// <summary>How controllers run (section <c>akkakube.controllers</c>).</summary>
public sealed record ControllerSettings
{
    /// <summary>How many keys of one controller are under way at a time.</summary>
    public required int Workers { get; init; }

    /// <summary>How many writes of one controller are under way at a time.</summary>
    public required int WritesInFlight { get; init; }

    /// <summary>A key is reconciled at most once in this time.</summary>
    public required TimeSpan Pace { get; init; }

    /// <summary>The delays after failures.</summary>
    public required Backoff Backoff { get; init; }

    /// <summary>How long a write may go unanswered, or unseen by the informers, before the key is tried again.</summary>
    public required TimeSpan Patience { get; init; }

    /// <summary>Reads the section.</summary>
    public static ControllerSettings From(Config config)
    {
        var section = config.GetConfig("akkakube.controllers");
        return new ControllerSettings
        {
            Workers = section.GetInt("workers"),
            WritesInFlight = section.GetInt("writes-in-flight"),
            Pace = section.GetTimeSpan("pace"),
            Backoff = new Backoff(section.GetTimeSpan("backoff.first"), section.GetTimeSpan("backoff.max")),
            Patience = section.GetTimeSpan("patience"),
        };
    }
}
