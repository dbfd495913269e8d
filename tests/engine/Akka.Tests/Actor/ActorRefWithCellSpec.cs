using Akka.Actor;

namespace Akka.Tests.Actor;

public sealed class ActorRefWithCellSpec : TestKit.Xunit2.TestKit
{
    [Fact]
    public void A_local_reference_shows_children_props_and_waiting_messages()
    {
        var parent = (ActorRefWithCell)Sys.ActorOf(Props.Create(() => new Parent()), "parent");
        parent.Tell("child", TestActor);
        ExpectMsg("made");
        Assert.Equal("child", Assert.Single(parent.Children).Path.Name);
        Assert.Equal(typeof(Parent), parent.Underlying.Props.Type);
        Assert.False(parent.Underlying.IsTerminated);
    }

    [Fact]
    public void A_suspended_actor_keeps_its_messages_until_it_is_resumed()
    {
        var actor = (ActorRefWithCell)Sys.ActorOf(Props.Create(() => new Parent()), "paused");
        actor.Underlying.Suspend();
        actor.Tell("one", TestActor);
        actor.Tell("two", TestActor);
        AwaitCondition(() => actor.Underlying.NumberOfMessages == 2 && actor.Underlying.HasMessages);
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        actor.Underlying.Resume(null!);
        ExpectMsg("made");
        ExpectMsg("made");
    }

    private sealed class Parent : ReceiveActor
    {
        public Parent() => Receive<string>(name =>
        {
            Context.ActorOf(Props.Create(() => new Parent()), name);
            Sender.Tell("made");
        });
    }
}
