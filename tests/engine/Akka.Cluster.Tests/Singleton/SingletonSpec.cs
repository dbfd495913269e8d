using Akka.Actor;
using Akka.Cluster.Membership;
using Akka.Cluster.Tests.TestHosts;
using Akka.Cluster.Tools.Singleton;
using Akka.Configuration;
using static Akka.Cluster.Ownership.OwnershipProtocol;

namespace Akka.Cluster.Tests.Singleton;

/// <summary>Managers and proxies of three hosts over one table.</summary>
public class SingletonSpec : TestKit.Xunit2.TestKit
{
    private readonly Table _table = new();
    private readonly Journal _journal = new();
    private readonly Dictionary<int, (IActorRef Ownership, IActorRef Manager, IActorRef Proxy)> _hosts = [];

    public SingletonSpec() : base(VirtualTime.Settings())
    {
        for (var i = 1; i <= 3; i++) Start(i);
    }

    private void Start(int uid)
    {
        _table.Up(uid);
        var (table, journal, me) = (_table, _journal, uid);
        var ownership = Sys.ActorOf(Props.Create(() => new TestOwnership(table, me)));
        var settings = ClusterSingletonManagerSettings.Create(Sys).WithSingletonName("it");
        var manager = Sys.ActorOf(SingletonManager.Props(Props.Create(() => new Recorder(journal, me, "it")), "stop", settings, ownership), $"manager-{uid}");
        var proxy = Sys.ActorOf(SingletonProxy.Props("/user/manager", ClusterSingletonProxySettings.Create(Sys).WithSingletonName("it").WithBufferSize(5), ownership,
            member => Sys.ActorSelection($"/user/manager-{member.Uid}/it")));
        _hosts[uid] = (ownership, manager, proxy);
    }

    private void Wait(double seconds) => ExpectNoMsg(TimeSpan.FromSeconds(seconds));

    private int _number;

    private void EachReaches(int host)
    {
        foreach (var (_, _, proxy) in _hosts.Values)
        {
            proxy.Tell(new Note("it", "me", ++_number));
            ExpectMsg(_number, TimeSpan.FromSeconds(2));
            LastSender.Path.Parent.Name.ShouldBe($"manager-{host}");
        }
    }

    [Fact]
    public void The_oldest_host_has_it_and_every_proxy_leads_there()
    {
        EachReaches(1);
        _journal.Faults.ShouldBeEmpty();
    }

    [Fact]
    public void When_its_host_leaves_it_stops_and_the_next_oldest_takes_it()
    {
        EachReaches(1);
        _table.Move(1, MemberStatus.Leaving);
        Wait(2);
        EachReaches(2);
        _journal.Faults.ShouldBeEmpty();
        _table.Taken.ShouldBe([("singleton/it", 1, 1), ("singleton/it", 2, 2)]);
    }

    [Fact]
    public void What_is_sent_while_it_is_nowhere_waits_and_the_oldest_messages_go_when_there_are_too_many()
    {
        EachReaches(1);
        var (ownership, manager, _) = _hosts[1];
        _hosts.Remove(1);
        _journal.Dies(1);
        Sys.Stop(ownership);
        Sys.Stop(manager);
        Wait(1);
        Sys.EventStream.Subscribe(TestActor, typeof(Event.DeadLetter));
        for (var i = 1; i <= 6; i++) _hosts[2].Proxy.Tell(new Note("it", "other", i));
        ExpectMsg<Event.DeadLetter>(d => d.Message.ShouldBe(new Note("it", "other", 1)));
        _table.Kill(1);
        ReceiveN(5, TimeSpan.FromSeconds(3)).ShouldBe([2, 3, 4, 5, 6]);
        _journal.Faults.ShouldBeEmpty();
    }

    [Fact]
    public void When_the_lease_is_lost_it_stops_at_once()
    {
        EachReaches(1);
        _hosts[1].Manager.Tell(new Lost("singleton/it"), _hosts[1].Ownership);
        Wait(0.001);
        _journal.Running.ShouldBeEmpty();
    }

    [Fact]
    public void A_host_that_shuts_down_waits_until_it_has_stopped()
    {
        EachReaches(1);
        _hosts[1].Manager.Tell(new SingletonManager.Leave());
        ExpectMsg<SingletonManager.Over>();
        _journal.Running.ShouldBeEmpty();
        _table.OwnerOf("singleton/it").ShouldBeNull();
        _hosts[2].Manager.Tell(new SingletonManager.Leave());
        ExpectMsg<SingletonManager.Over>();
    }

    [Fact]
    public void A_manager_that_stops_gives_the_lease_back_after_the_singleton_has_stopped()
    {
        EachReaches(1);
        Sys.Stop(_hosts[1].Manager);
        Wait(0.001);
        _table.OwnerOf("singleton/it").ShouldBeNull();
        _journal.Running.ShouldBeEmpty();
    }

    [Fact]
    public void One_that_stops_by_itself_stays_stopped_until_it_moves()
    {
        EachReaches(1);
        _hosts[2].Proxy.Tell("stop");
        Wait(5);
        _journal.Running.ShouldBeEmpty();
        _table.Move(1, MemberStatus.Leaving);
        Wait(2);
        _hosts.Remove(1);
        EachReaches(2);
    }

    [Fact]
    public void The_settings_come_from_the_configuration()
    {
        var manager = ClusterSingletonManagerSettings.Create(Sys);
        (manager.SingletonName, manager.Role, manager.HandOverRetryInterval).ShouldBe(("singleton", null, TimeSpan.FromSeconds(1)));
        ClusterSingletonManagerSettings.Create(ConfigurationFactory.ParseString("singleton-name = x, role = r, hand-over-retry-interval = 2 s")).Role.ShouldBe("r");
        var proxy = ClusterSingletonProxySettings.Create(Sys);
        (proxy.SingletonName, proxy.BufferSize, proxy.SingletonIdentificationInterval).ShouldBe(("singleton", 1000, TimeSpan.FromMilliseconds(200)));
    }
}
