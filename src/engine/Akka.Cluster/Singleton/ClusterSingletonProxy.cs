using Akka.Actor;
using Akka.Cluster.Membership;
using Akka.Configuration;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>The way to a singleton, wherever it is: hands messages on with their sender, and keeps them while it is nowhere.</summary>
public sealed class ClusterSingletonProxy
{
    private ClusterSingletonProxy() { }

    /// <summary>The default settings, as they stand in the assembly.</summary>
    public static Config DefaultConfig() => Cluster.DefaultConfig();

    /// <summary>The recipe of a proxy.</summary>
    /// <param name="singletonManagerPath">The path of the manager, the same on every host, e.g. <c>/user/scheduler</c>.</param>
    /// <param name="settings">How the singleton is reached.</param>
    public static Props Props(string singletonManagerPath, ClusterSingletonProxySettings settings) => SingletonProxy.Props(singletonManagerPath, settings, null, null);
}
