using Akka.Actor;
using Akka.Configuration;

namespace Akka.Persistence;

/// <summary>Gives an actor system its persistence.</summary>
public class Persistence : ExtensionIdProvider<PersistenceExtension>
{
    /// <summary>The only one.</summary>
    public static Persistence Instance { get; } = new();

    /// <summary>The defaults of all settings under <c>akka.persistence</c>.</summary>
    public static Config DefaultConfig() => ConfigurationFactory.FromResource<Persistence>("Akka.Persistence.persistence.conf");

    /// <inheritdoc />
    public override PersistenceExtension CreateExtension(ExtendedActorSystem system) => new(system);
}

/// <summary>The section <c>akka.persistence</c>.</summary>
public sealed class PersistenceSettings
{
    /// <summary>Reads it.</summary>
    public PersistenceSettings(ActorSystem system, Config config) => Internal = new InternalSettings(config);

    /// <summary>What tests of plug-ins use.</summary>
    public InternalSettings Internal { get; }

    /// <summary>What tests of plug-ins use.</summary>
    public sealed class InternalSettings
    {
        /// <summary>Reads it.</summary>
        public InternalSettings(Config config) => PublishPluginCommands = config.GetBoolean("publish-plugin-commands");

        /// <summary>Whether plug-ins publish the commands they have done on the event stream.</summary>
        public bool PublishPluginCommands { get; }
    }
}
