using Akka.Actor;

namespace Akka.Tests.Actor;

public sealed class ActorSelectionSpec : TestKit.Xunit2.TestKit
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private sealed class Node : ReceiveActor
    {
        public sealed record Create(string Name);
        public sealed record Select(string Path, object Message);

        public Node()
        {
            Receive<Create>(c => Sender.Tell(Context.ActorOf(Props.Create(() => new Node()), c.Name)));
            Receive<Select>(s => Context.ActorSelection(s.Path).Tell(s.Message, Sender));
            Receive<string>(s => Sender.Tell($"{s}@{Self.Path.Name}"));
        }
    }

    private readonly IActorRef _a;
    private readonly IActorRef _a1;
    private readonly IActorRef _a2;

    public ActorSelectionSpec()
    {
        _a = Sys.ActorOf(Props.Create(() => new Node()), "a");
        _a.Tell(new Node.Create("one"));
        _a1 = ExpectMsg<IActorRef>();
        _a.Tell(new Node.Create("two"));
        _a2 = ExpectMsg<IActorRef>();
    }

    [Fact]
    public void A_full_path_a_path_from_the_root_and_a_path_object_find_the_actor()
    {
        Sys.ActorSelection(_a1.Path.ToString()).Tell("x");
        ExpectMsg("x@one");
        Sys.ActorSelection("/user/a/two").Tell("x");
        ExpectMsg("x@two");
        Sys.ActorSelection(_a.Path).Tell("x");
        ExpectMsg("x@a");
    }

    [Theory]
    [InlineData("one", "x@one")]
    [InlineData("../a/two", "x@two")]
    [InlineData("/user/a", "x@a")]
    [InlineData("one/../two", "x@two")]
    public void A_relative_path_begins_at_the_actor(string path, string answer)
    {
        _a.Tell(new Node.Select(path, "x"));
        ExpectMsg(answer);
    }

    [Fact]
    public void A_pattern_finds_all_that_fit()
    {
        Sys.ActorSelection("/user/a/*").Tell("x");
        ExpectMsgAllOf("x@one", "x@two");
        Sys.ActorSelection("/user/a/?n*").Tell("x");
        ExpectMsg("x@one");
        ExpectNoMsg(TimeSpan.FromMilliseconds(30));
    }

    [Fact]
    public async Task ResolveOne_gives_the_reference_or_throws()
    {
        (await Sys.ActorSelection("/user/a/one").ResolveOne(Patience)).ShouldBe(_a1);
        await Should.ThrowAsync<ActorNotFoundException>(Sys.ActorSelection("/user/a/none").ResolveOne(Patience));
    }

    [Fact]
    public void Identify_is_answered_by_the_actor_and_in_the_place_of_the_absent()
    {
        Sys.ActorSelection("/user/a/two").Tell(new Identify(7));
        var found = ExpectMsg<ActorIdentity>();
        found.MessageId.ShouldBe(7);
        found.Subject.ShouldBe(_a2);
        Sys.ActorSelection("/user/none").Tell(new Identify(8));
        var absent = ExpectMsg<ActorIdentity>();
        absent.MessageId.ShouldBe(8);
        absent.Subject.ShouldBeNull();
    }

    [Fact]
    public void A_uid_in_the_path_names_the_incarnation()
    {
        Sys.ActorSelection(_a1.Path.ToSerializationFormat()).Tell("x");
        ExpectMsg("x@one");
        Sys.ActorSelection(_a1.Path + "#1").Tell(new Identify(1));
        ExpectMsg<ActorIdentity>().Subject.ShouldBeNull();
    }

    [Fact]
    public void A_message_to_the_absent_is_a_dead_letter()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Akka.Event.DeadLetter));
        Sys.ActorSelection("/user/none").Tell("lost");
        ExpectMsg<Akka.Event.DeadLetter>().Message.ShouldBe("lost");
    }
}
