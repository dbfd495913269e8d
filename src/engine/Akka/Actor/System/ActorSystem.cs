using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Actor;

/// <summary>A tree of actors with its dispatchers, its scheduler, its event stream and its settings.</summary>
public abstract class ActorSystem : IActorRefFactory, IDisposable
{
    private bool _disposed;

    private protected ActorSystem() { }

    /// <summary>The settings.</summary>
    public abstract Settings Settings { get; }

    /// <summary>The name.</summary>
    public abstract string Name { get; }

    /// <summary>The dispatchers.</summary>
    public abstract Dispatchers Dispatchers { get; }

    /// <summary>The mailboxes.</summary>
    public abstract Mailboxes Mailboxes { get; }

    /// <summary>The event stream.</summary>
    public abstract EventStream EventStream { get; }

    /// <summary>Where messages go that nobody can receive.</summary>
    public abstract IActorRef DeadLetters { get; }

    /// <summary>Takes every message and drops it.</summary>
    public abstract IActorRef IgnoreRef { get; }

    /// <summary>The clock and the timers.</summary>
    public abstract IScheduler Scheduler { get; }

    /// <summary>Turns messages into bytes and back.</summary>
    public abstract Serialization.Serialization Serialization { get; }

    /// <summary>The log, in the name of the system.</summary>
    public abstract ILoggingAdapter Log { get; }

    /// <summary>When the system started, on the scheduler's clock.</summary>
    public TimeSpan StartTime { get; private protected set; }

    /// <summary>How long it has been up.</summary>
    public TimeSpan Uptime => Scheduler.MonotonicClock - StartTime;

    /// <summary>Ends when the system has.</summary>
    public abstract Task WhenTerminated { get; }

    /// <summary>Starts a system with the default settings.</summary>
    public static ActorSystem Create(string name) => Create(name, ActorSystemSetup.Empty);

    /// <summary>Starts a system with settings over the default ones.</summary>
    public static ActorSystem Create(string name, Config config) => Create(name, BootstrapSetup.Create().WithConfig(config));

    /// <summary>Starts a system.</summary>
    public static ActorSystem Create(string name, BootstrapSetup setup) => Create(name, ActorSystemSetup.Create(setup));

    /// <summary>Starts a system.</summary>
    public static ActorSystem Create(string name, ActorSystemSetup setup)
    {
        var config = setup.Get<BootstrapSetup>() is { HasValue: true, Value.Config: { HasValue: true } given } ? given.Value : ConfigurationFactory.Load();
        var system = new ActorSystemImpl(name, config.WithFallback(ConfigurationFactory.Default()), setup);
        system.Start();
        return system;
    }

    /// <summary>The extension of a type.</summary>
    public abstract T GetExtension<T>() where T : class, IExtension;

    /// <summary>The extension of an id.</summary>
    public abstract object GetExtension(IExtensionId extensionId);

    /// <summary>Whether the extension exists.</summary>
    public abstract bool HasExtension(Type type);

    /// <summary>Whether the extension exists.</summary>
    public abstract bool HasExtension<T>() where T : class, IExtension;

    /// <summary>The extension, if it exists.</summary>
    public abstract bool TryGetExtension(Type extensionType, out object? extension);

    /// <summary>The extension, if it exists.</summary>
    public abstract bool TryGetExtension<T>(out T? extension) where T : class, IExtension;

    /// <summary>Makes the extension if it does not exist yet.</summary>
    public abstract object RegisterExtension(IExtensionId extension);

    /// <summary>Calls <paramref name="code"/> when the system has ended.</summary>
    public abstract void RegisterOnTermination(Action code);

    /// <summary>Stops all actors, children first, then the system.</summary>
    public abstract Task Terminate();

    /// <summary>Stops an actor after the message that it handles now.</summary>
    public abstract void Stop(IActorRef actor);

    /// <inheritdoc />
    public abstract IActorRef ActorOf(Props props, string? name = null);

    /// <inheritdoc />
    public abstract ActorSelection ActorSelection(ActorPath actorPath);

    /// <inheritdoc />
    public abstract ActorSelection ActorSelection(string actorPath);

    /// <summary>Stops the system and waits for its end.</summary>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        Terminate().GetAwaiter().GetResult();
        GC.SuppressFinalize(this);
    }
}

/// <summary>What extensions see of a system.</summary>
public abstract class ExtendedActorSystem : ActorSystem
{
    private protected ExtendedActorSystem() { }

    /// <summary>Finds references by path.</summary>
    public abstract IActorRefProvider Provider { get; }

    /// <summary>Starts an actor below /system.</summary>
    public abstract IActorRef SystemActorOf(Props props, string? name = null);

    /// <summary>Starts an actor below /system.</summary>
    public abstract IActorRef SystemActorOf<TActor>(string? name = null) where TActor : ActorBase, new();

    /// <summary>The tree of actors as text.</summary>
    public abstract string PrintTree();
}
