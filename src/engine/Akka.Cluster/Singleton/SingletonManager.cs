using Akka.Actor;
using Akka.Cluster.Ownership;
using Akka.Event;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>
/// Stands on every host that may have the singleton. The one on the oldest host takes the lease and runs the actor below itself; it gives it back,
/// after the actor has stopped, when another host should have it.
/// </summary>
internal sealed class SingletonManager : ActorBase, IWithTimers
{
    private readonly Props _singletonProps;
    private readonly object _terminationMessage;
    private readonly ClusterSingletonManagerSettings _settings;
    private readonly ICanTell _ownership;
    private readonly string _lease;
    private readonly string? _preferredRole;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private OwnershipProtocol.View? _view;
    private IActorRef? _singleton;
    private Phase _at = Phase.Without;
    private bool _leaves;
    private IActorRef? _tellWhenOver;

    public SingletonManager(Props singletonProps, object terminationMessage, ClusterSingletonManagerSettings settings, ICanTell? ownership)
    {
        _singletonProps = singletonProps;
        _terminationMessage = terminationMessage;
        _settings = settings;
        _ownership = ownership ?? Cluster.Get(Context.System).Ownership;
        _lease = SingletonPlace.Lease(Self.Path.ToStringWithoutAddress(), settings.SingletonName);
        _preferredRole = Context.System.Settings.Config.GetString($"akka.cluster.singleton.{_lease["singleton/".Length..].Replace('/', '-')}.preferred-role");
    }

    private enum Phase
    {
        /// <summary>The lease is not here.</summary>
        Without,

        /// <summary>It was asked for.</summary>
        Taking,

        /// <summary>It is here, and the actor runs (or has stopped by itself).</summary>
        Running,

        /// <summary>The actor was told to stop.</summary>
        Stopping,

        /// <summary>The actor has stopped; the lease is being given back.</summary>
        Releasing,

        /// <summary>The lease was lost; the actor is being stopped.</summary>
        Lost,
    }

    /// <summary>The host leaves, whatever the table says. Reply: <see cref="Over"/>.</summary>
    public sealed record Leave;

    /// <summary>Nothing runs here any more.</summary>
    public sealed record Over;

    /// <summary>The timers.</summary>
    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(Props singletonProps, object terminationMessage, ClusterSingletonManagerSettings settings, ICanTell? ownership) =>
        Actor.Props.Create(() => new SingletonManager(singletonProps, terminationMessage, settings, ownership));

    protected override void PreStart()
    {
        _ownership.Tell(new OwnershipProtocol.Subscribe(), Self);
        Timers.StartPeriodicTimer(Tick.Instance, Tick.Instance, _settings.HandOverRetryInterval);
        var (self, shutdown, inTurns) = (Self, CoordinatedShutdown.Get(Context.System), ((ActorSystemImpl)Context.System).IsDeterministic);
        shutdown.AddTask(CoordinatedShutdown.PhaseClusterExiting, $"end-{_lease}", async () =>
        {
            if (self is not LocalActorRef { IsTerminated: true })
                await self.Ask<Over>(new Leave(), shutdown.Timeout(CoordinatedShutdown.PhaseClusterExiting)).ConfigureAwait(inTurns);
            return Done.Instance;
        });
    }

    protected override void PreRestart(Exception reason, object message)
    {
        foreach (var child in Context.GetChildren()) Context.Stop(child);
        // The next incarnation starts when it has stopped.
        if (_at is Phase.Running or Phase.Stopping) Self.Tell(GiveBack.Instance);
    }

    protected override void PostRestart(Exception reason)
    {
        _ownership.Tell(new OwnershipProtocol.Subscribe(), Self);
        Timers.StartPeriodicTimer(Tick.Instance, Tick.Instance, _settings.HandOverRetryInterval);
    }

    protected override void PostStop()
    {
        // The child has stopped by now.
        if (_at is Phase.Running or Phase.Stopping) _ownership.Tell(new OwnershipProtocol.Release(_lease), Self);
        _tellWhenOver?.Tell(new Over(), Self);
    }

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case OwnershipProtocol.View view:
                _view = view;
                Evaluate();
                return true;
            case Tick when _view is null:
                _ownership.Tell(new OwnershipProtocol.Subscribe(), Self);
                return true;
            case Tick:
                Evaluate();
                return true;
            case GiveBack:
                Release();
                return true;
            case OwnershipProtocol.Taken when _at == Phase.Taking:
                Begin();
                return true;
            case OwnershipProtocol.NotTaken when _at == Phase.Taking:
                Without();
                return true;
            case OwnershipProtocol.Released when _at == Phase.Releasing:
                Without();
                return true;
            case OwnershipProtocol.Lost:
                LeaseLost();
                return true;
            case Terminated terminated when terminated.ActorRef.Equals(_singleton):
                SingletonTerminated();
                return true;
            case Leave:
                _leaves = true;
                _tellWhenOver = Sender;
                Evaluate();
                if (_at == Phase.Without) Without();
                return true;
            default:
                return message is OwnershipProtocol.Taken or OwnershipProtocol.NotTaken or OwnershipProtocol.Released;
        }
    }

    private void Evaluate()
    {
        if (_view is not { } view) return;
        var isHere = !_leaves && SingletonPlace.Desired(view, _settings.Role, _preferredRole) == view.Self;
        if (_at == Phase.Without && isHere && view.IsFree(_lease))
        {
            _at = Phase.Taking;
            _ownership.Tell(new OwnershipProtocol.Take(_lease), Self);
        }
        else if (_at == Phase.Running && !isHere)
        {
            End();
        }
    }

    private void Begin()
    {
        _at = Phase.Running;
        _log.Info("Singleton [{0}] is here", _lease);
        _singleton = Context.Watch(Context.ActorOf(_singletonProps, _settings.SingletonName));
        if (_leaves) End();
    }

    private void End()
    {
        if (_singleton is null)
        {
            Release();
            return;
        }

        _log.Info("Singleton [{0}] goes to another host", _lease);
        _at = Phase.Stopping;
        _singleton.Tell(_terminationMessage, Self);
    }

    private void Release()
    {
        _at = Phase.Releasing;
        _ownership.Tell(new OwnershipProtocol.Release(_lease), Self);
    }

    private void LeaseLost()
    {
        switch (_at)
        {
            case Phase.Releasing:
                Without();
                break;
            case Phase.Running or Phase.Stopping when _singleton is not null:
                _log.Warning("This host has lost singleton [{0}]; it stops at once", _lease);
                _at = Phase.Lost;
                Context.Stop(_singleton);
                break;
            case Phase.Running:
                Without();
                break;
        }
    }

    private void SingletonTerminated()
    {
        _singleton = null;
        switch (_at)
        {
            case Phase.Stopping:
                Release();
                break;
            case Phase.Lost:
                Without();
                break;
            default:
                _log.Warning("Singleton [{0}] has stopped by itself and is not started again here", _lease);
                break;
        }
    }

    private void Without()
    {
        _at = Phase.Without;
        if (!_leaves) return;
        _tellWhenOver?.Tell(new Over(), Self);
        _tellWhenOver = null;
    }

    private sealed class GiveBack
    {
        public static readonly GiveBack Instance = new();
    }

    private sealed class Tick
    {
        public static readonly Tick Instance = new();
    }
}
