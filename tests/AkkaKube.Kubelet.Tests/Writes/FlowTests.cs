using Akka.Actor;
using Akka.TestKit.Xunit2;
using AkkaKube.Tests;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Client.Requests;
using AkkaKube.Kubelet.Writes;

namespace AkkaKube.Kubelet.Tests.Writes;

public class FlowTests() : TestKit(ReferenceConf.Patience + "akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"")
{
    private static Create Event(int n) => new(GroupVersionResource.Events, ObjectBody.Of(new Event { Metadata = new ObjectMeta { Name = $"e{n}" } })) { User = new UserInfo("u", []), Tag = n };

    [Fact]
    public void Events_beyond_the_limit_wait_until_others_are_answered_and_keep_their_order()
    {
        var api = CreateTestProbe();
        var sink = Sys.ActorOf(EventSink.Props(api, 2));
        for (var n = 0; n < 4; n++) sink.Tell(Event(n), TestActor);
        var first = api.ExpectMsg<Create>();
        var second = api.ExpectMsg<Create>();
        api.ExpectNoMsg(TimeSpan.FromMilliseconds(20));
        sink.Tell(new Failed(second.Tag, new Api.Meta.V1.Status { Code = 409 }));
        ExpectMsg<Failed>().Tag.ShouldBe(1);
        api.ExpectMsg<Create>().Object.Object!.Metadata.Name.ShouldBe("e2");
        sink.Tell(new Succeeded(first.Tag, ApiObject.Of(first.Object.Object!), []));
        ExpectMsg<Succeeded>().Tag.ShouldBe(0);
        api.ExpectMsg<Create>().Object.Object!.Metadata.Name.ShouldBe("e3");
    }

    [Fact]
    public void Answers_that_were_lost_do_not_hold_the_next_events_up_for_ever()
    {
        var api = CreateTestProbe();
        var sink = Sys.ActorOf(EventSink.Props(api, 1));
        sink.Tell(Event(0), TestActor);
        api.ExpectMsg<Create>();
        ((Akka.TestKit.TestScheduler)Sys.Scheduler).Advance(TimeSpan.FromSeconds(91));
        sink.Tell(Event(1), TestActor);
        api.ExpectMsg<Create>().Object.Object!.Metadata.Name.ShouldBe("e1");
    }

    [Fact]
    public void So_many_writers_are_let_in_and_the_next_when_one_leaves_or_stops()
    {
        var turnstile = Sys.ActorOf(Turnstile.Props(1));
        var (a, b, c) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        foreach (var writer in new[] { a, b, c }) turnstile.Tell(Turnstile.Enter.Instance, writer);
        a.ExpectMsg<Turnstile.Entered>();
        b.ExpectNoMsg(TimeSpan.FromMilliseconds(20));
        turnstile.Tell(Turnstile.Leave.Instance, a);
        b.ExpectMsg<Turnstile.Entered>();
        Sys.Stop(b);
        c.ExpectMsg<Turnstile.Entered>();
    }

    [Fact]
    public void A_writer_that_stopped_while_it_waited_does_not_hold_the_others_up()
    {
        var turnstile = Sys.ActorOf(Turnstile.Props(1));
        var (a, b, c) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        foreach (var writer in new[] { a, b, c }) turnstile.Tell(Turnstile.Enter.Instance, writer);
        a.ExpectMsg<Turnstile.Entered>();
        Watch(b);
        Sys.Stop(b);
        ExpectTerminated(b);
        turnstile.Tell(Turnstile.Leave.Instance, a);
        c.ExpectMsg<Turnstile.Entered>();
    }
}
