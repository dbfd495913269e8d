using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Membership;

namespace Akka.Cluster;

/// <summary>Makes events of what changes in the table, for subscribers and for the event stream, and keeps the state that <see cref="Cluster.State"/> shows.</summary>
internal sealed class ClusterPublisher : ReceiveActor
{
    private readonly Cluster _cluster;
    private readonly List<Action> _onUp = [];
    private readonly List<Action> _onRemoved = [];
    private ClusterEvent.CurrentClusterState _state = new();

    public ClusterPublisher(Cluster cluster)
    {
        _cluster = cluster;
        Receive<Seen>(OnSeen);
        Receive<Subscribe>(OnSubscribe);
        Receive<Unsubscribe>(OnUnsubscribe);
        Receive<SendCurrentState>(s => s.To.Tell(_state));
        Receive<OnUp>(OnRegisterUp);
        Receive<OnRemoved>(r => _onRemoved.Add(r.Callback));
        Receive<SelfIsDown>(_ => Change(With(MemberStatus.Down)));
        Receive<SelfIsOut>(_ => OnSelfIsOut());
    }

    private UniqueAddress SelfAddress => _cluster.SelfUniqueAddress;

    private void OnSeen(Seen seen)
    {
        var unreachable = seen.Table.Members
            .Where(static m => m.Status is MemberStatus.Up or MemberStatus.Leaving)
            .Aggregate(seen.Unreachable, static (all, m) => all.Union(m.Suspects))
            .Remove(SelfAddress.Uid);
        Change(ClusterDiff.StateOf(seen.Table.Members, unreachable));
    }

    private ClusterEvent.CurrentClusterState With(MemberStatus status)
    {
        if (!_state.Members.TryGetValue(new Member(SelfAddress, 0, status, [], Util.AppVersion.Zero), out var self)) return _state;
        var members = _state.Members.Remove(self);
        return new ClusterEvent.CurrentClusterState(
            status == MemberStatus.Removed ? members : members.Add(self.Copy(status)), _state.Unreachable, _state.SeenBy, _state.Leader, _state.RoleLeaderMap);
    }

    private void OnSelfIsOut()
    {
        if (_cluster.SelfMember.Status is MemberStatus.Joining or MemberStatus.Up or MemberStatus.Leaving) Change(With(MemberStatus.Exiting));
        Change(With(MemberStatus.Removed));
    }

    private void Change(ClusterEvent.CurrentClusterState next)
    {
        var before = _state;
        _state = next;
        _cluster.SetState(next);
        foreach (var @event in ClusterDiff.Events(before, next)) Context.System.EventStream.Publish(@event);
        if (_onUp.Count > 0 && _cluster.IsUp) CallAll(_onUp);
    }

    private void OnSubscribe(Subscribe subscribe)
    {
        if (subscribe.Mode == ClusterEvent.SubscriptionInitialStateMode.InitialStateAsSnapshot) subscribe.Subscriber.Tell(_state);
        else
        {
            foreach (var @event in ClusterDiff.Events(new ClusterEvent.CurrentClusterState(), _state).Where(e => subscribe.To.Exists(t => t.IsInstanceOfType(e)))) subscribe.Subscriber.Tell(@event);
        }

        foreach (var type in subscribe.To) Context.System.EventStream.Subscribe(subscribe.Subscriber, type);
    }

    private void OnUnsubscribe(Unsubscribe unsubscribe)
    {
        if (unsubscribe.To is { } type) Context.System.EventStream.Unsubscribe(unsubscribe.Subscriber, type);
        else Context.System.EventStream.Unsubscribe(unsubscribe.Subscriber);
    }

    private void OnRegisterUp(OnUp register)
    {
        if (_cluster.IsUp) register.Callback();
        else _onUp.Add(register.Callback);
    }

    // A callback that fails is an error of its own; the others are called all the same.
    private static void CallAll(List<Action> callbacks)
    {
        var failures = new List<Exception>();
        foreach (var callback in callbacks)
        {
            try
            {
                callback();
            }
            catch (Exception cause)
            {
                failures.Add(cause);
            }
        }

        callbacks.Clear();
        foreach (var failure in failures) Context.System.Log.Log(Event.LogLevel.ErrorLevel, failure, "A callback of the cluster failed");
    }

    protected override void PostStop()
    {
        OnSelfIsOut();
        Context.System.EventStream.Publish(ClusterEvent.ClusterShuttingDown.Instance);
        CallAll(_onRemoved);
    }

    /// <summary>From the membership actor: the table, and whom this host cannot reach.</summary>
    public sealed record Seen(TableView Table, ImmutableHashSet<int> Unreachable);

    /// <summary>This host was declared dead.</summary>
    public sealed record SelfIsDown
    {
        public static readonly SelfIsDown Instance = new();
    }

    /// <summary>This host has left.</summary>
    public sealed record SelfIsOut
    {
        public static readonly SelfIsOut Instance = new();
    }

    public sealed record Subscribe(IActorRef Subscriber, ClusterEvent.SubscriptionInitialStateMode Mode, ImmutableList<Type> To);

    public sealed record Unsubscribe(IActorRef Subscriber, Type? To);

    public sealed record SendCurrentState(IActorRef To);

    public sealed record OnUp(Action Callback);

    public sealed record OnRemoved(Action Callback);
}
