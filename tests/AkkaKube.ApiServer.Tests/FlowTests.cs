using AkkaKube.Api;
using AkkaKube.Client.Requests;
using AkkaKube.Client.Tracing;
using static AkkaKube.Api.GroupVersionResource;

namespace AkkaKube.ApiServer.Tests;

public sealed class FlowTests : ApiServerTest
{
    private static readonly UserInfo Controller = new("system:serviceaccount:kube-system:some-controller", ["system:masters"]);

    [Fact]
    public void A_write_leaves_the_request_the_write_to_the_shard_and_the_change()
    {
        var revision = Made(Make(ConfigMaps, Map("a"))).ResourceVersion;
        var (request, put, change) = Story("a", revision);
        (request.User, request.Parent, request.Message).ShouldBe(("kubernetes-admin", 0UL, "Create"));
        (put.Parent, put.Context.TraceId).ShouldBe((request.Context.SpanId, request.Context.TraceId));
        (change.Parent, change.Context.TraceId).ShouldBe((put.Context.SpanId, request.Context.TraceId));
        put.To!.Path.Name.ShouldBe("configmaps");
        change.To!.Path.Name.ShouldBe("cache-configmaps");
    }

    [Fact]
    public void A_request_goes_on_with_the_trace_of_its_client()
    {
        var context = new TraceContext(7, 8);
        var revision = Made(Ask(new Create(ConfigMaps, ObjectBody.Of(Map("a"))) { User = Admin, Namespace = Namespace, TraceParent = context.ToString() })).ResourceVersion;
        var (request, _, _) = Story("a", revision);
        (request.Context.TraceId, request.Parent).ShouldBe((context.TraceId, context.SpanId));
    }

    [Fact]
    public void What_a_change_brought_about_belongs_to_the_trace_of_the_change()
    {
        var cause = Made(Make(ConfigMaps, Map("cause"))).ResourceVersion;
        var (_, _, change) = Story("cause", cause);
        var made = Made(Ask(new Create(Secrets, ObjectBody.Of(new Api.Core.V1.Secret { Metadata = new() { Name = "effect" } })) { User = Controller, Namespace = Namespace, CausedBy = new CausedBy(ConfigMaps, cause) })).ResourceVersion;
        var (request, _, _) = Story("effect", made);
        (request.Parent, request.Context.TraceId).ShouldBe((change.Context.SpanId, change.Context.TraceId));
    }

    [Fact]
    public void A_component_goes_on_with_the_object_it_changes_and_a_person_begins_anew()
    {
        var created = Made(Make(ConfigMaps, Map("a"))).ResourceVersion;
        var (_, _, change) = Story("a", created);
        var changed = Made(Ask(new Update(ConfigMaps, "a", ObjectBody.Of(Map("a", "2"))) { User = Controller, Namespace = Namespace })).ResourceVersion;
        Story("a", changed).Request.Parent.ShouldBe(change.Context.SpanId);
        var again = Made(Ask(new Update(ConfigMaps, "a", ObjectBody.Of(Map("a", "3"))) { User = Admin, Namespace = Namespace })).ResourceVersion;
        Story("a", again).Request.Parent.ShouldBe(0UL);
    }

    [Fact]
    public void A_refused_request_leaves_nothing()
    {
        Made(Make(ConfigMaps, Map("a")));
        AwaitAssert(() => Of("a").Count.ShouldBe(3));
        Refused(Make(ConfigMaps, Map("a"))).Code.ShouldBe(409);
        Of("a").Count.ShouldBe(3);
    }

    private (FlowSpan Request, FlowSpan Put, FlowSpan Change) Story(string name, long revision)
    {
        List<FlowSpan> spans = [];
        AwaitAssert(() => (spans = [.. Of(name).Where(s => s.Revision == revision)]).Count.ShouldBe(3));
        return (spans.Single(s => s.User is not null), spans.Single(s => s.Message == FlowMessages.Put), spans.Single(s => s.Message == FlowMessages.Changes));
    }

    private List<FlowSpan> Of(string name) => [.. FlowLog.Of(Sys).From(0).Where(s => s.Key == new ObjectKey(Namespace, name))];
}
