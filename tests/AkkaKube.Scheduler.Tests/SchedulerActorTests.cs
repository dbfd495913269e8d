using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Client.Requests;
using AkkaKube.Tests;

namespace AkkaKube.Scheduler.Tests;

/// <summary>What the scheduler asks of the API server.</summary>
public sealed class SchedulerActorTests : TestKit
{
    private readonly TestProbe _apiServer;
    private readonly IActorRef _scheduler;
    private readonly Dictionary<string, Watch> _watches = [];

    public SchedulerActorTests()
        : base(ReferenceConf.With("akkakube.seed = 1"))
    {
        _apiServer = CreateTestProbe();
        _scheduler = Sys.ActorOf(SchedulerActor.Props(_apiServer, SchedulerSettings.From(Sys.Settings.Config)));
        for (var i = 0; i < 5; i++)
        {
            var watch = _apiServer.ExpectMsg<Watch>();
            _watches[watch.Resource.Resource] = watch;
        }
    }

    [Fact]
    public void A_pod_is_bound_to_the_node_that_fits_and_the_event_says_so()
    {
        Sync("nodes", Make.Node("n1"));
        SyncTheRest("nodes", "pods");
        Sync("pods", Make.Pod("p"));
        var bind = _apiServer.ExpectMsg<Create>();
        (bind.Resource, bind.Name, bind.Subresource).ShouldBe((GroupVersionResource.Pods, "p", Subresource.Binding));
        ((Binding)bind.Object.Object!).Target.Name.ShouldBe("n1");
        _apiServer.Reply(new Succeeded(bind.Tag, ApiObject.Of(Make.Pod("p").On("n1")), []));
        var scheduled = (Event)_apiServer.ExpectMsg<Create>(e => e.Resource == GroupVersionResource.Events).Object.Object!;
        (scheduled.Reason, scheduled.Message).ShouldBe(("Scheduled", "Successfully assigned default/p to n1"));
    }

    [Fact]
    public void A_pod_that_fits_nowhere_gets_its_condition_and_is_bound_once_a_node_comes()
    {
        SyncTheRest("pods");
        Sync("pods", Make.Pod("p"));
        var patch = _apiServer.FishForMessage<Patch>(_ => true);
        System.Text.Encoding.UTF8.GetString(patch.Body.Span).ShouldContain("no nodes available to schedule pods");
        patch.Subresource.ShouldBe(Subresource.Status);
        Tell("nodes", new WatchEvent(WatchEventType.Added, ApiObject.Of(Make.Node("n1"))));
        var bind = (Create)_apiServer.FishForMessage(m => m is Create { Subresource: Subresource.Binding });
        ((Binding)bind.Object.Object!).Target.Name.ShouldBe("n1");
    }

    [Fact]
    public void A_binding_that_fails_gives_the_place_back_and_is_tried_again()
    {
        Sync("nodes", Make.Node("n1", pods: "1"));
        SyncTheRest("nodes", "pods");
        Sync("pods", Make.Pod("p"));
        var first = _apiServer.ExpectMsg<Create>();
        _apiServer.Reply(new Failed(first.Tag, new AkkaKube.Api.Meta.V1.Status { Code = 500, Message = "no luck" }));
        var second = (Create)_apiServer.FishForMessage(m => m is Create { Subresource: Subresource.Binding });
        second.Name.ShouldBe("p");
    }

    private void SyncTheRest(params string[] but)
    {
        foreach (var resource in _watches.Keys.Except(but).Where(r => r != "pods")) Sync(resource);
    }

    private void Sync(string resource, params IApiObject[] items) =>
        Tell(resource, [.. items.Select(o => new WatchEvent(WatchEventType.Added, ApiObject.Of(o))), new WatchEvent(WatchEventType.Bookmark, ApiObject.Of(new ConfigMap { Metadata = End }))]);

    private static ObjectMeta End => new() { ResourceVersion = "1", Annotations = Make.Map([("k8s.io/initial-events-end", "true")]) };

    private void Tell(string resource, params WatchEvent[] events) => _scheduler.Tell(new WatchEvents(_watches[resource].Tag, events), _apiServer);
}
