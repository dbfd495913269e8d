using Akka.Configuration;

namespace AkkaKube.Controllers.PodGc;

/// <summary>When pods count as left behind (section <c>akkakube.controllers.pod-gc</c>).</summary>
internal sealed record PodGcSettings
{
    /// <summary>How long a node must be gone before its pods are removed.</summary>
    public required TimeSpan Quarantine { get; init; }

    /// <summary>How many ended pods are kept.</summary>
    public required int TerminatedThreshold { get; init; }

    public static PodGcSettings From(Config config) => new()
    {
        Quarantine = config.GetTimeSpan("akkakube.controllers.pod-gc.quarantine"),
        TerminatedThreshold = config.GetInt("akkakube.controllers.pod-gc.terminated-threshold"),
    };
}
