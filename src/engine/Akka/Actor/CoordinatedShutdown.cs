using System.Collections.Concurrent;
using System.Collections.Immutable;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Actor;

/// <summary>Ends a system in phases; the tasks of a phase run at the same time, a phase begins when the one before is done.</summary>
public sealed class CoordinatedShutdown : IExtension
{
    /// <summary>The first phase.</summary>
    public const string PhaseBeforeServiceUnbind = "before-service-unbind";

    /// <summary>Take no new connections.</summary>
    public const string PhaseServiceUnbind = "service-unbind";

    /// <summary>Wait for requests that run.</summary>
    public const string PhaseServiceRequestsDone = "service-requests-done";

    /// <summary>Close connections.</summary>
    public const string PhaseServiceStop = "service-stop";

    /// <summary>Before the cluster is left.</summary>
    public const string PhaseBeforeClusterShutdown = "before-cluster-shutdown";

    /// <summary>Hand shards over.</summary>
    public const string PhaseClusterShardingShutdownRegion = "cluster-sharding-shutdown-region";

    /// <summary>Leave the cluster.</summary>
    public const string PhaseClusterLeave = "cluster-leave";

    /// <summary>End singletons.</summary>
    public const string PhaseClusterExiting = "cluster-exiting";

    /// <summary>The cluster was left.</summary>
    public const string PhaseClusterExitingDone = "cluster-exiting-done";

    /// <summary>End the cluster's own actors.</summary>
    public const string PhaseClusterShutdown = "cluster-shutdown";

    /// <summary>The last moment at which actors run.</summary>
    public const string PhaseBeforeActorSystemTerminate = "before-actor-system-terminate";

    /// <summary>End the system.</summary>
    public const string PhaseActorSystemTerminate = "actor-system-terminate";

    private readonly IReadOnlyDictionary<string, ShutdownPhase> _phases;
    private readonly IReadOnlyList<string> _order;
    private readonly ConcurrentDictionary<string, ImmutableList<(string Name, Func<Task<Done>> Task)>> _tasks = new();
    private readonly TaskCompletionSource<Done> _run = new();
    private readonly ILoggingAdapter _log;
    private Reason? _reason;

    internal CoordinatedShutdown(ExtendedActorSystem system, IReadOnlyDictionary<string, ShutdownPhase> phases)
    {
        System = system;
        _phases = phases;
        _order = ShutdownPhase.Order(phases);
        _log = Logging.GetLogger(system, typeof(CoordinatedShutdown));
    }

    /// <summary>The system.</summary>
    public ExtendedActorSystem System { get; }

    /// <summary>Why the system ends; null while it does not.</summary>
    public Reason ShutdownReason => Volatile.Read(ref _reason)!;

    /// <summary>How long all phases that have tasks may last.</summary>
    public TimeSpan TotalTimeout => _tasks.Keys.Aggregate(TimeSpan.Zero, (sum, phase) => sum + Timeout(phase));

    /// <summary>The coordinated shutdown of a system.</summary>
    public static CoordinatedShutdown Get(ActorSystem sys) => sys.WithExtension<CoordinatedShutdown, CoordinatedShutdownExtension>();

    /// <summary>Adds a task to a phase.</summary>
    public void AddTask(string phase, string taskName, Func<Task<Done>> task)
    {
        if (!_phases.ContainsKey(phase))
            throw new ConfigurationException($"Unknown phase [{phase}], known phases [{string.Join(",", _phases.Keys)}]. All phases must be defined in configuration.");
        _tasks.AddOrUpdate(phase, _ => [(taskName, task)], (_, others) => others.Add((taskName, task)));
    }

    /// <summary>How long a phase may last.</summary>
    public TimeSpan Timeout(string phase) => _phases.TryGetValue(phase, out var found)
        ? found.Timeout
        : throw new ArgumentException($"Unknown phase [{phase}]. All phases must be defined in configuration.", nameof(phase));

    /// <summary>Runs the phases, from <paramref name="fromPhase"/> on; only the first call does.</summary>
    public Task<Done> Run(Reason reason, string? fromPhase = null)
    {
        if (Interlocked.CompareExchange(ref _reason, reason, null) is not null) return _run.Task;
        if (((ActorSystemImpl)System).Deterministic is { } run) run.Add(new ActionRunnable(() => _ = RunPhases(fromPhase)));
        else _ = RunPhases(fromPhase);
        return _run.Task;
    }

    // Under the deterministic dispatcher what follows a wait is a turn like any other; elsewhere no actor's context is kept.
    private bool InTurns => ((ActorSystemImpl)System).IsDeterministic;

