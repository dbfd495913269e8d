using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Client.Informers;
using AkkaKube.Client.Requests;
using static AkkaKube.Client.Tests.Objects;

namespace AkkaKube.Client.Tests.Informers;

public sealed class InformerSetTests : TestKit
{
    private readonly TestProbe _apiServer;
    private readonly IActorRef _follower;

    public InformerSetTests()
    {
        _apiServer = CreateTestProbe("apiserver");
        _follower = Sys.ActorOf(Props.Create(() => new Follower(_apiServer, TestActor)));
    }

    [Fact]
    public void A_watch_begins_with_all_objects_and_is_synced_at_the_bookmark_behind_them()
    {
        var watch = _apiServer.ExpectMsg<Watch>(w => w.SendInitialEvents && w.AllowBookmarks && w.ResourceVersion == null);
        Tell(watch, Added(Pod("a")));
        ExpectMsg("Added a, synced False");
        Tell(watch, Bookmark(5, initialEventsEnd: true), Added(Pod("b", 6)));
        ExpectMsg("Added b, synced True");
    }

    [Fact]
    public void Changes_come_with_the_state_before_and_after()
    {
        var watch = Sync(Pod("a", 1));
        Tell(watch, Modified(Pod("a", 6, node: "n1")), Deleted(Pod("a", 7, node: "n1")));
        ExpectMsg("Modified a, synced True");
        ExpectMsg("Deleted a, synced True");
    }

    [Fact]
    public void A_watch_that_ends_goes_on_after_the_last_revision()
    {
        var watch = Sync(Pod("a", 1));
        Tell(watch, Modified(Pod("a", 9)));
        ExpectMsg("Modified a, synced True");
        _follower.Tell(new WatchEnded(watch.Tag, Status(500)), _apiServer);
        _apiServer.ExpectMsg<Watch>(w => w.ResourceVersion == "9" && !w.SendInitialEvents);
    }

    [Fact]
    public void When_the_revision_is_gone_all_objects_come_again_and_the_difference_is_told()
    {
        var watch = Sync(Pod("a", 1), Pod("b", 2), Pod("c", 3));
        _follower.Tell(new WatchEnded(watch.Tag, Status(410, "Expired")), _apiServer);
        var again = _apiServer.ExpectMsg<Watch>(w => w.SendInitialEvents && w.ResourceVersion == null);
        Tell(again, Added(Pod("b", 2)), Added(Pod("c", 8)), Bookmark(9, initialEventsEnd: true));
        ExpectMsg("Modified c, synced True");
        ExpectMsg("Deleted a, synced True");
    }

    [Fact]
    public void An_object_that_was_made_again_under_its_name_is_deleted_and_added()
    {
        var watch = Sync(Pod("a", 1));
        Tell(watch, Modified(Pod("a", 6, uid: "another")));
        ExpectMsg("Deleted a, synced True");
        ExpectMsg("Added a, synced True");
    }

    [Fact]
    public void What_an_earlier_watch_still_says_is_not_heard()
    {
        var watch = Sync();
        _follower.Tell(new WatchEnded(watch.Tag, Status(500)), _apiServer);
        var again = _apiServer.ExpectMsg<Watch>();
        Tell(watch, Added(Pod("late", 6)));
        Tell(again, Added(Pod("b", 7)));
        ExpectMsg("Added b, synced True");
    }

    [Fact]
    public void A_refused_watch_is_tried_again()
    {
        var watch = _apiServer.ExpectMsg<Watch>();
        _follower.Tell(new Failed(watch.Tag, Status(429)), _apiServer);
        _apiServer.ExpectMsg<Watch>(w => w.SendInitialEvents);
    }

    [Fact]
    public void When_the_API_server_dies_the_next_one_at_its_path_is_watched_from_the_last_revision()
    {
        var registry = Sys.ActorOf(Props.Create(() => new Forwarder(TestActor)), "server");
        var follower = Sys.ActorOf(Props.Create(() => new Follower(registry, TestActor)));
        var watch = ExpectMsg<Watch>();
        follower.Tell(new WatchEvents(watch.Tag, [Bookmark(5, initialEventsEnd: true)]));
        Watch(registry);
        Sys.Stop(registry);
        ExpectTerminated(registry);
        AwaitAssert(() => Sys.ActorOf(Props.Create(() => new Forwarder(TestActor)), "server"));
        ExpectMsg<Watch>(TimeSpan.FromSeconds(10)).ResourceVersion.ShouldBe("5");
    }

    private Watch Sync(params Pod[] pods)
    {
        var watch = _apiServer.ExpectMsg<Watch>();
        Tell(watch, [.. pods.Select(Added), Bookmark(5, initialEventsEnd: true)]);
        foreach (var pod in pods) ExpectMsg($"Added {pod.Metadata.Name}, synced False");
        return watch;
    }

    private void Tell(Watch watch, params WatchEvent[] events) => _follower.Tell(new WatchEvents(watch.Tag, events), _apiServer);

    private sealed class Follower : ReceiveActor
    {
        public Follower(IActorRef apiServer, IActorRef listener)
        {
            var informers = new InformerSet(Context, apiServer, new UserInfo("me", []), new Random(1));
            informers.Follow<Pod>(GroupVersionResource.Pods, c => listener.Tell($"{c.Type} {c.Object.Metadata.Name}, synced {informers.HasSynced}"));
            ReceiveAny(message => informers.Handle(message));
        }
    }

    private sealed class Forwarder : ReceiveActor
    {
        public Forwarder(IActorRef to) => ReceiveAny(to.Tell);
    }
}
