using Akka.Actor;
using Akka.Event;

namespace Akka.Remote.Tests;

/// <summary>Restarts, one-way cuts, ends in order, and what happens to those who wait.</summary>
public class IncarnationsTests() : SimulatedHosts("akka.remote { retry-gate-closed-for = 500 ms, resend-interval = 1 s, test.connection-timeout = 3 s }")
{
    [Fact]
    public void A_host_that_is_cut_off_one_way_is_heard_but_cannot_be_told()
    {
        var b = Start("b");
        var atB = CreateTestProbe(b);
        var toB = Remote(atB.Ref, Sys);
        var toA = Remote(TestActor, b);
        toB.Tell(1, TestActor);
        atB.ExpectMsg(1);
        toA.Tell(1, atB.Ref);
        ExpectMsg(1);
        Network.Cut(AddressOf(Sys), AddressOf(b));
        toB.Tell(2, TestActor);
        toA.Tell(2, atB.Ref);
        ExpectMsg(2);
        atB.ExpectNoMsg(TimeSpan.FromSeconds(1));
        Network.HealAll();
        toB.Tell(3, TestActor);
        atB.ExpectMsg(3);
    }

    [Fact]
    public void What_is_sent_while_nobody_answers_is_a_dead_letter_and_later_messages_arrive()
    {
        var dead = CreateTestProbe();
        Sys.EventStream.Subscribe(dead.Ref, typeof(DeadLetter));
        var early = ((ExtendedActorSystem)Sys).Provider.ResolveActorRef("akka.test://b@localhost:55/user/echo");
        early.Tell("nobody there", TestActor);
        dead.ExpectMsg<DeadLetter>(TimeSpan.FromSeconds(10)).Message.ShouldBe("nobody there");
        var b = Start("b", "akka.remote.test.port = 55");
        b.ActorOf(Props.Create(() => new Echo()), "echo");
        Pass(1);
        early.Tell("now", TestActor);
        ExpectMsg("echo:now", TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void A_restarted_host_is_talked_to_although_its_earlier_incarnation_is_quarantined()
    {
        var first = Start("b", "akka.remote.test.port = 66");
        var echo = Remote(first.ActorOf(Props.Create(() => new Echo()), "echo"), Sys);
        echo.Tell(1, TestActor);
        ExpectMsg("echo:1");
        Network.Crash(AddressOf(first));
        ProviderOf(Sys).AddressGone(AddressOf(first), UidOf(first));
        Pass(1);
        var second = Start("b", "akka.remote.test.port = 66");
        second.ActorOf(Props.Create(() => new Echo()), "echo");

        // Nobody there has spoken to us yet: a message goes out to see who lives there.
        Sys.ActorSelection(PathAt(second, "/user/echo")).Tell(2, TestActor);
        ExpectMsg("echo:2", TimeSpan.FromSeconds(5));
        echo.Tell(3, TestActor);
        ExpectNoMsg(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void The_word_of_a_new_incarnation_may_come_before_the_end_of_the_connection_to_the_old_one()
    {
        var b = Start("b");
        Remote(b.ActorOf(Props.Create(() => new Echo()), "echo"), Sys).Tell(1, TestActor);
        ExpectMsg("echo:1");
        ProviderOf(Sys).Remoting.AssociationOf(AddressOf(b)).PeerSeen(UidOf(b) ^ 1);
        Pass(1);
        Sys.ActorSelection(PathAt(b, "/user/echo")).Tell(2, TestActor);
        ExpectMsg("echo:2", TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void An_actor_of_the_new_incarnation_that_has_the_name_of_an_old_one_is_another()
    {
        var first = Start("b", "akka.remote.test.port = 88");
        var old = Remote(first.ActorOf(Props.Create(() => new Echo()), "echo"), Sys);
        old.Tell(1, TestActor);
        ExpectMsg("echo:1");
        Network.Crash(AddressOf(first));
        var second = Start("b", "akka.remote.test.port = 88");
        second.ActorOf(Props.Create(() => new Echo()), "echo");
        Pass(2);
        old.Tell(2, TestActor);
        Pass(2);
        old.Tell(3, TestActor);
        ExpectNoMsg(TimeSpan.FromSeconds(2));
        Watch(old);
        ExpectTerminated(old, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void System_messages_that_nobody_acknowledges_end_in_quarantine()
    {
        var b = Start("b");
        var c = Start("c", "akka.remote { system-message-buffer-size = 10, watch-failure-detector.enabled = off }");
        var atC = CreateTestProbe(c);
        var events = CreateTestProbe(c);
        c.EventStream.Subscribe(events.Ref, typeof(QuarantinedEvent));
        var echoes = Enumerable.Range(0, 11).Select(i => Remote(b.ActorOf(Props.Create(() => new Echo()), $"e{i}"), c)).ToList();
        echoes[0].Tell("x", atC.Ref);
        atC.ExpectMsg("e0:x");
        Network.Partition(AddressOf(b), AddressOf(c));
        foreach (var echo in echoes) atC.Watch(echo);
        events.ExpectMsg<QuarantinedEvent>(TimeSpan.FromSeconds(5)).Uid.ShouldBe(UidOf(b));
        for (var i = 0; i < 11; i++) atC.ExpectMsg<Terminated>(TimeSpan.FromSeconds(5)).AddressTerminated.ShouldBeTrue();
    }

    [Fact]
    public void A_system_message_that_waits_too_long_ends_in_quarantine()
    {
        var b = Start("b");
        var c = Start("c", "akka.remote { initial-system-message-delivery-timeout = 20 s, watch-failure-detector.enabled = off }");
        var atC = CreateTestProbe(c);
        var echo = Remote(b.ActorOf(Props.Create(() => new Echo()), "echo"), c);
        echo.Tell("x", atC.Ref);
        atC.ExpectMsg("echo:x");
        Network.Partition(AddressOf(b), AddressOf(c));
        atC.Watch(echo);
        Pass(19);
        atC.ExpectNoMsg(TimeSpan.Zero);
        Pass(5);
        atC.ExpectMsg<Terminated>(TimeSpan.Zero).AddressTerminated.ShouldBeTrue();
    }

    [Fact]
    public void Who_ends_in_order_sends_first_what_waits()
    {
        Network.DefaultDelay = static _ => TimeSpan.FromMilliseconds(5);
        var b = Start("b");
        var toA = Remote(TestActor, b);
        toA.Tell("warm", ActorRefs.NoSender);
        ExpectMsg("warm");
        for (var i = 0; i < 100; i++) toA.Tell(i, ActorRefs.NoSender);
        b.Terminate();
        for (var i = 0; i < 100; i++) ExpectMsg(i, TimeSpan.FromSeconds(5));
        AwaitCondition(() => b.WhenTerminated.IsCompleted, TimeSpan.FromSeconds(30));
    }

    private (List<string> Log, TimeSpan At) Mixed(int round)
    {
        var b = Start($"b{round}", $"akka.remote.test.port = {1000 + round}");
        var log = new List<string>();
        var random = new Random(3);
        foreach (var (from, to) in ((ActorSystem, ActorSystem)[])[(Sys, b), (b, Sys)])
        {
            Network.SetDelay(AddressOf(from), AddressOf(to), static r => TimeSpan.FromMilliseconds(r.Next(40)));
            Network.SetLoss(AddressOf(from), AddressOf(to), 0.1);
        }

        var echo = b.ActorOf(Props.Create(() => new Echo()), "echo");
        var seen = Remote(echo, Sys);
        for (var i = 0; i < 200; i++)
        {
            seen.Tell(i, TestActor);
            Pass(TimeSpan.FromMilliseconds(random.Next(20)));
        }

        Pass(5);
        while (HasMessages) log.Add(ReceiveOne(TimeSpan.Zero).ShouldBeOfType<string>());
        return (log, Sys.Scheduler.MonotonicClock);
    }

    [Fact]
    public void Some_of_it_is_lost_but_what_arrives_is_in_order()
    {
        var (log, _) = Mixed(0);
        var numbers = log.Select(static text => int.Parse(text.AsSpan(5), System.Globalization.CultureInfo.InvariantCulture)).ToList();
        numbers.Count.ShouldBeInRange(100, 195);
        numbers.ShouldBe(numbers.Order());
        numbers.Distinct().Count().ShouldBe(numbers.Count);
    }
}

/// <summary>The same seed, twice.</summary>
public class RepetitionTests
{
    private sealed class Run : SimulatedHosts
    {
        public string Trace()
        {
            var b = Start("b");
            Network.DefaultDelay = static r => TimeSpan.FromMilliseconds(r.Next(40));
            Network.SetLoss(AddressOf(Sys), AddressOf(b), 0.2);
            var log = new System.Text.StringBuilder();
            var seen = Enumerable.Range(0, 5).Select(i => Remote(b.ActorOf(Props.Create(() => new Echo()), $"e{i}"), Sys)).ToList();
            foreach (var echo in seen) Watch(echo);
            for (var i = 0; i < 100; i++)
            {
                seen[i % 5].Tell(i, TestActor);
                Pass(TimeSpan.FromMilliseconds(7));
            }

            foreach (var echo in seen) echo.Tell(PoisonPill.Instance, TestActor);
            Pass(60);
            while (HasMessages) log.Append(ReceiveOne(TimeSpan.Zero)).Append('\n');
            AfterAll();
            return log.ToString();
        }
    }

    [Fact]
    public void A_run_repeats_from_its_seed()
    {
        var first = new Run().Trace();
        first.ShouldContain("e3:");
        first.ShouldContain("Terminated");
        new Run().Trace().ShouldBe(first);
    }
}
