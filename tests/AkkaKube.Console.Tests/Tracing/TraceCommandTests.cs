using System.Text.Json;
using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Client.Requests;
using AkkaKube.Client.Tracing;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;
using AkkaKube.Console.Tracing;

namespace AkkaKube.Console.Tests.Tracing;

public sealed class TraceCommandTests() : ConsoleKit("akkakube.tracing.ring = 100\nakkakube.seed = 1")
{
    private static readonly SpanIds Ids = new(new Random(1));

    [Fact]
    public void What_all_hosts_remember_of_an_object_and_its_owners_is_put_in_order()
    {
        var (api, h2) = (CreateTestProbe(), CreateTestProbe());
        var console = Console(Services with { ApiServer = api, Hosts = new FakeHosts("h1", ("h1", ActorRefs.Nobody), ("h2", h2)) });
        var change = Span(default, FlowMessages.Changes, Resource("apps", "replicasets"), "web", 1);
        var create = Span(change.Context, "Create", GroupVersionResource.Pods, "web-x", 2) with { User = "replicaset-controller" };
        FlowLog.Of(Sys).WriteChange(change);

        console.Tell(new ConsoleActor.Run(["kube", "trace", "po/web-x"]), TestActor);
        api.ExpectMsg<Get>(g => (g.Name, g.Namespace).ShouldBe(("web-x", "default")));
        api.Reply(new Succeeded(null, ApiObject.Of(new Pod { Metadata = new() { Name = "web-x", Namespace = "default", ResourceVersion = "2", OwnerReferences = [new OwnerReference { ApiVersion = "apps/v1", Kind = "ReplicaSet", Name = "web", Controller = true }] } }), []));
        api.ExpectMsg<Get>(g => g.Resource.Resource.ShouldBe("replicasets"));
        api.Reply(new Failed(null, StatusErrors.InternalError("gone")));
        h2.ExpectMsg(new ConsoleActor.Run(["console", "spans", "pods/default/web-x", "replicasets.apps/default/web"], Here: true));
        h2.Reply(new ConsoleActor.Ran("h2", new Document.Table(ToldSpan.Columns, [ToldSpan.Row(create)])));

        Rows(ExpectMsg<ConsoleActor.Ran>().Answer).Select(r => (r[1], r[2], r[7])).ShouldBe([
            ("Changes", "replicasets.apps/default/web", "h1"),
            ("WatchEvents", "replicasets.apps/default/web", "h1"),
            ("Create", "pods/default/web-x", "h2")]);
    }

    [Fact]
    public void What_nobody_remembers_is_said()
    {
        var api = CreateTestProbe();
        var console = Console(Services with { ApiServer = api });
        console.Tell(new ConsoleActor.Run(["kube", "trace", "node/n1"]), TestActor);
        api.ExpectMsg<Get>(g => g.Namespace.ShouldBeNull());
        api.Reply(new Failed(null, StatusErrors.InternalError("gone")));
        Failure(ExpectMsg<ConsoleActor.Ran>().Answer).Message.ShouldBe("no host remembers a message about nodes/n1");
        Failure(Run(console, "kube", "trace", "nonsense/x")).Code.ShouldBe(FailureCode.Usage);
    }

    [Fact]
    public void Spans_go_to_the_collector_with_their_ids_and_are_sent_again_when_it_did_not_answer()
    {
        var span = Span(default, "Create", GroupVersionResource.Pods, "a", 7) with { User = "kubernetes-admin", Note = "Ready" };
        FlowLog.Of(Sys).Write(span);
        var bodies = new System.Collections.Concurrent.ConcurrentQueue<byte[]>();
        Sys.ActorOf(OtlpExporter.Props("h1", TimeSpan.FromMilliseconds(10), body =>
        {
            bodies.Enqueue(body);
            return bodies.Count == 1 ? Task.FromException(new HttpRequestException("no collector")) : Task.CompletedTask;
        }));
        AwaitCondition(() => bodies.Count == 2);
        bodies.First().ShouldBe(bodies.Last());

        var json = JsonDocument.Parse(bodies.Last()).RootElement.GetProperty("resourceSpans")[0];
        json.GetProperty("resource").GetProperty("attributes")[1].GetProperty("value").GetProperty("stringValue").GetString().ShouldBe("h1");
        var sent = json.GetProperty("scopeSpans")[0].GetProperty("spans")[0];
        $"00-{sent.GetProperty("traceId").GetString()}-{sent.GetProperty("spanId").GetString()}-01".ShouldBe(span.Context.ToString());
        sent.TryGetProperty("parentSpanId", out _).ShouldBeFalse();
        sent.GetProperty("name").GetString().ShouldBe("Create pods");
        sent.GetProperty("startTimeUnixNano").GetString().ShouldBe("7000000");
        sent.GetProperty("endTimeUnixNano").GetString().ShouldBe("8000000");
    }

    private static GroupVersionResource Resource(string group, string resource) => new(group, "v1", resource);

    private static FlowSpan Span(TraceContext parent, string message, GroupVersionResource resource, string name, int at) =>
        new(parent == default ? Ids.NewTrace() : new TraceContext(parent.TraceId, Ids.Next()), parent.SpanId, message, resource, new ObjectKey(resource.Resource == "nodes" ? null : "default", name), DateTimeOffset.UnixEpoch.AddMilliseconds(at), TimeSpan.FromMilliseconds(1), at);
}
