using System.Diagnostics;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Dispatch.Deterministic;
using Akka.Event;
using Akka.TestKit.Configs;

namespace Akka.TestKit;

/// <summary>A test with an actor system and an actor of its own, whose received messages it can expect.</summary>
public abstract partial class TestKitBase
{
    private static long _lastTestActor;
    private readonly ITestKitAssertions _assertions;
    private readonly ReceivedMessages _received = new();
    private MessageEnvelope _last = NullMessageEnvelope.Instance;
    private TimeSpan? _end;
    private bool _lastWasNoMessage;

    static TestKitBase()
    {
        // Tests block threads of the pool, and the actors they wait for run on the pool: it must not wait long before it adds threads.
        const int threads = 16;
        ThreadPool.GetMinThreads(out var workers, out var ports);
        if (workers < threads) ThreadPool.SetMinThreads(threads, ports);
    }

    /// <summary>A test on the system given, or on one of its own.</summary>
    protected TestKitBase(ITestKitAssertions assertions, ActorSystem? system = null, string? testActorName = null)
        : this(assertions, system, ActorSystemSetup.Empty, null, testActorName)
    {
    }

    /// <summary>A test on a system of its own.</summary>
    protected TestKitBase(ITestKitAssertions assertions, ActorSystemSetup config, string? actorSystemName = null, string? testActorName = null)
        : this(assertions, null, config, actorSystemName, testActorName)
    {
    }

    /// <summary>A test on a system of its own.</summary>
    protected TestKitBase(ITestKitAssertions assertions, Config config, string? actorSystemName = null, string? testActorName = null)
        : this(assertions, null, ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(config)), actorSystemName, testActorName)
    {
    }

#pragma warning disable CS8618 // InitializeTest sets what is left
    /// <summary>A test on the system given, or on one of its own.</summary>
    protected TestKitBase(ITestKitAssertions assertions, ActorSystem? system, ActorSystemSetup config, string? actorSystemName, string? testActorName)
