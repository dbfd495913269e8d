using Akka.Configuration;

namespace AkkaKube.Controllers.Nodes;

/// <summary>When a node counts as lost (section <c>akkakube.controllers.node-lifecycle</c>).</summary>
internal sealed record NodeLifecycleSettings
{
    /// <summary>A node that was silent for so long is no longer ready.</summary>
    public required TimeSpan GracePeriod { get; init; }

    /// <summary>A new node may take so long until it says something.</summary>
    public required TimeSpan StartupGracePeriod { get; init; }

    public static NodeLifecycleSettings From(Config config) => new()
    {
        GracePeriod = config.GetTimeSpan("akkakube.controllers.node-lifecycle.monitor-grace-period"),
        StartupGracePeriod = config.GetTimeSpan("akkakube.controllers.node-lifecycle.startup-grace-period"),
    };
}
