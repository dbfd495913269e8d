using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;

namespace Akka.Dispatch;

/// <summary>The dispatchers of a system by their ids: paths of the settings.</summary>
public sealed class Dispatchers
{
    /// <summary>The id of the dispatcher of those that name none.</summary>
    public static readonly string DefaultDispatcherId = "akka.actor.default-dispatcher";

    internal const string InternalDispatcherId = "akka.actor.internal-dispatcher";

    private readonly ActorSystemImpl _system;
    private readonly ConcurrentDictionary<string, MessageDispatcherConfigurator> _configurators = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<MessageDispatcher, bool> _made = new();
    private MessageDispatcher? _default;

    internal Dispatchers(ActorSystemImpl system)
    {
        _system = system;
        Prerequisites = new DispatcherPrerequisites(system);
    }

    /// <summary>What dispatchers are made with.</summary>
    public IDispatcherPrerequisites Prerequisites { get; }

    /// <summary>The dispatcher of those that name none.</summary>
    public MessageDispatcher DefaultGlobalDispatcher => _default ??= Lookup(DefaultDispatcherId);

    /// <summary>The dispatcher of an id.</summary>
    /// <exception cref="ConfigurationException">The settings have no such dispatcher.</exception>
    public MessageDispatcher Lookup(string dispatcherName)
    {
        // Where one thread decides the order of everything, no actor may run beside it.
        var id = IsDeterministic ? DefaultDispatcherId : dispatcherName;
        var dispatcher = _configurators.GetOrAdd(id, ConfiguratorOf).Dispatcher();
        _made.TryAdd(dispatcher, true);
        return dispatcher;
    }

    /// <summary>Whether the settings have such a dispatcher.</summary>
    public bool HasDispatcher(string id) => _configurators.ContainsKey(id) || _system.Settings.Config.HasPath(id);

    /// <summary>Names a dispatcher that the settings do not have; false when the id is taken.</summary>
    public bool RegisterConfigurator(string id, MessageDispatcherConfigurator configurator) => _configurators.TryAdd(id, configurator);

    internal bool IsDeterministic => _default is Deterministic.DeterministicDispatcher;

    internal void Shutdown()
    {
        foreach (var dispatcher in _made.Keys) dispatcher.ShutdownNow();
    }

    private MessageDispatcherConfigurator ConfiguratorOf(string id)
    {
        var settings = _system.Settings.Config;
        if (!settings.HasPath(id)) throw new ConfigurationException($"Dispatcher [{id}] not configured.");
        if (settings.GetValue(id) is { } value && value.IsString()) return ConfiguratorOf(value.GetString());
        var section = ConfigurationFactory.ParseString($"id = \"{id}\"")
            .WithFallback(settings.GetConfig(id))
            .WithFallback(settings.GetConfig(DefaultDispatcherId));
        var type = section.GetString("type") ?? throw new ConfigurationException($"Missing dispatcher type for dispatcher [{id}]");
        return type switch
        {
            "Dispatcher" or "TaskDispatcher" => new SharedConfigurator(section, Prerequisites, static c => new ThreadPoolDispatcher(c)),
            "ForkJoinDispatcher" => new SharedConfigurator(section, Prerequisites, static c => new DedicatedThreadsDispatcher(c)),
            "PinnedDispatcher" => new PinnedConfigurator(section, Prerequisites),
            _ => Custom(type, section),
        };
    }

    private MessageDispatcherConfigurator Custom(string typeName, Config section)
    {
        var type = Type.GetType(typeName) ?? typeof(Dispatchers).Assembly.GetType(typeName)
            ?? throw new ConfigurationException($"Could not resolve dispatcher type [{typeName}]");
        return (MessageDispatcherConfigurator)Activator.CreateInstance(
            type, System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.DoNotWrapExceptions, null, [section, Prerequisites], null)!;
    }

    private sealed class SharedConfigurator : MessageDispatcherConfigurator
    {
        private readonly Lazy<MessageDispatcher> _instance;

        public SharedConfigurator(Config config, IDispatcherPrerequisites prerequisites, Func<MessageDispatcherConfigurator, MessageDispatcher> make)
            : base(config, prerequisites) => _instance = new Lazy<MessageDispatcher>(() => make(this));

        public override MessageDispatcher Dispatcher() => _instance.Value;
    }

    private sealed class PinnedConfigurator(Config config, IDispatcherPrerequisites prerequisites) : MessageDispatcherConfigurator(config, prerequisites)
    {
        public override MessageDispatcher Dispatcher() => new PinnedDispatcher(this);
    }
}
