using Akka.Actor;
using Akka.Remote.Transport;
using static Akka.Remote.Transport.FailureInjectorTransportAdapter;

namespace Akka.Remote.Tests;

public class DeathWatchTests() : SimulatedHosts("akka.remote { retry-gate-closed-for = 500 ms, resend-interval = 1 s }")
{
    private (ActorSystem System, IActorRef Actor, IActorRef Seen) EchoOn(string name)
    {
        var system = Start(name);
        var actor = system.ActorOf(Props.Create(() => new Echo()), "echo");
        return (system, actor, Remote(actor, Sys));
    }

    [Fact]
    public void A_watcher_hears_of_a_death_on_another_system_once()
    {
        var (b, echo, seen) = EchoOn("b");
        Watch(seen);
        Pass(1);
        b.Stop(echo);
        var terminated = ExpectTerminated(seen);
        terminated.AddressTerminated.ShouldBeFalse();
        terminated.ExistenceConfirmed.ShouldBeTrue();
        Pass(60);
        ExpectNoMsg(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void A_watcher_of_an_actor_that_is_gone_already_hears_at_once()
    {
        var (b, echo, seen) = EchoOn("b");
        var local = CreateTestProbe(b);
        local.Watch(echo);
        b.Stop(echo);
        local.ExpectTerminated(echo);
        Watch(seen);
        ExpectTerminated(seen).ExistenceConfirmed.ShouldBeFalse();
    }

    [Fact]
    public void Who_has_unwatched_hears_nothing()
    {
        var (b, echo, seen) = EchoOn("b");
        Watch(seen);
        Pass(1);
        Unwatch(seen);
        Pass(1);
        b.Stop(echo);
        ExpectNoMsg(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Word_of_a_death_comes_after_what_the_dead_one_sent()
    {
        Network.DefaultDelay = random => TimeSpan.FromMilliseconds(random.Next(100));
        var (b, echo, seen) = EchoOn("b");
        Watch(seen);
        for (var i = 0; i < 20; i++) seen.Tell(i, TestActor);
        seen.Tell(PoisonPill.Instance, TestActor);
        for (var i = 0; i < 20; i++) ExpectMsg($"echo:{i}", TimeSpan.FromSeconds(10));
        ExpectTerminated(seen, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void System_messages_arrive_once_over_a_network_that_loses_and_doubles()
    {
        var b = Start("b");
        Network.DefaultDelay = random => TimeSpan.FromMilliseconds(random.Next(30));
        Network.SetLoss(AddressOf(Sys), AddressOf(b), 0.3);
        Network.SetLoss(AddressOf(b), AddressOf(Sys), 0.3);
        Network.SetDuplication(AddressOf(Sys), AddressOf(b), 0.3);
        Network.SetDuplication(AddressOf(b), AddressOf(Sys), 0.3);
        var actors = Enumerable.Range(0, 40).Select(i => b.ActorOf(Props.Create(() => new Echo()), $"x{i}")).ToList();
        foreach (var actor in actors) Watch(Remote(actor, Sys));
        Pass(60);
        foreach (var actor in actors) b.Stop(actor);
        Pass(60);
        var gone = new HashSet<string>();
        for (var i = 0; i < 40; i++)
        {
            var terminated = ExpectMsg<Terminated>();
            terminated.AddressTerminated.ShouldBeFalse();
            gone.Add(terminated.ActorRef.Path.Name).ShouldBeTrue();
        }

        ExpectNoMsg(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void User_messages_that_come_twice_are_handed_on_once()
    {
        var b = Start("b");
        var probe = CreateTestProbe(b);
        Network.SetDuplication(AddressOf(Sys), AddressOf(b), 1.0);
        var target = Remote(probe.Ref, Sys);
        for (var i = 0; i < 50; i++) target.Tell(i, TestActor);
        for (var i = 0; i < 50; i++) probe.ExpectMsg(i);
        probe.ExpectNoMsg(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void When_a_host_is_silent_for_too_long_its_watchers_are_told_and_it_is_quarantined()
    {
        var (b, _, seen) = EchoOn("b");
        var events = CreateTestProbe();
        Sys.EventStream.Subscribe(events.Ref, typeof(QuarantinedEvent));
        Watch(seen);
        Pass(20);
        Network.Partition(AddressOf(Sys), AddressOf(b));
        Pass(8);
        ExpectNoMsg(TimeSpan.Zero);
        Pass(10);
        ExpectMsg<Terminated>(TimeSpan.FromSeconds(1)).AddressTerminated.ShouldBeTrue();
        events.ExpectMsg<QuarantinedEvent>().Uid.ShouldBe(UidOf(b));

        // The network is whole again, but that incarnation is done with, and is told so.
        var told = CreateTestProbe(b);
        b.EventStream.Subscribe(told.Ref, typeof(ThisActorSystemQuarantinedEvent));
        Network.HealAll();
        Pass(60);
        Remote(TestActor, b).Tell("into the old connection", told.Ref);
        Pass(1);
        Remote(TestActor, b).Tell("let me in", told.Ref);
        told.ExpectMsg<ThisActorSystemQuarantinedEvent>(TimeSpan.FromSeconds(30));
        ExpectNoMsg(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void A_short_partition_harms_nobody()
    {
        var (b, echo, seen) = EchoOn("b");
        Watch(seen);
        Pass(20);
        Network.Partition(AddressOf(Sys), AddressOf(b));
        Pass(5);
        b.Stop(echo);
        Pass(1);
        Network.HealAll();
        ExpectTerminated(seen, TimeSpan.FromSeconds(10)).AddressTerminated.ShouldBeFalse();
    }

    [Fact]
    public void A_watched_host_that_never_was_there_counts_as_gone()
    {
        var nobody = ((ExtendedActorSystem)Sys).Provider.ResolveActorRef("akka.test://b@localhost:99/user/x#5");
        Watch(nobody);
        Pass(30);
        ExpectMsg<Terminated>(TimeSpan.Zero).AddressTerminated.ShouldBeTrue();
    }

    [Fact]
    public void A_new_start_at_the_same_address_is_another_system()
    {
        var first = Start("b", "akka.remote.test.port = 77");
        var echo = Remote(first.ActorOf(Props.Create(() => new Echo()), "echo"), Sys);
        Watch(echo);
        echo.Tell("x", TestActor);
        ExpectMsg("echo:x");
        Network.Crash(AddressOf(first));
        var second = Start("b", "akka.remote.test.port = 77");
        UidOf(second).ShouldNotBe(UidOf(first));
        var again = Remote(second.ActorOf(Props.Create(() => new Echo()), "echo"), Sys);
        again.ShouldNotBe(echo);
        Pass(2);
        again.Tell("y", TestActor);
        // The new one is heard of through its answer; the actors of the old one are gone with it.
        var messages = ReceiveN(2, TimeSpan.FromSeconds(30));
        messages.ShouldContain("echo:y");
        messages.OfType<Terminated>().Single().ActorRef.ShouldBe(echo);
        Watch(again);
        Pass(60);
        ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void A_host_that_ends_in_order_says_so()
    {
        var (b, _, seen) = EchoOn("b");
        Watch(seen);
        Pass(1);
        b.Terminate();
        ExpectTerminated(seen, TimeSpan.FromSeconds(5));
        ExpectNoMsg(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void When_somebody_says_that_an_incarnation_is_gone_its_watchers_are_told_at_once()
    {
        var (b, _, seen) = EchoOn("b");
        Watch(seen);
        seen.Tell("x", TestActor);
        ExpectMsg("echo:x");
        ProviderOf(Sys).AddressGone(AddressOf(b), UidOf(b));
        ExpectTerminated(seen, TimeSpan.FromSeconds(1)).AddressTerminated.ShouldBeTrue();
        Watch(seen);
        ExpectTerminated(seen, TimeSpan.FromSeconds(1)).AddressTerminated.ShouldBeTrue();
        seen.Tell("y", TestActor);
        ExpectNoMsg(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_blackhole_ordered_by_command_swallows_everything_until_it_is_taken_away()
    {
        var (b, _, seen) = EchoOn("b");
        var transport = ProviderOf(Sys).Transport;
        seen.Tell(1, TestActor);
        ExpectMsg("echo:1");
        (await transport.ManagementCommand(new SetThrottle(AddressOf(b), ThrottleTransportAdapter.Direction.Both, Blackhole.Instance))).ShouldBeTrue();
        seen.Tell(2, TestActor);
        ExpectNoMsg(TimeSpan.FromSeconds(5));
        (await transport.ManagementCommand(new SetThrottle(AddressOf(b), ThrottleTransportAdapter.Direction.Both, Unthrottled.Instance))).ShouldBeTrue();
        seen.Tell(3, TestActor);
        ExpectMsg("echo:3");
        (await transport.ManagementCommand("nonsense")).ShouldBeFalse();
    }

    private sealed class Latency(TimeSpan delay) : ThrottleMode
    {
        public override (ThrottleMode, bool) TryConsumeTokens(long nanoTimeOfSend, int tokens) => (this, false);
        public override TimeSpan TimeToAvailable(long currentNanoTime, int tokens) => delay;
    }

    [Fact]
    public void A_delay_ordered_by_command_holds_back_what_is_sent_in_order()
    {
        var (b, _, seen) = EchoOn("b");
        var transport = ProviderOf(Sys).Transport;
        seen.Tell(0, TestActor);
        ExpectMsg("echo:0");
        transport.ManagementCommand(new SetThrottle(AddressOf(b), ThrottleTransportAdapter.Direction.Send, new Latency(TimeSpan.FromMilliseconds(200))));
        for (var i = 1; i <= 3; i++) seen.Tell(i, TestActor);
        Pass(TimeSpan.FromMilliseconds(199));
        ExpectNoMsg(TimeSpan.Zero);
        Pass(TimeSpan.FromMilliseconds(2));
        for (var i = 1; i <= 3; i++) ExpectMsg($"echo:{i}", TimeSpan.Zero);
    }

    [Fact]
    public void A_loss_ordered_by_command_loses_about_so_much()
    {
        var b = Start("b");
        var probe = CreateTestProbe(b);
        ProviderOf(Sys).Transport.ManagementCommand(new One(AddressOf(b), new Drop(0.5, 0)));
        var target = Remote(probe.Ref, Sys);
        for (var i = 0; i < 1000; i++) target.Tell(i, TestActor);
        Pass(1);
        probe.ReceiveWhile(static m => m, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), 1000).Count.ShouldBeInRange(400, 600);
        ProviderOf(Sys).Transport.ManagementCommand(new One(AddressOf(b), PassThru.Instance));
        target.Tell("through", TestActor);
        probe.ExpectMsg("through");
    }

    [Fact]
    public void Too_many_messages_for_a_connection_that_is_not_there_become_dead_letters()
    {
        var slow = Start("slow");
        var probe = CreateTestProbe(slow);
        var c = Start("c", "akka.remote.outbound-message-queue-size = 100");
        var dead = CreateTestProbe(c);
        c.EventStream.Subscribe(dead.Ref, typeof(Event.DeadLetter));
        Network.DefaultDelay = static _ => TimeSpan.FromSeconds(1);
        var target = Remote(probe.Ref, c);
        for (var i = 0; i < 150; i++) target.Tell(i, dead.Ref);
        for (var i = 100; i < 150; i++) dead.ExpectMsg<Event.DeadLetter>().Message.ShouldBe(i);
        for (var i = 0; i < 100; i++) probe.ExpectMsg(i, TimeSpan.FromSeconds(10));
        target.Tell("room again", dead.Ref);
        probe.ExpectMsg("room again", TimeSpan.FromSeconds(10));
    }
}