    private async Task RunPhases(string? from)
    {
        try
        {
            foreach (var phase in from is null ? _order : _order.SkipWhile(p => p != from))
            {
                if (_tasks.TryGetValue(phase, out var tasks)) await RunPhase(phase, tasks).ConfigureAwait(InTurns);
            }

            _run.TrySetResult(Done.Instance);
        }
        catch (Exception cause)
        {
            _run.TrySetException(cause);
        }
    }

    private async Task RunPhase(string phase, ImmutableList<(string Name, Func<Task<Done>> Task)> tasks)
    {
        var (timeout, recover) = (_phases[phase].Timeout, _phases[phase].Recover);
        _log.Debug("Performing phase [{0}] with [{1}] tasks: [{2}]", phase, tasks.Count, string.Join(",", tasks.Select(static t => t.Name)));
        var all = Task.WhenAll(tasks.Select(task => RunTask(phase, task.Name, task.Task, recover)));
        if (all.IsCompleted)
        {
            await all.ConfigureAwait(InTurns);
            return;
        }

        var late = new TaskCompletionSource<bool>();
        using var timer = new Cancelable(System.Scheduler);
        try
        {
            System.Scheduler.Advanced.ScheduleOnce(timeout, () => late.TrySetResult(true), timer);
        }
        catch (SchedulerException)
        {
            // The system ended while its last phase began; there is nothing to wait long for.
        }

        if (await Task.WhenAny(all, late.Task).ConfigureAwait(InTurns) == all)
        {
            timer.Cancel();
            await all.ConfigureAwait(InTurns);
            return;
        }

        if (!recover) throw new TimeoutException($"Coordinated shutdown phase[{phase}] timed out after {timeout}");
        _log.Warning("Coordinated shutdown phase [{0}] timed out after {1}", phase, timeout);
    }

    private async Task RunTask(string phase, string name, Func<Task<Done>> task, bool recover)
    {
        try
        {
            await task().ConfigureAwait(InTurns);
        }
        catch (Exception cause) when (recover)
        {
            _log.Warning("Task [{0}] failed in phase [{1}]: {2}", name, phase, cause.Message);
        }
    }

    /// <summary>Why a system ends.</summary>
    public class Reason
    {
        /// <summary>Creates a reason.</summary>
        protected Reason() { }
    }

    /// <summary>Nobody said why.</summary>
    public class UnknownReason : Reason
    {
        /// <summary>The one of its kind.</summary>
        public static readonly Reason Instance = new UnknownReason();

        private UnknownReason() { }
    }

    /// <summary><see cref="ActorSystem.Terminate"/> was called.</summary>
    public class ActorSystemTerminateReason : Reason
    {
        /// <summary>The one of its kind.</summary>
        public static readonly Reason Instance = new ActorSystemTerminateReason();

        private ActorSystemTerminateReason() { }
    }

    /// <summary>The process is told to end.</summary>
    public class ClrExitReason : Reason
    {
        /// <summary>The one of its kind.</summary>
        public static readonly Reason Instance = new ClrExitReason();

        private ClrExitReason() { }
    }

    /// <summary>This host was declared dead by the cluster.</summary>
    public class ClusterDowningReason : Reason
    {
        /// <summary>The one of its kind.</summary>
        public static readonly Reason Instance = new ClusterDowningReason();

        private ClusterDowningReason() { }
    }

    /// <summary>This host was asked to leave the cluster.</summary>
    public class ClusterLeavingReason : Reason
    {
        /// <summary>The one of its kind.</summary>
        public static readonly Reason Instance = new ClusterLeavingReason();

        private ClusterLeavingReason() { }
    }
}

/// <summary>Makes the coordinated shutdown of a system.</summary>
public sealed class CoordinatedShutdownExtension : ExtensionIdProvider<CoordinatedShutdown>
{
    /// <inheritdoc />
    public override CoordinatedShutdown CreateExtension(ExtendedActorSystem system)
    {
        var shutdown = new CoordinatedShutdown(system, ShutdownPhase.Read(system.Settings.Config.GetConfig("akka.coordinated-shutdown")));
        if (system.Settings.CoordinatedShutdownTerminateActorSystem)
        {
            shutdown.AddTask(CoordinatedShutdown.PhaseActorSystemTerminate, "terminate-system", async () =>
            {
                ((ActorSystemImpl)system).FinalTerminate();
                await system.WhenTerminated.ConfigureAwait(((ActorSystemImpl)system).IsDeterministic);
                return Done.Instance;
            });
        }

        return shutdown;
    }
}
