using System.Collections.Concurrent;
using Akka.Actor;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>Starts singletons, with their managers and proxies.</summary>
public class ClusterSingleton : IExtension
{
    private readonly ActorSystem _system;
    private readonly ConcurrentDictionary<string, Lazy<IActorRef>> _proxies = new();

    /// <summary>Creates the extension.</summary>
    public ClusterSingleton(ExtendedActorSystem system) => _system = system;

    /// <summary>The singletons of a system.</summary>
    public static ClusterSingleton Get(ActorSystem system) => system.WithExtension<ClusterSingleton, ClusterSingletonProvider>();

    /// <summary>Starts the manager where this host has the role, and the proxy, which it returns.</summary>
    public IActorRef Init(SingletonActor singleton) => _proxies.GetOrAdd(singleton.Name, name => new Lazy<IActorRef>(() => Start(name, singleton))).Value;

    private IActorRef Start(string name, SingletonActor singleton)
    {
        var settings = singleton.Settings.HasValue ? singleton.Settings.Value : ClusterSingletonSettings.Create(_system);
        var manager = "singletonManager" + name;
        if (settings.Role is not { } role || Cluster.Get(_system).SelfRoles.Contains(role))
        {
            var stop = singleton.StopMessage.HasValue ? singleton.StopMessage.Value : PoisonPill.Instance;
            _system.ActorOf(ClusterSingletonManager.Props(singleton.Props, stop, settings.ManagerOf(name)), manager);
        }

        return _system.ActorOf(ClusterSingletonProxy.Props($"/user/{manager}", settings.ProxyOf(name)), "singletonProxy" + name);
    }
}

/// <summary>Makes the extension of singletons.</summary>
public sealed class ClusterSingletonProvider : ExtensionIdProvider<ClusterSingleton>
{
    /// <inheritdoc />
    public override ClusterSingleton CreateExtension(ExtendedActorSystem system) => new(system);
}
