using Akka.Actor;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>How a singleton is managed and reached.</summary>
public sealed class ClusterSingletonSettings : INoSerializationVerificationNeeded
{
    private readonly ClusterSingletonManagerSettings _manager;
    private readonly ClusterSingletonProxySettings _proxy;

    private ClusterSingletonSettings(ClusterSingletonManagerSettings manager, ClusterSingletonProxySettings proxy) => (_manager, _proxy) = (manager, proxy);

    /// <summary>The role of the hosts that may have it; null: all.</summary>
    public string? Role => _manager.Role;

    /// <summary>How often a proxy looks for it.</summary>
    public TimeSpan SingletonIdentificationInterval => _proxy.SingletonIdentificationInterval;

    /// <summary>How often a manager asks again for what it did not get.</summary>
    public TimeSpan HandOverRetryInterval => _manager.HandOverRetryInterval;

    /// <summary>How many messages a proxy keeps.</summary>
    public int BufferSize => _proxy.BufferSize;

    /// <summary>The settings of a system.</summary>
    public static ClusterSingletonSettings Create(ActorSystem system) => new(ClusterSingletonManagerSettings.Create(system), ClusterSingletonProxySettings.Create(system));

    /// <summary>The same with another role.</summary>
    public ClusterSingletonSettings WithRole(string? role) => new(_manager.WithRole(role), _proxy.WithRole(role));

    internal ClusterSingletonManagerSettings ManagerOf(string name) => _manager.WithSingletonName(name);

    internal ClusterSingletonProxySettings ProxyOf(string name) => _proxy.WithSingletonName(name);
}