#pragma warning restore CS8618
    {
        _assertions = assertions;
        InitializeTest(system, config, actorSystemName, testActorName);
    }

    /// <summary>The actor system.</summary>
    public ActorSystem Sys { get; private set; }

    /// <summary>The section <c>akka.test</c>.</summary>
    public TestKitSettings TestKitSettings { get; private set; }

    /// <summary>The actor that receives what the test expects; the sender of its messages.</summary>
    public IActorRef TestActor { get; private set; }

    /// <summary>A log for the test.</summary>
    public ILoggingAdapter Log { get; private set; }

    /// <summary>Makes filters for log events.</summary>
    public EventFilterFactory EventFilter { get; private set; }

    /// <summary>The last message that an expectation took.</summary>
    public object? LastMessage => _last.Message;

    /// <summary>Who sent it.</summary>
    public IActorRef LastSender => _last.Sender;

    /// <summary>True when there are messages that no expectation has taken.</summary>
    public bool HasMessages => _received.Count > 0;

    /// <summary>The current time, from an arbitrary start.</summary>
    public static TimeSpan Now => Stopwatch.GetElapsedTime(0);

    /// <summary>What every test has below its own configuration.</summary>
    public static Config DefaultConfig => TestConfigs.DefaultConfig;

    /// <summary>Logs what actors receive and how they live and die.</summary>
    public static Config FullDebugConfig { get; } = ConfigurationFactory.ParseString(
        "akka { loglevel = DEBUG, actor.debug { receive = on, autoreceive = on, lifecycle = on, event-stream = on, unhandled = on, fsm = on, router-misconfiguration = on } }");

    /// <summary>Starts the system and the test actor.</summary>
    protected void InitializeTest(ActorSystem? system, Config config, string? actorSystemName, string? testActorName) =>
        InitializeTest(system, ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(config)), actorSystemName, testActorName);

    /// <summary>Starts the system and the test actor.</summary>
    protected virtual void InitializeTest(ActorSystem? system, ActorSystemSetup config, string? actorSystemName, string? testActorName)
    {
        if (system is null)
        {
            var bootstrap = config.Get<BootstrapSetup>() is { HasValue: true } given ? given.Value : BootstrapSetup.Create();
            var own = bootstrap.Config.HasValue ? bootstrap.Config.Value : Config.Empty;
            system = ActorSystem.Create(actorSystemName ?? "test", config.And(bootstrap.WithConfig(own.WithFallback(DefaultConfig))));
        }
        else
        {
            system.Settings.InjectTopLevelFallback(DefaultConfig);
        }
        Sys = system;
        system.RegisterExtension(new TestKitExtension());
        TestKitSettings = TestKitExtension.For(system);
        Log = Logging.GetLogger(system, GetType());
        EventFilter = new EventFilterFactory(this);
        TestEventListener.Attach(system);
        _received.Run = DeterministicRun.Of(system);
        TestActor = CreateTestActor(system, testActorName ?? $"testActor{Interlocked.Increment(ref _lastTestActor)}", _received);
        if (this is TestProbe) return;
        InternalCurrentActorCellKeeper.Current = this is INoImplicitSender ? null : ((LocalActorRef)TestActor).Cell;
        SynchronizationContext.SetSynchronizationContext(new ActorCellKeepingSynchronizationContext(InternalCurrentActorCellKeeper.Current));
    }

    /// <summary>Filters for the log of another system.</summary>
    public EventFilterFactory CreateEventFilter(ActorSystem system) => new(this, system);

    /// <summary>A probe: one more test actor with expectations of its own.</summary>
    public virtual TestProbe CreateTestProbe(string? name = null) => CreateTestProbe(Sys, name);

    /// <summary>A probe on another system.</summary>
    public virtual TestProbe CreateTestProbe(ActorSystem system, string? name = null) => new(system, _assertions, name);

    /// <summary>One more test actor, whose messages this test receives.</summary>
    public IActorRef CreateTestActor(string name) => CreateTestActor(Sys, name, _received);

    /// <summary>A latch with the settings of this test.</summary>
    public virtual TestLatch CreateTestLatch(int count = 1) => new(Dilated, TestKitSettings.DefaultTimeout, count);

    /// <summary>A barrier with the settings of this test.</summary>
    public TestBarrier CreateTestBarrier(int count) => new(this, count);

    /// <summary>Lets messages go unreceived.</summary>
    public void IgnoreMessages(Func<object, bool> shouldIgnoreMessage) => TestActor.Tell(new TestActor.SetIgnore(m => shouldIgnoreMessage(m)));

    /// <summary>Lets messages go unreceived.</summary>
    public void IgnoreMessages<TMsg>(Func<TMsg, bool> shouldIgnoreMessage) => TestActor.Tell(new TestActor.SetIgnore(m => m is TMsg message && shouldIgnoreMessage(message)));

    /// <summary>Lets messages of a type go unreceived.</summary>
    public void IgnoreMessages<TMsg>() => TestActor.Tell(new TestActor.SetIgnore(m => m is TMsg));

    /// <summary>Receives all messages again.</summary>
    public void IgnoreNoMessages() => TestActor.Tell(new TestActor.SetIgnore(null));

    /// <summary>Answers messages before the test looks at them.</summary>
    public void SetAutoPilot(AutoPilot pilot) => TestActor.Tell(new TestActor.SetAutoPilot(pilot));

    /// <summary>Has the test actor receive <see cref="Terminated"/> when the actor stops.</summary>
    public IActorRef Watch(IActorRef actorToWatch)
    {
        TestActor.Tell(new TestActor.Watch(actorToWatch));
        return actorToWatch;
    }

    /// <summary>Has the test actor receive <see cref="Terminated"/> when the actor stops.</summary>
    public Task<IActorRef> WatchAsync(IActorRef actorToWatch) => Task.FromResult(Watch(actorToWatch));

    /// <summary>Ends a watch.</summary>
    public IActorRef Unwatch(IActorRef actorToUnwatch)
    {
        TestActor.Tell(new TestActor.Unwatch(actorToUnwatch));
        return actorToUnwatch;
    }

    /// <summary>Ends a watch.</summary>
    public Task<IActorRef> UnwatchAsync(IActorRef actorToUnwatch) => Task.FromResult(Unwatch(actorToUnwatch));

    /// <summary>Stops the system.</summary>
    public virtual void Shutdown(TimeSpan? duration = null, bool verifySystemShutdown = false) => Shutdown(Sys, duration, verifySystemShutdown);

    /// <summary>Stops a system; it is an error when it takes longer than <paramref name="duration"/> and <paramref name="verifySystemShutdown"/> is set.</summary>
    protected virtual void Shutdown(ActorSystem system, TimeSpan? duration = null, bool verifySystemShutdown = false)
    {
        var limit = duration ?? TimeSpan.FromSeconds(Math.Min(10, Dilated(TimeSpan.FromSeconds(5)).TotalSeconds));
        var terminated = system.Terminate();
        DeterministicRun.Of(system)?.RunUntil(() => terminated.IsCompleted, limit);
        var stopped = terminated.Wait(limit);
        if (!stopped && verifySystemShutdown) throw new TimeoutException($"The actor system {system.Name} did not stop within {limit}");
    }

    internal void Fail(string message) => _assertions.Fail(message);

    private static IActorRef CreateTestActor(ActorSystem system, string name, ReceivedMessages received) =>
        ((ExtendedActorSystem)system).SystemActorOf(Props.Create(() => new InternalTestActor(received)).WithDispatcher("akka.test.test-actor.dispatcher"), name);
}
