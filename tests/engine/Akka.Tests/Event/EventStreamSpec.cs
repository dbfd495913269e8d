using Akka.Actor;
using Akka.Event;

namespace Akka.Tests.Event;

public sealed class EventStreamSpec : TestKit.Xunit2.TestKit
{
    private interface IMarked;

    private abstract record Base;

    private sealed record One(int Value) : Base, IMarked;

    private sealed record Two(int Value) : Base;

    [Fact]
    public void Subscribers_get_events_of_their_type_its_base_and_its_interfaces()
    {
        CreateTestProbe().Ref.ShouldNotBeNull();
        foreach (var channel in new[] { typeof(Base), typeof(IMarked) })
        {
            Sys.EventStream.Subscribe(TestActor, channel).ShouldBeTrue();
            Sys.EventStream.Publish(new One(1));
            ExpectMsg(new One(1));
            Sys.EventStream.Unsubscribe(TestActor, channel).ShouldBeTrue();
        }

        Sys.EventStream.Publish(new One(2));
        ExpectNoMsg(TimeSpan.FromMilliseconds(30));
    }

    [Fact]
    public void An_event_comes_once_to_who_subscribed_twice()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Base)).ShouldBeTrue();
        Sys.EventStream.Subscribe(TestActor, typeof(Base)).ShouldBeFalse();
        Sys.EventStream.Subscribe<One>(TestActor).ShouldBeTrue();
        Sys.EventStream.Publish(new One(1));
        ExpectMsg(new One(1));
        ExpectNoMsg(TimeSpan.FromMilliseconds(30));
    }

    [Fact]
    public void Unsubscribe_takes_one_or_all_back()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(One));
        Sys.EventStream.Subscribe(TestActor, typeof(Two));
        Sys.EventStream.Unsubscribe(TestActor, typeof(One)).ShouldBeTrue();
        Sys.EventStream.Publish(new One(1));
        Sys.EventStream.Publish(new Two(2));
        ExpectMsg(new Two(2));
        Sys.EventStream.Unsubscribe(TestActor).ShouldBeTrue();
        Sys.EventStream.Unsubscribe(TestActor).ShouldBeFalse();
        Sys.EventStream.Publish(new Two(3));
        ExpectNoMsg(TimeSpan.FromMilliseconds(30));
    }

    private sealed class Subscriber : ReceiveActor
    {
        public Subscriber(IActorRef report)
        {
            Context.System.EventStream.Subscribe(Self, typeof(Two));
            ReceiveAny(report.Tell);
        }
    }

    [Fact]
    public void A_stopped_subscriber_is_forgotten()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        var actor = Sys.ActorOf(Props.Create(() => new Subscriber(TestActor)));
        Watch(actor);
        actor.Tell("ready");
        ExpectMsg("ready");
        Sys.EventStream.Publish(new Two(1));
        ExpectMsg(new Two(1));
        Sys.Stop(actor);
        ExpectTerminated(actor);
        Sys.EventStream.Publish(new Two(2));
        ExpectNoMsg(TimeSpan.FromMilliseconds(30));
    }
}
