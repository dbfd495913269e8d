using AkkaKube.Api.Core.V1;
using AkkaKube.Client.Informers;
using AkkaKube.Client.Reconciler;
using AkkaKube.Controllers.PodGc;

namespace AkkaKube.Controllers.Tests;

public sealed class PodGcTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly Store<Pod> _pods = new();
    private readonly Store<Node> _nodes = new();
    private readonly PodGcReconciler _reconciler;

    public PodGcTests() => _reconciler = new PodGcReconciler(_pods, _nodes, new PodGcSettings { Quarantine = TimeSpan.FromSeconds(40), TerminatedThreshold = 2 });

    [Fact]
    public void A_pod_of_a_node_that_is_gone_for_the_quarantine_fails_and_is_deleted()
    {
        _pods.Put(Some.Pod("a", "gone"));
        Reconcile(Start).ShouldHaveSingleItem().ShouldBeOfType<RequeueAfter>().After.ShouldBe(TimeSpan.FromSeconds(40));
        var update = Reconcile(Start.AddSeconds(40)).ShouldHaveSingleItem().ShouldBeOfType<ApiWrite>();
        ((Pod)update.Object!).Status.Phase.ShouldBe(PodPhase.Failed);
        ((Pod)update.Object!).Status.Conditions.ShouldContain(c => c.Type == "DisruptionTarget" && c.Reason == "DeletionByPodGC" && c.Message == "PodGC: node no longer exists");
        update.Then!(null!).ShouldHaveSingleItem().ShouldBeOfType<ApiWrite>().IsDelete.ShouldBeTrue();
    }

    [Fact]
    public void A_node_that_comes_back_in_time_saves_its_pods()
    {
        _pods.Put(Some.Pod("a", "n1"));
        Reconcile(Start);
        _nodes.Put(Some.Node("n1"));
        Reconcile(Start.AddSeconds(40)).ShouldBeEmpty();
    }

    [Fact]
    public void A_pod_that_was_deleted_before_it_had_a_node_goes_at_once()
    {
        var pod = Some.Pod("a");
        _pods.Put(pod with { Metadata = pod.Metadata with { DeletionTimestamp = Start } });
        Reconcile(Start).ShouldHaveSingleItem().ShouldBeOfType<ApiWrite>().IsDelete.ShouldBeTrue();
    }

    [Fact]
    public void Of_ended_pods_the_oldest_go_when_there_are_too_many()
    {
        for (var i = 0; i < 3; i++)
        {
            var pod = Some.Pod($"p{i}", "n1", phase: PodPhase.Succeeded);
            _pods.Put(pod with { Metadata = pod.Metadata with { CreationTimestamp = Start.AddMinutes(i) } });
        }

        _reconciler.Reconcile(PodGcReconciler.Ended, Start).ShouldHaveSingleItem().ShouldBeOfType<ApiWrite>().Name.ShouldBe("p0");
    }

    private List<Write> Reconcile(DateTimeOffset now) => [.. _reconciler.Reconcile(new("default", "a"), now)];
}
