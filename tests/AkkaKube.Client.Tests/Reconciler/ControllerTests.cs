using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Client.Informers;
using AkkaKube.Client.Ownership;
using AkkaKube.Client.Reconciler;
using AkkaKube.Client.Requests;
using AkkaKube.Tests;
using static AkkaKube.Client.Tests.Objects;

namespace AkkaKube.Client.Tests.Reconciler;

public sealed class ControllerTests : TestKit
{
    private readonly TestProbe _apiServer;

    public ControllerTests()
        : base(ReferenceConf.With("akkakube.seed = 1\nakkakube.controllers.patience = 2s")) => _apiServer = CreateTestProbe("apiserver");

    [Fact]
    public void A_key_is_reconciled_when_everything_has_synced()
    {
        var (controller, watch) = Start((key, _) => [Write.Record(Pod(key.Name), "Normal", "Seen", "Saw it")]);
        Tell(controller, watch, Added(Pod("a")));
        _apiServer.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Tell(controller, watch, Bookmark(5, initialEventsEnd: true));
        var e = (Event)_apiServer.ExpectMsg<Create>(c => c.Resource == GroupVersionResource.Events).Object.Object!;
        (e.Reason, e.InvolvedObject.Name, e.Source.Component, e.ReportingComponent).ShouldBe(("Seen", "a", "test-controller", "test-controller"));
    }

    [Fact]
    public void A_write_carries_the_user_of_the_controller_and_what_follows_it_is_done()
    {
        var (controller, watch) = Start((_, _) => [Write.Delete(GroupVersionResource.Pods, Pod("a")) with { Then = _ => [Write.Create(GroupVersionResource.Pods, Pod("b"))] }]);
        Sync(controller, watch, Pod("a"));
        var delete = _apiServer.ExpectMsg<Delete>(d => d.User.Name == "system:serviceaccount:kube-system:test-controller" && d.Options.PreconditionUid == "uid-a");
        Succeed(controller, delete, Pod("a"));
        _apiServer.ExpectMsg<Create>(c => c.Object.Object!.Metadata.Name == "b");
    }

    [Fact]
    public void A_write_says_which_change_brought_it_about()
    {
        var (controller, watch) = Start((_, pods) => [Write.UpdateStatus(GroupVersionResource.Pods, pods.Find("default", "a")!)]);
        Sync(controller, watch, Pod("a"));
        var first = _apiServer.ExpectMsg<Update>(u => u.CausedBy.ShouldBe(new Client.Tracing.CausedBy(GroupVersionResource.Pods, 1)));
        Succeed(controller, first, Pod("a", 8));
        Tell(controller, watch, Modified(Pod("a", 8)));
        _apiServer.ExpectMsg<Update>(u => u.CausedBy.ShouldBe(new Client.Tracing.CausedBy(GroupVersionResource.Pods, 8)));
    }

    [Fact]
    public void A_key_is_not_reconciled_again_before_its_writes_were_seen()
    {
        var (controller, watch) = Start((_, pods) => [Write.UpdateStatus(GroupVersionResource.Pods, pods.Find("default", "a")!)]);
        Sync(controller, watch, Pod("a"));
        var update = _apiServer.ExpectMsg<Update>();
        Tell(controller, watch, Modified(Pod("a", 6)));
        Succeed(controller, update, Pod("a", 8));
        _apiServer.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
        Tell(controller, watch, Modified(Pod("a", 8)));
        _apiServer.ExpectMsg<Update>(u => u.Object.Object!.Metadata.ResourceVersion == "8");
    }

    [Fact]
    public void A_key_is_not_reconciled_again_before_its_deletes_were_seen()
    {
        var (controller, watch) = Start((key, pods) => key.Name == "a" ? [Write.Delete(GroupVersionResource.Pods, Pod("b"))] : []);
        Sync(controller, watch, Pod("a"), Pod("b"));
        Succeed(controller, _apiServer.ExpectMsg<Delete>(), Pod("b"));
        Tell(controller, watch, Modified(Pod("a", 6)));
        _apiServer.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
        Tell(controller, watch, Deleted(Pod("b", 7)));
        _apiServer.ExpectMsg<Delete>();
    }

