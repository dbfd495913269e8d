using AkkaKube.Console.Documents;
using AkkaKube.Console.Tracing;

namespace AkkaKube.Console.Tests.Tracing;

public sealed class FlowStoryTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    [Fact]
    public void The_story_of_a_pod_begins_with_the_request_for_its_owner_and_leaves_others_out()
    {
        var story = FlowStory.Of("pods/default/web-1",
        [
            Span("6", "5", "Put", "pods/default/web-1", 6),
            Span("1", "0", "Create", "replicasets.apps/default/web", 1) with { From = "kubernetes-admin" },
            Span("2", "1", "Put", "replicasets.apps/default/web", 2),
            Span("3", "2", "Changes", "replicasets.apps/default/web", 3) with { To = "/user/apiserver/cache-replicasets.apps" },
            Span("4", "3", "Create", "pods/default/web-2", 5),
            Span("5", "3", "Create", "pods/default/web-1", 5) with { From = "/user/controllers/replicaset-controller" },
            Span("7", "1", "Put", "replicasets.apps/default/other", 2),
        ]);
        story.Rows.Select(r => $"{r[0].Text} {r[1].Text} {r[2].Text} {r[3].Text} {r[4].Text} {r[5].Text}".TrimEnd()).ShouldBe([
            "+0.000ms Create replicasets.apps/default/web kubernetes-admin to 1.000ms",
            "+1.000ms Put replicasets.apps/default/web from to 1.000ms",
            "+2.000ms Changes replicasets.apps/default/web from /user/apiserver/cache-replicasets.apps 1.000ms",
            "+2.000ms WatchEvents replicasets.apps/default/web /user/apiserver/cache-replicasets.apps /user/controllers/replicaset-controller 2.000ms",
            "+4.000ms Create pods/default/web-1 /user/controllers/replicaset-controller to 1.000ms",
            "+5.000ms Put pods/default/web-1 from to 1.000ms"]);
    }

    [Fact]
    public void A_story_whose_beginning_is_forgotten_begins_where_it_is_known() =>
        FlowStory.Of("pods/default/a", [Span("2", "1", "Put", "pods/default/a", 2)]).Rows.Count.ShouldBe(1);

    [Fact]
    public void Spans_that_name_each_other_as_parents_end_the_story() =>
        FlowStory.Of("pods/default/a", [Span("1", "2", "Put", "pods/default/a", 1), Span("2", "1", "Create", "pods/default/a", 2)]).Rows.Count.ShouldBe(2);

    [Fact]
    public void Of_nothing_there_is_no_story() => FlowStory.Of("pods/default/a", []).Rows.ShouldBe([]);

    private static ToldSpan Span(string id, string parent, string message, string about, int at) =>
        new("h1", "t", id, parent, message, about, "from", "to", Start.AddMilliseconds(at), TimeSpan.FromMilliseconds(1), at, "");
}
