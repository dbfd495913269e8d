using Akka.Actor;
using Akka.Cluster.Tests.Hosts;
using static Akka.Cluster.ClusterEvent;

namespace Akka.Cluster.Tests.Events;

public sealed class ClusterSubscriptionTests : IDisposable
{
    private readonly Hosts.TestHosts _hosts = new(seed: 11);
    private readonly List<object> _heard = [];

    public void Dispose() => _hosts.Dispose();

    [Fact]
    public void A_subscriber_gets_the_state_and_then_what_it_asked_for()
    {
        _hosts.StartAll("h1");
        Subscribe(SubscriptionInitialStateMode.InitialStateAsSnapshot, typeof(IMemberEvent));
        _hosts.Start("h2");
        _hosts.Until("h2 is up", () => _hosts["h2"].Status == MemberStatus.Up);
        _hosts.Pass(0.2);
        _heard[0].ShouldBeOfType<CurrentClusterState>().Members.ShouldHaveSingleItem().Status.ShouldBe(MemberStatus.Up);
        Described()[^1].ShouldBe("MemberUp h2");
    }

    [Fact]
    public void A_subscriber_can_have_the_state_as_events()
    {
        _hosts.StartAll("h1", "h2");
        Subscribe(SubscriptionInitialStateMode.InitialStateAsEvents, typeof(MemberUp));
        _hosts.Pass(0.1);
        Described().ShouldBe(["MemberUp h1", "MemberUp h2"], ignoreOrder: true);
    }

    [Fact]
    public void A_host_that_dies_is_unreachable_then_down_then_removed()
    {
        _hosts.StartAll("h1", "h2", "h3");
        Subscribe(SubscriptionInitialStateMode.InitialStateAsSnapshot, typeof(IMemberEvent), typeof(IReachabilityEvent));
        _hosts.Kill("h3");
        _hosts.Until("it is removed", () => _heard.OfType<MemberRemoved>().Any(), 8);
        _heard.Skip(1).Select(static e => e.GetType().Name).ShouldBe(["UnreachableMember", "MemberDowned", "MemberRemoved"]);
    }

    [Fact]
    public void A_host_that_cannot_be_reached_for_a_moment_is_unreachable_and_reachable_again()
    {
        _hosts.StartAll("h1", "h2", "h3");
        Subscribe(SubscriptionInitialStateMode.InitialStateAsSnapshot, typeof(IReachabilityEvent));
        _hosts.Cut("h2", "h3");
        _hosts.Until("somebody says so", () => _heard.OfType<UnreachableMember>().Any(), 5);
        _hosts["h1"].Cluster.State.Unreachable.Count.ShouldBeGreaterThan(0, "also for who reaches it itself");
        _hosts.Heal();
        _hosts.Until("it is over", () => _hosts["h1"].Cluster.State.Unreachable.IsEmpty, 2);
        _hosts.Pass(5);
        _hosts.Table.View().Members.Count.ShouldBe(3);
        _heard.OfType<UnreachableMember>().Count().ShouldBe(_heard.OfType<ReachableMember>().Count());
    }

    [Fact]
    public void Who_has_unsubscribed_hears_nothing_more()
    {
        _hosts.StartAll("h1");
        var subscriber = Subscribe(SubscriptionInitialStateMode.InitialStateAsSnapshot, typeof(MemberUp), typeof(MemberJoined));
        _hosts["h1"].Cluster.Unsubscribe(subscriber, typeof(MemberJoined));
        _hosts.Start("h2");
        _hosts.Until("h2 is up", () => _hosts["h2"].Status == MemberStatus.Up);
        _hosts.Pass(0.2);
        _hosts["h1"].Cluster.Unsubscribe(subscriber);
        _hosts.Start("h3");
        _hosts.Until("h3 is up", () => _hosts["h3"].Status == MemberStatus.Up);
        _hosts.Pass(0.2);
        Described().ShouldBe(["MemberUp h2"]);
    }

    [Fact]
    public void A_host_that_is_declared_dead_hears_of_its_own_death_and_of_nothing_else_of_its_own()
    {
        _hosts.StartAll("h1", "h2", "h3");
        var heard = new List<object>();
        _hosts["h1"].System.EventStream.Subscribe(_hosts["h1"].System.ActorOf(Props.Create(() => new Keeper(heard))), typeof(IMemberEvent));
        _hosts["h2"].Cluster.Down(_hosts["h1"].Address);
        _hosts.Until("it has ended", () => _hosts["h1"].HasEnded, 3);
        heard.OfType<IMemberEvent>().First().ShouldBeOfType<MemberDowned>().Member.Address.ShouldBe(_hosts["h1"].Address);
        heard.ShouldNotContain(static e => e is MemberExited);
        _hosts["h1"].Status.ShouldBe(MemberStatus.Removed);
    }

    [Fact]
    public void The_state_can_be_asked_for()
    {
        _hosts.StartAll("h1", "h2");
        var asker = _hosts["h1"].System.ActorOf(Props.Create(() => new Keeper(_heard)));
        _hosts["h1"].Cluster.SendCurrentClusterState(asker);
        _hosts.Pass(0.1);
        var state = _heard.ShouldHaveSingleItem().ShouldBeOfType<CurrentClusterState>();
        state.Members.Count.ShouldBe(2);
        state.AllRoles.ShouldBe(["host-h1", "host-h2"], ignoreOrder: true);
        state.RoleLeader("host-h2")!.Host.ShouldBe("h2");
        state.HasMoreThanOneAppVersion.ShouldBeFalse();
    }

    [Fact]
    public void Callbacks_come_when_the_host_is_up_and_when_it_is_out()
    {
        var host = _hosts.Start("h1");
        var (up, removed) = (0, 0);
        host.Cluster.RegisterOnMemberUp(() => up++);
        host.Cluster.RegisterOnMemberRemoved(() => removed++);
        _hosts.Until("it is up", () => up == 1, 2);
        host.Cluster.RegisterOnMemberUp(() => up++);
        up.ShouldBe(2, "it is up already");
        removed.ShouldBe(0);
        host.Cluster.Leave(host.Address);
        _hosts.Until("it is out", () => removed == 1, 3);
        host.Cluster.RegisterOnMemberRemoved(() => removed++);
        removed.ShouldBe(2);
    }

    [Fact]
    public void Only_events_of_the_cluster_can_be_subscribed_to()
    {
        _hosts.StartAll("h1");
        Should.Throw<ArgumentException>(() => _hosts["h1"].Cluster.Subscribe(ActorRefs.Nobody, typeof(string)));
        Should.Throw<ArgumentException>(() => _hosts["h1"].Cluster.Subscribe(ActorRefs.Nobody));
    }

    private IActorRef Subscribe(SubscriptionInitialStateMode mode, params Type[] to)
    {
        var subscriber = _hosts["h1"].System.ActorOf(Props.Create(() => new Keeper(_heard)));
        _hosts["h1"].Cluster.Subscribe(subscriber, mode, to);
        _hosts.Pass(0.05);
        return subscriber;
    }

    private List<string> Described() => [.. _heard.OfType<IMemberEvent>().Select(static e => $"{e.GetType().Name} {e.Member.Address.Host}")];

    private sealed class Keeper : ReceiveActor
    {
        public Keeper(List<object> heard) => ReceiveAny(heard.Add);
    }
}
