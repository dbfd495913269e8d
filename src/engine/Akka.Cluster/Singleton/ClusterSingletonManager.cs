using Akka.Actor;
using Akka.Configuration;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>
/// Stands on every host that may have the singleton. The one on the oldest host takes the lease and runs the actor below itself; it gives it back,
/// after the actor has stopped, when another host should have it.
/// </summary>
public sealed class ClusterSingletonManager
{
    private ClusterSingletonManager() { }

    /// <summary>The default settings, as they stand in the assembly.</summary>
    public static Config DefaultConfig() => Cluster.DefaultConfig();

    /// <summary>The recipe of a manager whose singleton is stopped by a <see cref="PoisonPill"/>.</summary>
    public static Props Props(Props singletonProps, ClusterSingletonManagerSettings settings) => Props(singletonProps, PoisonPill.Instance, settings);

    /// <summary>The recipe of a manager.</summary>
    /// <param name="singletonProps">The recipe of the singleton.</param>
    /// <param name="terminationMessage">What tells it to stop because it moves.</param>
    /// <param name="settings">How it is managed.</param>
    public static Props Props(Props singletonProps, object terminationMessage, ClusterSingletonManagerSettings settings) =>
        SingletonManager.Props(singletonProps, terminationMessage, settings, null);
}
