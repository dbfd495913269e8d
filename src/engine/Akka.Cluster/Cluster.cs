using System.Collections.Immutable;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Cluster.Membership;
using Akka.Cluster.Ownership;
using Akka.Configuration;
using Akka.Event;
using Akka.Remote;
using Akka.Util;

namespace Akka.Cluster;

/// <summary>This host's part of the cluster.</summary>
public class Cluster : IExtension
{
    private readonly ClusterSetup? _setup;
    private readonly RemoteActorRefProvider? _remote;
    private readonly IActorRef _daemon;
    private readonly IActorRef _membership;
    private readonly IActorRef _publisher;
    private readonly IMembershipTable _table;
    private volatile ClusterEvent.CurrentClusterState _state = new();
    private volatile bool _removeRow;
    private int _terminated;
    private Task? _leaving;

    internal Cluster(ExtendedActorSystem system)
    {
        System = system;
        _setup = system.Settings.Setup.Get<ClusterSetup>() is { HasValue: true, Value: var setup } ? setup : null;
        _remote = system.Provider as RemoteActorRefProvider;
        if (_setup is null && _remote is null)
            throw new ConfigurationException($"The actor system '{system.Name}' cannot be in a cluster: set akka.actor.provider to cluster.");
        if (_remote is not ClusterActorRefProvider) system.Settings.InjectTopLevelFallback(DefaultConfig());
        Settings = new ClusterSettings(system.Settings.Config, system.Name);
        SelfUniqueAddress = _setup?.Self ?? new UniqueAddress(_remote!.DefaultAddress, _remote.Uid);
        HostLease = new HostLease(Clock, Settings.Membership.LeaseTtl);
        _table = MembershipTables.Create(system, Settings.Membership.Table);

        _daemon = system.SystemActorOf(Props.Create(() => new ClusterDaemon(this)).WithDispatcher(Settings.UseDispatcher), "cluster");
        _membership = Child(Props.Create(() => new MembershipActor(this, _table)), "membership");
        var heartbeat = Child(Props.Create(() => new HeartbeatActor(this, _membership)), "heartbeat");
        _publisher = Child(Props.Create(() => new ClusterPublisher(this)), "publisher");
        Ownership = Child(Props.Create(() => new OwnershipActor(this, _table, _membership)), "ownership");
        _membership.Tell(new MembershipActor.Refs(heartbeat, _publisher, Ownership));
        AddShutdownTasks(CoordinatedShutdown.Get(system));
        system.RegisterOnTermination(OnTermination);
    }

    /// <summary>The system.</summary>
    public ExtendedActorSystem System { get; }

    /// <summary>The settings.</summary>
    public ClusterSettings Settings { get; }

    /// <summary>This incarnation of this host.</summary>
    public UniqueAddress SelfUniqueAddress { get; }

    /// <summary>Where this host is reached.</summary>
    public Address SelfAddress => SelfUniqueAddress.Address;

    /// <summary>What this host may run.</summary>
    public ImmutableHashSet<string> SelfRoles => Settings.Roles;

    /// <summary>The cluster as this host knows it.</summary>
    public ClusterEvent.CurrentClusterState State => _state;

    /// <summary>This host; Removed while it is not in the cluster.</summary>
    public Member SelfMember
    {
        get
        {
            var self = new Member(SelfUniqueAddress, int.MaxValue, MemberStatus.Removed, SelfRoles, Settings.AppVersion);
            return _state.Members.TryGetValue(self, out var known) ? known : self;
        }
    }

    /// <summary>Whether this host is in.</summary>
    public bool IsUp => SelfMember.Status is MemberStatus.Up or MemberStatus.WeaklyUp;

    /// <summary>Whether this host's part of the cluster has ended.</summary>
    public bool IsTerminated => Volatile.Read(ref _terminated) != 0;

    /// <summary>How long this host may be sure of what it owns.</summary>
    internal HostLease HostLease { get; }

    /// <summary>The actor at <c>/system/cluster/ownership</c>.</summary>
    internal IActorRef Ownership { get; }

    /// <summary>The cluster of a system; made now if it was not yet.</summary>
    public static Cluster Get(ActorSystem system) => system.WithExtension<Cluster, ClusterExtension>();

    internal static Config DefaultConfig() => ConfigurationFactory.FromResource<Cluster>("Akka.Cluster.cluster.conf");

