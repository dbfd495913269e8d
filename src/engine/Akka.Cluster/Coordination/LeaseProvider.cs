using System.Collections.Concurrent;
using System.Reflection;
using Akka.Actor;
using Akka.Configuration;

namespace Akka.Coordination;

/// <summary>Gives out the leases of a system; who asks for the same gets the same object.</summary>
public class LeaseProvider : IExtension
{
    private readonly ExtendedActorSystem _system;
    private readonly ConcurrentDictionary<(string Lease, string Path, string Owner), Lease> _leases = new();

    /// <summary>The provider of a system.</summary>
    public LeaseProvider(ExtendedActorSystem system)
    {
        _system = system;
        system.Settings.InjectTopLevelFallback(DefaultConfig());
    }

    /// <summary>The provider of a system.</summary>
    public static LeaseProvider Get(ActorSystem system) => system.WithExtension<LeaseProvider, LeaseProviderExtensionProvider>();

    /// <summary>The default settings.</summary>
    public static Config DefaultConfig() => ConfigurationFactory.FromResource<LeaseProvider>("Akka.Cluster.coordination.conf");

    /// <summary>The lease of a name for an owner, of the implementation whose settings stand at the path.</summary>
    public Lease GetLease(string leaseName, string configPath, string ownerName) => _leases.GetOrAdd((leaseName, configPath, ownerName), key =>
    {
        var defaults = _system.Settings.Config.GetConfig("akka.coordination.lease")!;
        var section = _system.Settings.Config.GetConfig(key.Path)
            ?? throw new ArgumentException($"There are no settings at '{key.Path}', which should name the class of the lease '{key.Lease}'.", nameof(configPath));
        var settings = LeaseSettings.Create(section.WithFallback(defaults), key.Lease, key.Owner);
        var name = settings.LeaseConfig.GetString("lease-class");
        if (string.IsNullOrEmpty(name)) throw new ArgumentException($"{key.Path}.lease-class must not be empty: it names the implementation of the lease '{key.Lease}'.", nameof(configPath));
        var type = Type.GetType(name) ?? throw new ConfigurationException($"'{name}', named in {key.Path}.lease-class, is not an existing type.");
        const BindingFlags any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DoNotWrapExceptions;
        object[] arguments = type.GetConstructor(any, [typeof(LeaseSettings), typeof(ExtendedActorSystem)]) is null ? [settings] : [settings, _system];
        return (Lease)Activator.CreateInstance(type, any, null, arguments, null)!;
    });
}

/// <summary>Makes the provider of leases of a system.</summary>
public class LeaseProviderExtensionProvider : ExtensionIdProvider<LeaseProvider>
{
    /// <inheritdoc />
    public override LeaseProvider CreateExtension(ExtendedActorSystem system) => new(system);
}
