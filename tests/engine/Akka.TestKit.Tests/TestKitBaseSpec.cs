using Akka.Actor;
using Akka.Configuration;
using Xunit.Sdk;

namespace Akka.TestKit.Tests;

/// <summary>What a test can expect of its test actor.</summary>
public class TestKitBaseSpec : Xunit2.TestKit
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);

    public sealed record Number(int Value);

    [Fact]
    public void ExpectMsg_returns_the_message_that_was_received()
    {
        TestActor.Tell("a");
        ExpectMsg<string>().ShouldBe("a");
        TestActor.Tell(new Number(1));
        ExpectMsg(new Number(1)).Value.ShouldBe(1);
        LastMessage.ShouldBe(new Number(1));
        LastSender.ShouldBe(TestActor);
    }

    [Fact]
    public void ExpectMsg_fails_when_nothing_comes() =>
        Should.Throw<XunitException>(() => ExpectMsg<string>(Short)).Message.ShouldContain("while waiting for a message of type System.String");

    [Fact]
    public void ExpectMsg_fails_when_another_message_comes()
    {
        TestActor.Tell(1);
        Should.Throw<XunitException>(() => ExpectMsg<string>()).Message.ShouldContain("received {1}");
        TestActor.Tell("a");
        Should.Throw<XunitException>(() => ExpectMsg("b"));
        TestActor.Tell(new Number(1));
        Should.Throw<XunitException>(() => ExpectMsg<Number>(n => n.Value == 2));
    }

    [Fact]
    public void ExpectMsg_takes_predicates_and_assertions()
    {
        TestActor.Tell(new Number(1));
        ExpectMsg<Number>(n => n.Value == 1);
        TestActor.Tell(new Number(2));
        ExpectMsg<Number>(n => n.Value.ShouldBe(2));
        TestActor.Tell(new Number(3));
        ExpectMsg<Number>((n, sender) => n.Value == 3 && sender.Equals(TestActor));
        TestActor.Tell(new Number(4));
        ExpectMsg(new Number(14), (expected, actual) => expected.Value % 10 == actual.Value);
        Should.Throw<ShouldAssertException>(() =>
        {
            TestActor.Tell(new Number(5));
            ExpectMsg<Number>(n => n.Value.ShouldBe(6));
        });
    }

    [Fact]
    public void ExpectMsgFrom_looks_at_the_sender()
    {
        var probe = CreateTestProbe();
        TestActor.Tell(1, probe.Ref);
        ExpectMsgFrom<int>(probe.Ref).ShouldBe(1);
        TestActor.Tell(2, probe.Ref);
        ExpectMsgFrom(probe.Ref, 2);
        TestActor.Tell(3, probe.Ref);
        Should.Throw<XunitException>(() => ExpectMsgFrom<int>(TestActor));
    }

    [Fact]
    public void ExpectMsgAnyOf_and_AllOf_take_messages_in_any_order()
    {
        foreach (var i in (int[])[3, 1, 2]) TestActor.Tell(i);
        ExpectMsgAnyOf([1, 3]).ShouldBe(3);
        ExpectMsgAllOf(2, 1).ShouldBe([1, 2]);
        TestActor.Tell(1);
        TestActor.Tell(7);
        Should.Throw<XunitException>(() => ExpectMsgAllOf(1, 2)).Message.ShouldContain("found unexpected [7]");
    }

    [Fact]
    public void ExpectNoMsg_fails_when_a_message_comes()
    {
        ExpectNoMsg(Short);
        TestActor.Tell("a");
        Should.Throw<XunitException>(() => ExpectNoMsg(Short));
        ExpectNoMsg(10);
    }

    [Fact]
    public void Messages_can_be_fished_received_peeked_and_counted()
    {
        foreach (var i in Enumerable.Range(1, 8)) TestActor.Tell(i);
        HasMessages.ShouldBeTrue();
        PeekOne().ShouldBe(1);
        FishForMessage<int>(i => i == 3).ShouldBe(3);
        ReceiveN(2).ShouldBe([4, 5]);
        ReceiveWhile<int>(m => m is int i and < 8 ? i : 0, msgs: 2).ShouldBe([6, 7]);
        ReceiveOne().ShouldBe(8);
        ReceiveOne(TimeSpan.Zero).ShouldBeNull();
        Should.Throw<XunitException>(() => ReceiveN(1, Short));
        Should.Throw<XunitException>(() => FishForMessage<int>(_ => true, Short));
    }

    [Fact]
    public void ReceiveWhile_leaves_the_message_that_ends_it()
    {
        foreach (var i in (int[])[1, 2, 9]) TestActor.Tell(i);
        ReceiveWhile<object>(m => m is < 5 ? m : null).ShouldBe([1, 2]);
        ExpectMsg(9);
    }

    [Fact]
    public void Ignored_messages_are_not_received()
    {
        IgnoreMessages<int>(i => i < 2);
        TestActor.Tell(1);
        TestActor.Tell(2);
        ExpectMsg(2);
        IgnoreNoMessages();
        TestActor.Tell(1);
        ExpectMsg(1);
    }

    [Fact]
    public void An_auto_pilot_answers_before_the_test_looks()
    {
        var probe = CreateTestProbe();
        probe.SetAutoPilot(new DelegateAutoPilot((sender, message) =>
        {
            sender.Tell("got " + message, probe.Ref);
            return message is "last" ? AutoPilot.NoAutoPilot : AutoPilot.KeepRunning;
        }));
        probe.Ref.Tell("a");
        ExpectMsg("got a");
        probe.Ref.Tell("last");
        ExpectMsg("got last");
        probe.Ref.Tell("b");
        ExpectNoMsg(Short);
        probe.ReceiveN(3).ShouldBe(["a", "last", "b"]);
    }

    [Fact]
    public void A_probe_replies_forwards_and_sends()
    {
        var probe = CreateTestProbe("p");
        probe.Ref.Path.Name.ShouldBe("p");
        probe.Ref.Tell("ping");
        probe.ExpectMsg("ping");
        probe.Sender.ShouldBe(TestActor);
        probe.Reply("pong");
        ExpectMsgFrom(probe.Ref, "pong");
        probe.Send(TestActor, "hello");
        ExpectMsgFrom(probe.Ref, "hello");
        var other = CreateTestProbe();
        probe.Forward(other.Ref);
        other.ExpectMsgFrom(TestActor, "ping");
    }

    [Fact]
    public void A_probe_stands_for_its_actor()
    {
        var probe = CreateTestProbe();
        IActorRef reference = probe;
        reference.Tell("a");
        probe.ExpectMsg("a");
        probe.Ref.Equals(reference).ShouldBeTrue();
        reference.Equals(probe.Ref).ShouldBeTrue();
        reference.Path.ShouldBe(probe.Ref.Path);
        Watch(reference);
        Sys.Stop(probe.Ref);
        ExpectTerminated(probe.Ref);
    }

    [Fact]
    public void The_death_of_an_actor_can_be_expected()
    {
        var actor = Watch(ActorOf<TestActors.BlackHoleActor>());
        actor.Tell(PoisonPill.Instance);
        ExpectTerminated(actor).ActorRef.ShouldBe(actor);
        var unwatched = Unwatch(Watch(ActorOf(TestActors.BlackHoleActor.Props)));
        Sys.Stop(unwatched);
        ExpectNoMsg(Short);
    }

    [Fact]
    public void A_child_of_the_test_actor_has_it_as_parent()
    {
        var child = ChildActorOf(TestActors.BlackHoleActor.Props, "kid");
        child.Path.Parent.ShouldBe(TestActor.Path);
        child.Path.Name.ShouldBe("kid");
    }

    [Fact]
    public void Within_limits_the_time_of_its_expectations()
    {
        Should.Throw<XunitException>(() => Within(Short, () => ExpectMsg<string>()));
        Should.Throw<XunitException>(() => Within(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), () => { })).Message.ShouldContain("should have at least been");
        Within(TimeSpan.FromSeconds(3), () =>
        {
            Remaining.ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(3));
            return 5;
        }).ShouldBe(5);
        Within(Short, () => ExpectNoMsg());
    }

    [Fact]
    public void AwaitAssert_and_AwaitCondition_wait()
    {
        var tries = 0;
        AwaitAssert(() => (++tries).ShouldBe(3));
        AwaitCondition(() => ++tries > 5);
        Should.Throw<XunitException>(() => AwaitCondition(() => false, Short));
        Should.Throw<ShouldAssertException>(() => AwaitAssert(() => 1.ShouldBe(2), Short));
        AwaitConditionNoThrow(() => false, Short).ShouldBeFalse();
    }

    [Fact]
    public async Task Expectations_can_be_awaited_and_the_test_actor_stays_the_sender()
    {
        var echo = ActorOf(TestActors.EchoActor.Props(this));
        for (var i = 0; i < 5; i++)
        {
            echo.Tell(i);
            (await ExpectMsgAsync<int>()).ShouldBe(i);
            LastSender.ShouldBe(TestActor);
            await Task.Yield();
        }
        await ExpectNoMsgAsync(Short);
        await AwaitConditionAsync(() => Task.FromResult(true));
        (await WithinAsync(TimeSpan.FromSeconds(3), async () => await ReceiveOneAsync(Short))).ShouldBeNull();
        Watch(echo).Tell(PoisonPill.Instance);
        await ExpectTerminatedAsync(echo);
        await Should.ThrowAsync<XunitException>(async () => await ExpectMsgAsync<int>(Short));
    }

    [Fact]
    public void Times_can_be_stretched_by_a_setting()
    {
        var slow = new SlowKit();
        slow.Dilated(TimeSpan.FromSeconds(1)).ShouldBe(TimeSpan.FromSeconds(2));
        slow.Dispose();
    }

    [Fact]
    public void A_latch_opens_when_it_is_counted_down()
    {
        var latch = CreateTestLatch(2);
        latch.CountDown();
        latch.IsOpen.ShouldBeFalse();
        Should.Throw<TimeoutException>(() => latch.Ready(Short));
        latch.Open();
        latch.Ready();
    }

    private sealed class SlowKit() : Xunit2.TestKit("akka.test.timefactor = 2");

    [Fact]
    public void A_configuration_is_laid_over_the_defaults()
    {
        var kit = new Xunit2.TestKit(ConfigurationFactory.ParseString("my.setting = 1"), "named");
        kit.Sys.Name.ShouldBe("named");
        kit.Sys.Settings.Config.GetInt("my.setting").ShouldBe(1);
        kit.Sys.Settings.Config.GetTimeSpan("akka.test.single-expect-default").ShouldBe(TimeSpan.FromSeconds(3));
        kit.Dispose();
        kit.Sys.WhenTerminated.IsCompleted.ShouldBeTrue();
    }
}