    /// <summary>The monotonic clock.</summary>
    internal TimeSpan Clock() => _setup?.Clock is { } clock ? clock() : System.Scheduler.MonotonicClock;

    /// <summary>An actor of another host.</summary>
    internal ICanTell Peer(Address address, string pathBelowRoot) =>
        _setup is not null ? _setup.Peer(address, pathBelowRoot) : System.ActorSelection($"{address}/{pathBelowRoot}");

    /// <summary>Tells the subscriber what happens; the state comes first.</summary>
    public void Subscribe(IActorRef subscriber, params Type[] to) => Subscribe(subscriber, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsSnapshot, to);

    /// <summary>Tells the subscriber what happens.</summary>
    public void Subscribe(IActorRef subscriber, ClusterEvent.SubscriptionInitialStateMode initialStateMode, params Type[] to)
    {
        if (to.Length == 0) throw new ArgumentException("At least one `IClusterDomainEvent` class is required", nameof(to));
        if (Array.Exists(to, static t => !typeof(ClusterEvent.IClusterDomainEvent).IsAssignableFrom(t)))
            throw new ArgumentException($"Subscribe to `IClusterDomainEvent` or subclasses, was [{string.Join(", ", to.Select(static t => t.Name))}]", nameof(to));
        _publisher.Tell(new ClusterPublisher.Subscribe(subscriber, initialStateMode, [.. to]));
    }

    /// <summary>Takes all subscriptions back.</summary>
    public void Unsubscribe(IActorRef subscriber) => _publisher.Tell(new ClusterPublisher.Unsubscribe(subscriber, null));

    /// <summary>Takes a subscription back.</summary>
    public void Unsubscribe(IActorRef subscriber, Type to) => _publisher.Tell(new ClusterPublisher.Unsubscribe(subscriber, to));

    /// <summary>Sends the state to an actor.</summary>
    public void SendCurrentClusterState(IActorRef receiver) => _publisher.Tell(new ClusterPublisher.SendCurrentState(receiver));

    /// <summary>Joins: the table says who else is there, whatever the address; one's own means 'join now'.</summary>
    public void Join(Address address)
    {
        ArgumentNullException.ThrowIfNull(address);
        _membership.Tell(MembershipActor.JoinNow.Instance);
    }

    /// <summary>Joins; the task ends when this host is in.</summary>
    public Task JoinAsync(Address address, CancellationToken token = default)
    {
        if (IsTerminated) throw new ClusterJoinFailedException("Cluster has already been terminated");
        if (IsUp) return Task.CompletedTask;
        var up = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (token.CanBeCanceled)
            token.Register(() => up.TrySetException(new ClusterJoinFailedException($"Node has not managed to join the cluster using provided address: {address}")));
        RegisterOnMemberUp(() => up.TrySetResult());
        Join(address);
        return up.Task;
    }

    /// <summary>Has a host hand over what it has, and go.</summary>
    public void Leave(Address address) => _membership.Tell(new MembershipActor.Leave(FillLocal(address)));