    [Fact]
    public void A_refused_write_has_the_key_tried_again()
    {
        var (controller, watch) = Start((_, _) => [Write.UpdateStatus(GroupVersionResource.Pods, Pod("a"))]);
        Sync(controller, watch, Pod("a"));
        Fail(controller, _apiServer.ExpectMsg<Update>(), 409);
        _apiServer.ExpectMsg<Update>();
    }

    [Fact]
    public void A_refusal_that_is_expected_is_answered_and_not_tried_again()
    {
        var (controller, watch) = Start((_, _) => [Write.Create(GroupVersionResource.Pods, Pod("b")) with { Otherwise = _ => [Write.Delete(GroupVersionResource.Pods, Pod("a"))] }]);
        Sync(controller, watch, Pod("a"));
        Fail(controller, _apiServer.ExpectMsg<Create>(), 409);
        Succeed(controller, _apiServer.ExpectMsg<Delete>(), Pod("a"));
        _apiServer.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public void A_slow_start_doubles_as_long_as_nothing_is_refused_and_stops_then()
    {
        IReadOnlyList<Failed>? failures = null;
        var writes = Enumerable.Range(0, 20).Select(Write (i) => Write.Create(GroupVersionResource.Pods, Pod($"p{i}"))).ToList();
        var (controller, watch) = Start((_, _) => [Write.SlowStart(writes, f => { failures = f; return [Write.Delete(GroupVersionResource.Pods, Pod("a"))]; })]);
        Sync(controller, watch, Pod("a"));
        foreach (var size in new[] { 1, 2, 4 })
        {
            var batch = Enumerable.Range(0, size).Select(_ => _apiServer.ExpectMsg<Create>()).ToList();
            _apiServer.ExpectNoMsg(TimeSpan.FromMilliseconds(20));
            foreach (var create in batch)
                if (size == 4 && create == batch[0]) Fail(controller, create, 403);
                else Succeed(controller, create, Pod("x", 2));
        }

        _apiServer.ExpectMsg<Delete>();
        failures!.Count.ShouldBe(1);
    }

    [Fact]
    public void A_batch_of_which_some_is_over_at_once_is_followed_once_and_when_all_is_through()
    {
        var follows = 0;
        Write empty = Write.All([], _ => []);
        Write batch = Write.All([empty, Write.Requeue(TimeSpan.FromHours(1)), Write.Create(GroupVersionResource.Pods, Pod("b")), empty], _ => ++follows == 1 ? [Write.Delete(GroupVersionResource.Pods, Pod("a"))] : []);
        var (controller, watch) = Start((_, _) => [batch]);
        Sync(controller, watch, Pod("a"));
        var create = _apiServer.ExpectMsg<Create>();
        _apiServer.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Succeed(controller, create, Pod("b", 2));
        _apiServer.ExpectMsg<Delete>();
        follows.ShouldBe(1);
    }

    [Fact]
    public void A_reconciler_that_throws_is_asked_again()
    {
        var calls = 0;
        var (controller, watch) = Start((_, _) => ++calls == 1 ? throw new InvalidOperationException("first time") : [Write.Delete(GroupVersionResource.Pods, Pod("a"))]);
        Sync(controller, watch, Pod("a"));
        _apiServer.ExpectMsg<Delete>();
    }

    [Fact]
    public void A_requeued_key_comes_again_after_its_time()
    {
        var calls = 0;
        var (controller, watch) = Start((_, _) => ++calls == 1 ? [Write.Requeue(TimeSpan.FromMilliseconds(50))] : [Write.Delete(GroupVersionResource.Pods, Pod("a"))]);
        Sync(controller, watch, Pod("a"));
        _apiServer.ExpectMsg<Delete>();
    }

    [Fact]
    public void An_event_that_repeats_is_counted_up_by_a_patch()
    {
        var (controller, watch) = Start((key, _) => [Write.Record(Pod("x"), "Normal", "Seen", "Saw it")]);
        Sync(controller, watch, Pod("a"));
        var name = _apiServer.ExpectMsg<Create>().Object.Object!.Metadata.Name;
        Tell(controller, watch, Modified(Pod("a", 6)));
        var patch = _apiServer.ExpectMsg<Patch>(p => p.Resource == GroupVersionResource.Events && p.Name == name);
        System.Text.Encoding.UTF8.GetString(patch.Body.Span).ShouldContain("\"count\":2");
    }

    [Fact]
    public void An_event_without_a_namespace_to_live_in_is_sent_again()
    {
        var (controller, watch) = Start((key, _) => [Write.Record(Pod("x"), "Normal", "Seen", "Saw it")]);
        Sync(controller, watch, Pod("a"));
        var first = _apiServer.ExpectMsg<Create>();
        Fail(controller, first, 404);
        var again = _apiServer.ExpectMsg<Create>(TimeSpan.FromSeconds(10));
        again.Object.Object.ShouldBe(first.Object.Object);
    }

    [Fact]
    public void What_was_under_way_when_the_API_server_went_is_tried_again_with_the_next_one()
    {
        var first = Sys.ActorOf(Props.Create(() => new Forwarder(_apiServer)), "server");
        var (controller, watch) = Start((_, _) => [Write.Delete(GroupVersionResource.Pods, Pod("a"))], first);
        Sync(controller, watch, Pod("a"));
        _apiServer.ExpectMsg<Delete>();
        Watch(first);
        Sys.Stop(first);
        ExpectTerminated(first);
        _apiServer.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        AwaitAssert(() => Sys.ActorOf(Props.Create(() => new Forwarder(_apiServer)), "server"));
        _apiServer.FishForMessage(m => m is Delete, TimeSpan.FromSeconds(10)).ShouldNotBeNull();
    }

    private (IActorRef Controller, Watch Watch) Start(Func<ObjectKey, Lister<Pod>, IEnumerable<Write>> reconcile, IActorRef? apiServer = null)
    {
        var spec = new ControllerSpec("test-controller", setup =>
        {
            var pods = setup.Follow<Pod>(GroupVersionResource.Pods, change => change.New is null ? [] : [change.Object.Metadata.Key()]);
            return new Scripted(key => reconcile(key, pods));
        });
        var controller = Sys.ActorOf(Controller.Props(spec, apiServer ?? _apiServer, ControllerSettings.From(Sys.Settings.Config)));
        return (controller, _apiServer.ExpectMsg<Watch>());
    }

    private void Sync(IActorRef controller, Watch watch, params Pod[] pods) => Tell(controller, watch, [.. pods.Select(Added), Bookmark(5, initialEventsEnd: true)]);

    private void Tell(IActorRef controller, Watch watch, params WatchEvent[] events) => controller.Tell(new WatchEvents(watch.Tag, events), _apiServer);

    private void Succeed(IActorRef controller, ApiRequest request, Pod pod) => controller.Tell(new Succeeded(request.Tag, Stored(pod), []), _apiServer);

    private void Fail(IActorRef controller, ApiRequest request, int code) => controller.Tell(new Failed(request.Tag, Status(code)), _apiServer);

    private sealed class Forwarder : ReceiveActor
    {
        public Forwarder(IActorRef to) => ReceiveAny(to.Forward);
    }

    private sealed class Scripted(Func<ObjectKey, IEnumerable<Write>> reconcile) : IReconciler
    {
        public IEnumerable<Write> Reconcile(ObjectKey key, DateTimeOffset now) => reconcile(key);
    }
}
