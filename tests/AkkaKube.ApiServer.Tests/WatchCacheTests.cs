using Akka.TestKit;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Client.Requests;
using static AkkaKube.Api.GroupVersionResource;
using Watch = AkkaKube.Client.Requests.Watch;

namespace AkkaKube.ApiServer.Tests;

public sealed class WatchCacheTests() : ApiServerTest("akkakube.apiserver { history-events = 50, freshness-timeout = 200ms, bookmark-interval = 100ms }")
{
    private TestProbe Follow(Watch watch)
    {
        var probe = CreateTestProbe();
        ApiServer.Tell(watch, probe);
        return probe;
    }

    private static Watch All => new(ConfigMaps) { User = Admin, Namespace = Namespace };

    private static List<(WatchEventType, string)> Next(TestProbe probe, int count)
    {
        var seen = new List<(WatchEventType, string)>();
        while (seen.Count < count) seen.AddRange(probe.ExpectMsg<WatchEvents>(TimeSpan.FromSeconds(5)).Events.Select(one => (one.Type, one.Object.Key.Name)));
        return seen;
    }

    [Fact]
    public void A_list_sees_every_write_that_was_acknowledged_before_it()
    {
        for (var i = 0; i < 50; i++)
        {
            var made = Made(Make(ConfigMaps, Map($"m{i:00}")));
            var listed = List(new List(ConfigMaps) { User = Admin, Namespace = Namespace });
            listed.Items.Count.ShouldBe(i + 1);
            listed.ResourceVersion.ShouldBeGreaterThanOrEqualTo(made.ResourceVersion);
        }
    }

    [Fact]
    public void A_list_of_nothing_is_an_empty_list() =>
        List(new List(Pods) { User = Admin, Namespace = "default" }).Items.Select(item => item.Key.Name).ShouldBeEmpty();

    [Fact]
    public void Pages_of_a_list_are_of_one_moment()
    {
        for (var i = 0; i < 10; i++) Made(Make(ConfigMaps, Map($"m{i}")));
        var first = List(new List(ConfigMaps) { User = Admin, Namespace = Namespace, Limit = 4 });
        first.RemainingItemCount.ShouldBe(6);
        Made(Remove(ConfigMaps, "m5"));
        Made(Make(ConfigMaps, Map("m55")));
        var second = List(new List(ConfigMaps) { User = Admin, Namespace = Namespace, Limit = 4, Continue = first.Continue });
        second.ResourceVersion.ShouldBe(first.ResourceVersion);
        second.Items.Select(item => item.Key.Name).ShouldBe(["m4", "m5", "m6", "m7"]);
        var third = List(new List(ConfigMaps) { User = Admin, Namespace = Namespace, Limit = 4, Continue = second.Continue });
        third.Items.Select(item => item.Key.Name).ShouldBe(["m8", "m9"]);
        third.Continue.ShouldBeNull();
    }

    [Fact]
    public void A_list_of_an_exact_revision_is_what_there_was()
    {
        var made = Made(Make(ConfigMaps, Map("a", "old")));
        Made(Replace(ConfigMaps, Map("a", "new")));
        Made(Make(ConfigMaps, Map("b")));
        var then = List(new List(ConfigMaps) { User = Admin, Namespace = Namespace, ResourceVersion = made.ResourceVersion.ToString(), ResourceVersionMatch = "Exact" });
        then.Items.Single().As<ConfigMap>().Data["k"].ShouldBe("old");
    }

    [Fact]
    public void A_page_of_a_forgotten_revision_is_expired_and_says_how_to_go_on()
    {
        for (var i = 0; i < 5; i++) Made(Make(ConfigMaps, Map($"m{i}")));
        var first = List(new List(ConfigMaps) { User = Admin, Namespace = Namespace, Limit = 2 });
        for (var i = 0; i < 60; i++) Made(Replace(ConfigMaps, Map("m0", i.ToString())));
        var expired = Refused(Ask(new List(ConfigMaps) { User = Admin, Namespace = Namespace, Limit = 2, Continue = first.Continue }));
        expired.Code.ShouldBe(410);
        expired.Reason.ShouldBe("Expired");
        List(new List(ConfigMaps) { User = Admin, Namespace = Namespace, Continue = expired.Metadata.Continue }).Items.Select(item => item.Key.Name).ShouldBe(["m2", "m3", "m4"]);
    }

    [Fact]
    public void A_revision_that_never_comes_times_out()
    {
        var refused = Refused(Ask(new List(ConfigMaps) { User = Admin, Namespace = Namespace, ResourceVersion = "99999999999" }));
        refused.Code.ShouldBe(504);
        refused.Message.ShouldStartWith("Timeout: Too large resource version: 99999999999, current: ");
    }

