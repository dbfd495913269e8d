using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.Deterministic;
using Akka.Event;

namespace Akka.Actor;

/// <summary>The one kind of actor system there is.</summary>
internal sealed partial class ActorSystemImpl : ExtendedActorSystem
{
    private readonly TaskCompletionSource<Done> _terminated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<Type, Lazy<object>> _extensions = new();
    private readonly ConcurrentStack<Action> _onTermination = new();
    private readonly ActorSystemSetup _setup;
    private readonly ActorPath _tempPath;
    private readonly Lazy<Serialization.Serialization> _serialization;
    private LocalActorRefProvider _provider = null!;
    private IScheduler _scheduler = null!;
    private LocalActorRef _root = null!;
    private LocalActorRef _user = null!;
    private LocalActorRef _systemGuardian = null!;
    private long _uid;
    private long _tempName;
    private int _terminating;
    private Exception? _causeOfTermination;

    public ActorSystemImpl(string name, Config config, ActorSystemSetup setup)
    {
        if (string.IsNullOrEmpty(name) || !char.IsAsciiLetterOrDigit(name[0]) || !name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            throw new ArgumentException("Invalid ActorSystem name, must contain only word characters (i.e. [a-zA-Z0-9] plus non-leading '-')", nameof(name));
        Name = name;
        _setup = setup;
        Settings = new Settings(this, config, setup);
        EventStream = new EventStream(Settings.DebugEventStream);
        Log = new BusLogging(EventStream, $"ActorSystem({name})", GetType(), DefaultLogMessageFormatter.Instance);
        RootPath = new RootActorPath(new Address("akka", name));
        _tempPath = RootPath.Child("temp");
        DeadLetters = new DeadLetterActorRef(this, RootPath.Child("deadLetters"));
        IgnoreRef = new IgnoreActorRef(RootPath.Child("ignore"));
        Mailboxes = new Mailboxes(this);
        Dispatchers = new Dispatchers(this);
        _serialization = new Lazy<Serialization.Serialization>(() => new Serialization.Serialization(this));
    }

    public override string Name { get; }
    public override Settings Settings { get; }
    public override EventStream EventStream { get; }
    public override ILoggingAdapter Log { get; }
    public override IActorRef DeadLetters { get; }
    public override IActorRef IgnoreRef { get; }
    public override IScheduler Scheduler => _scheduler;
    public override Dispatchers Dispatchers { get; }
    public override Mailboxes Mailboxes { get; }
    public override Task WhenTerminated => _terminated.Task;
    public override Serialization.Serialization Serialization => _serialization.Value;
    public override IActorRefProvider Provider => _provider;
    public LocalActorRefProvider ProviderImpl => _provider;

    public ActorSystemSetup Setup => _setup;
    public ActorPath RootPath { get; }
    public IInternalActorRef LookupRootRef => _root;
    public IInternalActorRef TempContainerRef { get; private set; } = Nobody.Instance;
    public LocalActorRef UserGuardian => _user;
    public LocalActorRef SystemGuardianRef => _systemGuardian;
    public bool IsTerminating => Volatile.Read(ref _terminating) != 0;

    /// <summary>The run that decides the order of everything, or null.</summary>
    public DeterministicRun? Deterministic { get; private set; }

    public bool IsDeterministic => Deterministic is not null;

    /// <summary>Its run has ended it as if its process had been killed.</summary>
    public bool HasCrashed { get; set; }

    /// <summary>A number in [0, 1): part of the seed's order where a run has one.</summary>
    public double Chance() => Deterministic?.NextDouble() ?? Random.Shared.NextDouble();

    public long NextUid() => Interlocked.Increment(ref _uid);

    /// <summary>Has the uids of actors begin elsewhere, so that those of another incarnation of the system are never met again.</summary>
    public void StartUidsAt(long first) => _uid = first;

    public ActorPath NextTempPath() => new ChildActorPath(_tempPath, "$" + ActorCell.Base64(Interlocked.Increment(ref _tempName) - 1), ActorPath.UndefinedUid);

    public void Start()
    {
        try
        {
            _scheduler = CreateScheduler();
            StartTime = _scheduler.MonotonicClock;
            EventStream.Listen(Settings.StdoutLogger, Logging.LogLevelFor(Settings.StdoutLogLevel));
            // The default dispatcher comes first: it says whether one thread decides the order of everything.
            Deterministic = (Dispatchers.DefaultGlobalDispatcher as DeterministicDispatcher)?.Run;
            _provider = Providers.Create(this);
            _provider.Prepare();
            CreateGuardians();
            StartLoggers();
            if (Settings.LogDeadLetters > 0) EventStream.Subscribe(SystemActorOf(Props.Create(() => new DeadLetterListener()), "deadLetterListener"), typeof(DeadLetter));
            CoordinatedShutdown.Get(this);
            _provider.Open();
            foreach (var extension in Settings.Config.GetStringList("akka.extensions")) LoadExtension(extension);
            if (Settings.LogConfigOnStart) Log.Warning(Settings.ToString());
        }
        catch
        {
            Abort();
            throw;
        }
    }

    private IScheduler CreateScheduler()
    {
        if (_setup.Get<SharedRun>() is { HasValue: true, Value: var shared }) return shared.Leader.Scheduler;
        var type = TypeNamed(Settings.SchedulerClass, "akka.scheduler.implementation");
        return (IScheduler)Activator.CreateInstance(type, BindingFlags.Instance | BindingFlags.Public | BindingFlags.DoNotWrapExceptions, null, [Settings.Config, Log], null)!;
    }

    private static Type TypeNamed(string name, string setting) =>
        Type.GetType(name) ?? typeof(ActorSystemImpl).Assembly.GetType(name.Split(',')[0].Trim())
        ?? throw new ConfigurationException($"'{name}', named in {setting}, is not an existing type.");

    private void CreateGuardians()
    {
        var dispatcher = Dispatchers.Lookup(Dispatch.Dispatchers.InternalDispatcherId);
        var supervisor = new RootGuardianSupervisor(this);
        var root = new ActorCell(this, supervisor, Props.Create(() => new RootGuardian()), dispatcher, null, "", NextUid(), RootPath);
        root.EnsureChildren();
        _root = (LocalActorRef)root.Self;
        TempContainerRef = new VirtualContainerRef(this, _tempPath, _root);
        _systemGuardian = Guardian(root, "system", Props.Create(() => new SystemGuardian()), dispatcher);
        var strategy = SupervisorStrategyConfigurator.CreateConfigurator(Settings.SupervisorStrategyClass).Create();
        _user = Guardian(root, "user", Props.Create(() => new UserGuardian(strategy)), dispatcher);
        root.Start();
        _systemGuardian.Start();
        _user.Start();
    }

    private LocalActorRef Guardian(ActorCell root, string name, Props props, MessageDispatcher dispatcher)
    {
        var cell = new ActorCell(this, (IInternalActorRef)root.Self, props, dispatcher, null, name, NextUid());
        cell.EnsureChildren();
        root.EnsureChildren().Reserve(name);
        root.EnsureChildren().Add(name, (LocalActorRef)cell.Self);
        return (LocalActorRef)cell.Self;
    }

    private void StartLoggers()
    {
        EventStream.SetLogLevel(Logging.LogLevelFor(Settings.LogLevel));
        var number = 0;
        var replacesStdout = true;
        foreach (var name in Settings.Loggers)
        {
            var type = TypeNamed(name, "akka.loggers");
            if (typeof(MinimalLogger).IsAssignableFrom(type))
            {
                replacesStdout = false;
                continue;
            }

            var logger = SystemActorOf(Props.Create(type), $"log{++number}-{Logging.SimpleName(type)}");
            logger.Tell(new InitializeLogger(EventStream), IgnoreRef);
            EventStream.AddLogger(logger);
        }

        if (replacesStdout && number > 0) EventStream.Unsubscribe(Settings.StdoutLogger);
        if (!Settings.DebugUnhandledMessage) return;
        var forwarder = SystemActorOf(Props.Create(() => new UnhandledMessageForwarder()), "UnhandledMessageForwarder");
        EventStream.Subscribe(forwarder, typeof(UnhandledMessage));
    }

    private void LoadExtension(string name)
    {
        if (Activator.CreateInstance(TypeNamed(name, "akka.extensions")) is IExtensionId id) RegisterExtension(id);
        else Log.Error("[{0}] is not an extension id", name);
    }

    /// <summary>The dispatcher and the mailbox (null: the cell's own) that a recipe asks for.</summary>
    public (MessageDispatcher Dispatcher, MailboxType? Mailbox) Blueprint(Props props)
    {
        var dispatcher = props.DispatcherOrNull is { } id ? Dispatchers.Lookup(id) : Dispatchers.DefaultGlobalDispatcher;
        return (dispatcher, Mailboxes.For(props.MailboxOrNull, dispatcher));
    }

    public override IActorRef ActorOf(Props props, string? name = null) => _user.Cell.AttachChild(props, name);
    public override IActorRef SystemActorOf(Props props, string? name = null) => _systemGuardian.Cell.AttachChild(props, name);
    public override IActorRef SystemActorOf<TActor>(string? name = null) => SystemActorOf(Props.Create<TActor>(), name);

    public override ActorSelection ActorSelection(ActorPath actorPath) => new(ResolveRoot(actorPath), actorPath.ElementsWithUid);
    public override ActorSelection ActorSelection(string actorPath) => SelectionParser.Parse(this, _root, actorPath);

    /// <summary>The root of a path: of this system or of another.</summary>
    public IInternalActorRef ResolveRoot(ActorPath path) => _provider.RootOf(path);

    /// <summary>The child of a cell by <c>name</c> or <c>name#uid</c>.</summary>
    public IInternalActorRef ChildOf(ActorCell cell, string childName)
    {
        if (ReferenceEquals(cell, _root.Cell))
        {
            switch (childName)
            {
                case "temp":
                    return TempContainerRef;
                case "deadLetters":
                    return (IInternalActorRef)DeadLetters;
            }
        }

        var (name, uid) = ActorPath.SplitNameAndUid(childName);
        var child = cell.ChildByName(name);
        return child is null || uid != ActorPath.UndefinedUid && uid != child.Cell.Uid ? Nobody.Instance : child;
    }

    public override void Stop(IActorRef actor)
    {
        if (actor is LocalActorRef { Parent: LocalActorRef parent } local && (ReferenceEquals(parent, _user) || ReferenceEquals(parent, _systemGuardian)))
            parent.Tell(new StopChild(local), ActorRefs.NoSender);
        else
            ((IInternalActorRef)actor).Stop();
    }

    public override string PrintTree()
    {
        var text = new StringBuilder();
        Print(_root, "", text);
        return text.ToString();

        static void Print(IInternalActorRef actor, string indent, StringBuilder text)
        {
            text.Append(indent).Append("-> ").AppendLine(actor.Path.ToStringWithoutAddress());
            foreach (var child in actor.GetChildren()) Print(child, indent + "   ", text);
        }
    }

    /// <summary>Has the future learn that nobody answered. The scheduler's clock is the one that counts when it is virtual.</summary>
    public void ScheduleAskTimeout(AskTimeout timeout, TimeSpan delay)
    {
        switch (_scheduler)
        {
            case HashedWheelTimerScheduler wheel when wheel.TrySchedule(timeout, delay):
                break;
            case var virtualTime when IsDeterministic:
                virtualTime.Advanced.ScheduleOnce(delay, () => RunUnlessCancelled(timeout));
                break;
            default:
                // A test's scheduler stands still, and one that has ended does nothing; the answer would be waited for in vain.
                _ = Task.Delay(delay).ContinueWith(_ => RunUnlessCancelled(timeout), TaskScheduler.Default);
                break;
        }
    }

    private static void RunUnlessCancelled(AskTimeout timeout)
    {
        if (!timeout.IsCancelled) timeout.Execute();
    }

    public override string ToString() => Name;
}
