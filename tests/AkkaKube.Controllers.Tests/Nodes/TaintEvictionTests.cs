using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Client.Informers;
using AkkaKube.Client.Reconciler;
using AkkaKube.Client.Requests;
using AkkaKube.Controllers.Nodes;

namespace AkkaKube.Controllers.Tests.Nodes;

public sealed class TaintEvictionTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Taint Unreachable = new() { Key = "node.kubernetes.io/unreachable", Effect = "NoExecute", TimeAdded = Start };

    [Fact]
    public void A_pod_that_does_not_tolerate_the_taint_leaves_at_once() => Deadline().ShouldBe(Start.AddSeconds(7));

    [Fact]
    public void A_pod_that_tolerates_it_for_some_time_leaves_that_long_after_the_taint() =>
        Deadline(new Toleration { Key = Unreachable.Key, Operator = "Exists", Effect = "NoExecute", TolerationSeconds = 300 }).ShouldBe(Start.AddSeconds(300));

    [Fact]
    public void The_shortest_of_several_tolerations_counts() =>
        Deadline(new Toleration { Operator = "Exists", TolerationSeconds = 300 }, new Toleration { Key = Unreachable.Key, Operator = "Exists", TolerationSeconds = 30 }).ShouldBe(Start.AddSeconds(30));

    [Fact]
    public void A_pod_that_tolerates_it_for_ever_stays() => Deadline(new Toleration { Operator = "Exists" }).ShouldBeNull();

    [Fact]
    public void A_toleration_of_another_value_does_not_count() =>
        Deadline(new Toleration { Key = Unreachable.Key, Operator = "Equal", Value = "other" }).ShouldBe(Start.AddSeconds(7));

    [Fact]
    public void The_pod_is_marked_as_disrupted_and_then_deleted_and_told()
    {
        var pods = new Store<Pod>(Some.Pod("a", "n1"));
        var writes = new TaintEvictionReconciler(pods, new Store<Node>(Some.Node("n1", "Unknown", Unreachable))).Reconcile(new("default", "a"), Start).ToList();
        writes.OfType<RecordEvent>().ShouldHaveSingleItem().Message.ShouldBe("Marking for deletion Pod default/a");
        var update = writes.OfType<ApiWrite>().ShouldHaveSingleItem();
        ((Pod)update.Object!).Status.Conditions.ShouldContain(c => c.Type == "DisruptionTarget" && c.Reason == "DeletionByTaintManager");
        update.Then!(null!).ShouldHaveSingleItem().ShouldBeOfType<ApiWrite>().IsDelete.ShouldBeTrue();
    }

    [Fact]
    public void When_the_taint_goes_in_time_the_pod_stays()
    {
        var pods = new Store<Pod>(Some.Pod("a", "n1") with { Spec = Some.Pod("a", "n1").Spec with { Tolerations = [new Toleration { Operator = "Exists", TolerationSeconds = 300 }] } });
        var nodes = new Store<Node>(Some.Node("n1", "Unknown", Unreachable));
        var reconciler = new TaintEvictionReconciler(pods, nodes);
        reconciler.Reconcile(new("default", "a"), Start).ShouldHaveSingleItem().ShouldBeOfType<RequeueAfter>().After.ShouldBe(TimeSpan.FromSeconds(300));
        nodes.Put(Some.Node("n1"));
        reconciler.Reconcile(new("default", "a"), Start.AddSeconds(9)).ShouldHaveSingleItem().ShouldBeOfType<RecordEvent>().Message.ShouldBe("Cancelling deletion of Pod default/a");
    }

    private static DateTimeOffset? Deadline(params Toleration[] tolerations)
    {
        var pod = Some.Pod("a", "n1");
        return TaintEvictionReconciler.Deadline(pod with { Spec = pod.Spec with { Tolerations = [.. tolerations] } }, [Unreachable], Start.AddSeconds(7));
    }
}
