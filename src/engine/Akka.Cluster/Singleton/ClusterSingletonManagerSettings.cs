using Akka.Actor;
using Akka.Configuration;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>How a singleton is managed.</summary>
public sealed class ClusterSingletonManagerSettings : INoSerializationVerificationNeeded
{
    private ClusterSingletonManagerSettings(string singletonName, string? role, TimeSpan handOverRetryInterval)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(singletonName);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(handOverRetryInterval, TimeSpan.Zero);
        SingletonName = singletonName;
        Role = string.IsNullOrEmpty(role) ? null : role;
        HandOverRetryInterval = handOverRetryInterval;
    }

    /// <summary>The name of the actor below the manager.</summary>
    public string SingletonName { get; }

    /// <summary>The role of the hosts that may have it; null: all.</summary>
    public string? Role { get; }

    /// <summary>How often the manager asks again for what it did not get.</summary>
    public TimeSpan HandOverRetryInterval { get; }

    /// <summary>The settings at <c>akka.cluster.singleton</c>.</summary>
    public static ClusterSingletonManagerSettings Create(ActorSystem system)
    {
        system.Settings.InjectTopLevelFallback(ClusterSingletonManager.DefaultConfig());
        return Create(system.Settings.Config.GetConfig("akka.cluster.singleton"));
    }

    /// <summary>The settings in a block.</summary>
    public static ClusterSingletonManagerSettings Create(Config config) =>
        new(config.GetString("singleton-name"), config.GetString("role"), config.GetTimeSpan("hand-over-retry-interval"));

    /// <summary>The same with another name.</summary>
    public ClusterSingletonManagerSettings WithSingletonName(string singletonName) => new(singletonName, Role, HandOverRetryInterval);

    /// <summary>The same with another role.</summary>
    public ClusterSingletonManagerSettings WithRole(string? role) => new(SingletonName, role, HandOverRetryInterval);

    /// <summary>The same with another interval.</summary>
    public ClusterSingletonManagerSettings WithHandOverRetryInterval(TimeSpan retryInterval) => new(SingletonName, Role, retryInterval);
}
