using Akka.Actor;
using Akka.Configuration;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>How a singleton is reached.</summary>
public sealed class ClusterSingletonProxySettings : INoSerializationVerificationNeeded
{
    private ClusterSingletonProxySettings(string singletonName, string? role, TimeSpan identificationInterval, int bufferSize)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(singletonName);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(identificationInterval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegative(bufferSize);
        SingletonName = singletonName;
        Role = string.IsNullOrEmpty(role) ? null : role;
        SingletonIdentificationInterval = identificationInterval;
        BufferSize = bufferSize;
    }

    /// <summary>The name of the actor below its manager.</summary>
    public string SingletonName { get; }

    /// <summary>The role of the hosts that may have it; null: all.</summary>
    public string? Role { get; }

    /// <summary>How often the proxy looks for the actor while it does not know it.</summary>
    public TimeSpan SingletonIdentificationInterval { get; }

    /// <summary>How many messages it keeps in the meantime; 0: none.</summary>
    public int BufferSize { get; }

    /// <summary>The settings at <c>akka.cluster.singleton-proxy</c>.</summary>
    public static ClusterSingletonProxySettings Create(ActorSystem system)
    {
        system.Settings.InjectTopLevelFallback(ClusterSingletonProxy.DefaultConfig());
        var config = system.Settings.Config.GetConfig("akka.cluster.singleton-proxy");
        return new ClusterSingletonProxySettings(
            config.GetString("singleton-name"), config.GetString("role"), config.GetTimeSpan("singleton-identification-interval"), config.GetInt("buffer-size"));
    }

    /// <summary>The same with another name.</summary>
    public ClusterSingletonProxySettings WithSingletonName(string singletonName) => new(singletonName, Role, SingletonIdentificationInterval, BufferSize);

    /// <summary>The same with another role.</summary>
    public ClusterSingletonProxySettings WithRole(string? role) => new(SingletonName, role, SingletonIdentificationInterval, BufferSize);

    /// <summary>The same with another interval.</summary>
    public ClusterSingletonProxySettings WithSingletonIdentificationInterval(TimeSpan singletonIdentificationInterval) =>
        new(SingletonName, Role, singletonIdentificationInterval, BufferSize);

    /// <summary>The same with another size.</summary>
    public ClusterSingletonProxySettings WithBufferSize(int bufferSize) => new(SingletonName, Role, SingletonIdentificationInterval, bufferSize);
}
