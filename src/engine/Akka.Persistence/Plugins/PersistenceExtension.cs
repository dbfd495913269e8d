using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;

namespace Akka.Persistence;

/// <summary>The journals and snapshot stores of an actor system; each starts when it is first asked for.</summary>
public class PersistenceExtension : IExtension
{
    private const string JournalFallback = "akka.persistence.journal-plugin-fallback";
    private const string SnapshotFallback = "akka.persistence.snapshot-store-plugin-fallback";

    private readonly ExtendedActorSystem _system;
    private readonly Config _config;
    private readonly ConcurrentDictionary<string, Lazy<Plugin>> _plugins = new();
    private readonly Lazy<IActorRef> _recoveryPermitter;
    private readonly Lazy<IStashOverflowStrategy> _overflowStrategy;

    /// <summary>Reads the settings and starts the plug-ins that are to start at once.</summary>
    public PersistenceExtension(ExtendedActorSystem system)
    {
        _system = system;
        system.Settings.InjectTopLevelFallback(Persistence.DefaultConfig());
        _config = system.Settings.Config.GetConfig("akka.persistence");
        Settings = new PersistenceSettings(system, _config);
        _recoveryPermitter = new Lazy<IActorRef>(() => system.SystemActorOf(
            Props.Create(() => new RecoveryPermitter(Math.Max(1, _config.GetInt("max-concurrent-recoveries", 1)))), "recoveryPermitter"));
        _overflowStrategy = new Lazy<IStashOverflowStrategy>(() =>
            Make<IStashOverflowStrategyConfigurator>(_config.GetString("internal-stash-overflow-strategy"), "akka.persistence.internal-stash-overflow-strategy").Create(system.Settings.Config));
        foreach (var id in _config.GetStringList("journal.auto-start-journals")) JournalFor(id);
        foreach (var id in _config.GetStringList("snapshot-store.auto-start-snapshot-stores")) SnapshotStoreFor(id);
    }

    /// <summary>The settings.</summary>
    public PersistenceSettings Settings { get; }

    /// <summary>What happens to a command when no more can wait.</summary>
    public IStashOverflowStrategy DefaultInternalStashOverflowStrategy => _overflowStrategy.Value;

    /// <summary>An id made of an actor's path.</summary>
    public string PersistenceId(IActorRef actor) => actor.Path.ToStringWithoutAddress();

    /// <summary>The journal whose settings stand at the path; the default one for an empty path.</summary>
    public IActorRef JournalFor(string? journalPluginId) => PluginFor(JournalId(journalPluginId), JournalFallback).Actor;

    /// <summary>The snapshot store whose settings stand at the path; the default one for an empty path.</summary>
    public IActorRef SnapshotStoreFor(string? snapshotPluginId)
    {
        var id = string.IsNullOrEmpty(snapshotPluginId) ? _config.GetString("snapshot-store.plugin") : snapshotPluginId;
        return PluginFor(string.IsNullOrEmpty(id) ? "akka.persistence.no-snapshot-store" : id, SnapshotFallback).Actor;
    }

    internal IActorRef RecoveryPermitter() => _recoveryPermitter.Value;

    internal Config JournalConfigFor(string? journalPluginId) => PluginFor(JournalId(journalPluginId), JournalFallback).Config;

    /// <summary>The settings of a plug-in that runs.</summary>
    internal Config ConfigFor(IActorRef plugin) => _plugins.TryGetValue(plugin.Path.Name, out var found)
        ? found.Value.Config
        : ConfigOf(plugin.Path.Name, JournalFallback);

    private string JournalId(string? journalPluginId)
    {
        var id = string.IsNullOrEmpty(journalPluginId) ? _config.GetString("journal.plugin") : journalPluginId;
        return string.IsNullOrEmpty(id) ? throw new ConfigurationException("No journal is configured: akka.persistence.journal.plugin is empty") : id;
    }

    private Plugin PluginFor(string id, string fallback) => _plugins.GetOrAdd(id, static (key, state) => new Lazy<Plugin>(() => state.This.Start(key, state.fallback)), (This: this, fallback)).Value;

    private Plugin Start(string id, string fallback)
    {
        var config = ConfigOf(id, fallback);
        var name = config.GetString("class");
        if (string.IsNullOrEmpty(name)) throw new ConfigurationException($"Plugin class name must be defined in config property [{id}.class]");
        var type = Type.GetType(name) ?? throw new ConfigurationException($"{id}.class: there is no type '{name}'");
        var takesConfig = type.GetConstructor([typeof(Config)]) is not null;
        var props = (takesConfig ? Props.Create(type, config) : Props.Create(type)).WithDispatcher(config.GetString("plugin-dispatcher"));
        return new Plugin(config, new Lazy<IActorRef>(() => _system.SystemActorOf(props, id)));
    }

    private Config ConfigOf(string id, string fallback)
    {
        var all = _system.Settings.Config;
        return all.HasPath(id)
            ? all.GetConfig(id).WithFallback(all.GetConfig(fallback))
            : throw new ConfigurationException($"There is no configuration of a persistence plug-in at '{id}'");
    }

    private T Make<T>(string typeName, string path) where T : class => Type.GetType(typeName) is { } type && Activator.CreateInstance(type) is T made
        ? made
        : throw new ConfigurationException($"{path}: '{typeName}' is no {typeof(T).Name}");

    /// <summary>Settings first: the plug-in's constructor asks for them.</summary>
    private sealed record Plugin(Config Config, Lazy<IActorRef> Lazy)
    {
        public IActorRef Actor => Lazy.Value;
    }
}