    /// <summary>Has this host hand over what it has, and go; the task ends when it is gone.</summary>
    public Task LeaveAsync()
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Interlocked.CompareExchange(ref _leaving, gone.Task, null) is { } already) return already;
        RegisterOnMemberRemoved(() => gone.TrySetResult());
        Leave(SelfAddress);
        return gone.Task;
    }

    /// <summary>Has this host hand over what it has, and go; the task ends when it is gone.</summary>
    public Task LeaveAsync(CancellationToken cancellationToken) => LeaveAsync().WaitAsync(cancellationToken);

    /// <summary>Declares a host dead.</summary>
    public void Down(Address address) => _membership.Tell(new MembershipActor.DownHost(FillLocal(address)));

    /// <summary>Calls back when this host is in.</summary>
    public void RegisterOnMemberUp(Action callback)
    {
        if (IsUp) callback();
        else _publisher.Tell(new ClusterPublisher.OnUp(callback));
    }

    /// <summary>Calls back when this host is out.</summary>
    public void RegisterOnMemberRemoved(Action callback)
    {
        if (IsTerminated) callback();
        else _publisher.Tell(new ClusterPublisher.OnRemoved(callback));
    }

    /// <summary>The path of an actor as other hosts name it.</summary>
    public ActorPath RemotePathOf(IActorRef actorRef)
    {
        var path = actorRef.Path;
        return path.Address.HasGlobalScope ? path : ActorPath.Parse(path.ToStringWithAddress(SelfAddress)).WithUid(path.Uid);
    }

    /// <summary>No actor of an incarnation lives any more: nobody talks to it, and who watches one of them is told.</summary>
    internal void IncarnationGone(UniqueAddress host) => _remote?.AddressGone(host.Address, host.Uid);

    /// <summary>Ends the connection to a host that does not answer on it; the next message makes another. Where every frame travels by itself nothing would be gained.</summary>
    internal void Disconnect(Address host)
    {
        if (_remote is { Remoting.Transport.FramesAreIndependent: false }) _remote.Remoting.AssociationOf(host).Disconnect("it does not answer");
    }

    internal void SetState(ClusterEvent.CurrentClusterState state) => _state = state;

    /// <summary>This host was declared dead: its actors stop.</summary>
    internal void ShutDownAsDown()
    {
        if (Settings.RunCoordinatedShutdownWhenDown) CoordinatedShutdown.Get(System).Run(CoordinatedShutdown.ClusterDowningReason.Instance);
        else Shutdown();
    }

    /// <summary>This host was asked to leave: its actors hand over and stop.</summary>
    internal void ShutDownToLeave() => CoordinatedShutdown.Get(System).Run(CoordinatedShutdown.ClusterLeavingReason.Instance);

    /// <summary>When all actors are gone this incarnation is, too; the table shall know.</summary>
    internal void RemoveRowAtTheEnd() => _removeRow = true;

    internal void Shutdown()
    {
        if (Interlocked.Exchange(ref _terminated, 1) == 0) System.Stop(_daemon);
    }

    private IActorRef Child(Props props, string name)
    {
        var child = ((LocalActorRef)_daemon).Cell.AttachChild(props.WithDispatcher(Settings.UseDispatcher), name);
        _daemon.Tell(new ClusterDaemon.Watch(child));
        return child;
    }

    private Address FillLocal(Address address) => address.HasLocalScope && address.System == SelfAddress.System ? SelfAddress : address;

    private void AddShutdownTasks(CoordinatedShutdown shutdown)
    {
        // Others see that this host goes before it hands over, so that they do not hand anything to it.
        shutdown.AddTask(CoordinatedShutdown.PhaseBeforeClusterShutdown, "leave-first", () => AskMembership(MembershipActor.LeaveFirst.Instance));
        shutdown.AddTask(CoordinatedShutdown.PhaseClusterLeave, "leave", () => AskMembership(MembershipActor.LeaveFirst.Instance));
        shutdown.AddTask(CoordinatedShutdown.PhaseClusterExitingDone, "exiting-completed", () => AskMembership(MembershipActor.ExitNow.Instance));
        shutdown.AddTask(CoordinatedShutdown.PhaseClusterShutdown, "stop-cluster", async () =>
        {
            var gone = _daemon.WatchAsync();
            Shutdown();
            await gone.ConfigureAwait(InTurns);
            return Done.Instance;
        });
    }

    // Under the deterministic dispatcher what follows a wait is a turn like any other; elsewhere no actor's context is kept.
    private bool InTurns => ((ActorSystemImpl)System).IsDeterministic;

    private async Task<Done> AskMembership(object request)
    {
        if (!IsTerminated) await _membership.Ask<Done>(request).ConfigureAwait(InTurns);
        return Done.Instance;
    }

    private void OnTermination()
    {
        Interlocked.Exchange(ref _terminated, 1);
        HostLease.End();
        _ = Close();
    }

    private async Task Close()
    {
        try
        {
            if (_removeRow)
            {
                await _table.Down(SelfUniqueAddress.Uid, null).ConfigureAwait(false);
                await _table.Remove(SelfUniqueAddress.Uid).ConfigureAwait(false);
            }
        }
        catch (Exception cause)
        {
            System.Log.Warning("Cluster Node [{0}] - could not take its row out of the membership table, others will when it is silent: {1}", SelfAddress, cause.Message);
        }
        finally
        {
            _table.Dispose();
        }
    }
}

/// <summary>Makes the cluster of a system.</summary>
public class ClusterExtension : ExtensionIdProvider<Cluster>
{
    /// <inheritdoc />
    public override Cluster CreateExtension(ExtendedActorSystem system) => new(system);
}

/// <summary>This host did not get into the cluster.</summary>
public class ClusterJoinFailedException(string message) : AkkaException(message);