    [Fact]
    public void A_watch_starts_with_what_there_is_and_goes_on_with_what_happens()
    {
        Made(Make(ConfigMaps, Map("a")));
        var probe = Follow(All);
        Next(probe, 1).ShouldBe([(WatchEventType.Added, "a")]);
        Made(Replace(ConfigMaps, Map("a", "2")));
        Made(Make(ConfigMaps, Map("b")));
        Made(Remove(ConfigMaps, "a"));
        Next(probe, 3).ShouldBe([(WatchEventType.Modified, "a"), (WatchEventType.Added, "b"), (WatchEventType.Deleted, "a")]);
    }

    [Fact]
    public void A_watch_from_a_revision_gets_what_came_after_it()
    {
        var made = Made(Make(ConfigMaps, Map("a")));
        Made(Make(ConfigMaps, Map("b")));
        var probe = Follow(All with { ResourceVersion = made.ResourceVersion.ToString() });
        Next(probe, 1).ShouldBe([(WatchEventType.Added, "b")]);
    }

    [Fact]
    public void A_watch_from_a_forgotten_revision_is_over_at_once()
    {
        var made = Made(Make(ConfigMaps, Map("a")));
        for (var i = 0; i < 60; i++) Made(Replace(ConfigMaps, Map("a", i.ToString())));
        Follow(All with { ResourceVersion = made.ResourceVersion.ToString() }).ExpectMsg<WatchEnded>().Status.Reason.ShouldBe("Expired");
    }

    [Fact]
    public void An_object_that_starts_or_ceases_to_match_comes_and_goes()
    {
        var probe = Follow(All with { LabelSelector = "app=web" });
        Made(Make(ConfigMaps, Map("a")));
        Made(Replace(ConfigMaps, Map("a", "1", ("app", "web"))));
        Made(Replace(ConfigMaps, Map("a", "2", ("app", "web"))));
        var left = Made(Replace(ConfigMaps, Map("a", "3", ("app", "db"))));
        Made(Remove(ConfigMaps, "a"));
        Next(probe, 2).ShouldBe([(WatchEventType.Added, "a"), (WatchEventType.Modified, "a")]);
        var gone = probe.ExpectMsg<WatchEvents>().Events.Single();
        gone.Type.ShouldBe(WatchEventType.Deleted);
        gone.Object.As<ConfigMap>().Data["k"].ShouldBe("2", "the last state that matched");
        gone.Object.ResourceVersion.ShouldBe(left.ResourceVersion);
        gone.Object.ToString().ShouldContain($"\"resourceVersion\":\"{left.ResourceVersion}\"");
    }

    [Fact]
    public void The_pods_of_a_node_are_told_to_its_kubelet_alone()
    {
        var one = Follow(new Watch(Pods) { User = Admin, FieldSelector = "spec.nodeName=node-1" });
        var two = Follow(new Watch(Pods) { User = Admin, FieldSelector = "spec.nodeName=node-2" });
        Made(Make(Pods, Pod("p") with { Spec = Pod("p").Spec with { NodeName = "node-1" } }));
        Made(Make(Pods, Pod("q") with { Spec = Pod("q").Spec with { NodeName = "node-2" } }));
        Next(one, 1).ShouldBe([(WatchEventType.Added, "p")]);
        Next(two, 1).ShouldBe([(WatchEventType.Added, "q")]);
        one.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        List(new List(Pods) { User = Admin, FieldSelector = "spec.nodeName=node-2" }).Items.Single().Key.Name.ShouldBe("q");
    }

    [Fact]
    public void Initial_events_end_with_a_bookmark()
    {
        Made(Make(ConfigMaps, Map("a")));
        var events = Follow(All with { SendInitialEvents = true, AllowBookmarks = true }).ExpectMsg<WatchEvents>().Events;
        events.Select(one => one.Type).ShouldBe([WatchEventType.Added, WatchEventType.Bookmark]);
        events[1].Object.ToString().ShouldContain("k8s.io/initial-events-end");
    }

    [Fact]
    public void Bookmarks_come_to_those_who_want_them()
    {
        var made = Made(Make(ConfigMaps, Map("a")));
        var probe = Follow(All with { ResourceVersion = made.ResourceVersion.ToString(), AllowBookmarks = true });
        probe.ExpectMsg<WatchEvents>(TimeSpan.FromSeconds(5)).Events.Single().ShouldSatisfyAllConditions(
            one => one.Type.ShouldBe(WatchEventType.Bookmark), one => one.Object.ResourceVersion.ShouldBe(made.ResourceVersion));
    }

    [Fact]
    public void A_stopped_watch_hears_no_more()
    {
        var probe = Follow(All with { Tag = "w" });
        Made(Make(ConfigMaps, Map("a")));
        Next(probe, 1);
        ApiServer.Tell(new StopWatch(ConfigMaps, "w"), probe);
        Made(Make(ConfigMaps, Map("b")));
        probe.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
    }
}
