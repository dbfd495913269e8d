using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Controllers.ReplicaSets;

namespace AkkaKube.Controllers.Tests.ReplicaSets;

public sealed class ReplicaSetTests
{
    private readonly MiniCluster _cluster = new();

    [Fact]
    public void Missing_pods_are_created_with_the_template_and_the_set_as_their_controller()
    {
        Settle(3);
        _cluster.Pods.Count.ShouldBe(3);
        _cluster.Pods.All.ShouldAllBe(p => p.Metadata.GenerateName == "w-" && p.Metadata.Labels == Some.Labels && p.Metadata.OwnerReferences.Single().Kind == "ReplicaSet");
        var status = _cluster.Sets[0].Status;
        (status.Replicas, status.FullyLabeledReplicas, status.ReadyReplicas, status.AvailableReplicas, status.TerminatingReplicas).ShouldBe((3, 3, 3, 3, 0));
    }

    [Fact]
    public void A_loose_pod_that_matches_is_adopted_and_counts()
    {
        _cluster.Put(Some.Pod("loose"));
        Settle(3);
        _cluster.Pods.Count.ShouldBe(3);
        _cluster.Pods.Find("default", "loose")!.Metadata.OwnerReferences.ShouldHaveSingleItem().Name.ShouldBe("w");
        _cluster.Events.Count(e => e.Contains("SuccessfulCreate")).ShouldBe(2);
    }

    [Fact]
    public void A_pod_that_no_longer_matches_is_released_and_replaced()
    {
        Settle(2);
        var pod = _cluster.Pods.All.First();
        _cluster.Put(pod with { Metadata = pod.Metadata with { Labels = [new("app", "free")] } });
        _cluster.Settle();
        _cluster.Pods.Count.ShouldBe(3);
        _cluster.Pods.Find("default", pod.Metadata.Name!)!.Metadata.OwnerReferences.ShouldBeEmpty();
    }

    [Fact]
    public void Pods_too_many_are_deleted_and_told()
    {
        Settle(3);
        Settle(1);
        _cluster.Pods.Count.ShouldBe(1);
        _cluster.Events.Count(e => e.StartsWith("ReplicaSet Normal SuccessfulDelete Deleted pod: w-")).ShouldBe(2);
    }

    [Fact]
    public void A_pod_on_its_way_out_is_terminating_and_no_replica()
    {
        Settle(2);
        var pod = _cluster.Pods.All.First();
        _cluster.Put(pod with { Metadata = pod.Metadata with { DeletionTimestamp = _cluster.Now } });
        _cluster.Step();
        (_cluster.Sets[0].Status.Replicas, _cluster.Sets[0].Status.TerminatingReplicas).ShouldBe((1, 1));
    }

    [Fact]
    public void An_ended_pod_is_replaced()
    {
        Settle(1);
        var pod = _cluster.Pods.All.Single();
        _cluster.Put(pod with { Status = pod.Status with { Phase = PodPhase.Failed } });
        _cluster.Settle();
        _cluster.Pods.Count.ShouldBe(2);
        _cluster.Sets[0].Status.Replicas.ShouldBe(1);
    }

    [Fact]
    public void A_refused_creation_is_a_condition_until_it_succeeds()
    {
        _cluster.Refuse = item => item is Pod ? new Status { Code = 403, Message = "exceeded quota" } : null;
        _cluster.Put(Some.ReplicaSet(2));
        _cluster.Step();
        var condition = _cluster.Sets[0].Status.Conditions.ShouldHaveSingleItem();
        (condition.Type, condition.Status, condition.Reason, condition.Message).ShouldBe(("ReplicaFailure", "True", "FailedCreate", "exceeded quota"));
        _cluster.Events.ShouldBe(["ReplicaSet Warning FailedCreate Error creating: exceeded quota"]);
        _cluster.Refuse = _ => null;
        _cluster.Settle();
        _cluster.Sets[0].Status.Conditions.ShouldBeEmpty();
    }

    [Fact]
    public void A_pod_is_available_when_it_was_ready_for_the_minimum()
    {
        var set = Some.ReplicaSet(1);
        _cluster.Put(set with { Spec = set.Spec with { MinReadySeconds = 10 } });
        _cluster.Settle();
        _cluster.Sets[0].Status.AvailableReplicas.ShouldBe(0);
        _cluster.Now += TimeSpan.FromSeconds(10);
        _cluster.Settle();
        _cluster.Sets[0].Status.AvailableReplicas.ShouldBe(1);
    }

    [Fact]
    public void At_most_500_pods_are_created_before_it_looks_again()
    {
        _cluster.Put(Some.ReplicaSet(1200));
        _cluster.Step();
        _cluster.Pods.Count.ShouldBe(500);
        _cluster.Settle();
        _cluster.Pods.Count.ShouldBe(1200);
    }

    public static TheoryData<string, Pod, Pod> Order => new()
    {
        { "one without a node", Some.Pod("a"), Some.Pod("b", "n1") },
        { "one that is pending", Some.Pod("a", "n1", phase: PodPhase.Pending), Some.Pod("b", "n1") },
        { "one that is not ready", Some.Pod("a", "n1", ready: false), Some.Pod("b", "n1") },
        { "one of lower cost", Cost(Some.Pod("a", "n1"), "-5"), Cost(Some.Pod("b", "n1"), "3") },
        { "one that restarted more often", Restarts(Some.Pod("a", "n1"), 3), Restarts(Some.Pod("b", "n1"), 1) },
        { "one that is much younger", Born(Some.Pod("a", "n1"), 1), Born(Some.Pod("b", "n1"), 1000) },
        { "one on a node with many of them", Some.Pod("a", "crowded"), Some.Pod("b", "n1") },
    };

    [Theory]
    [MemberData(nameof(Order))]
    public void What_goes_first_is(string which, Pod first, Pod second)
    {
        which.ShouldNotBeEmpty();
        Pod[] related = [first, second, Some.Pod("x", "crowded")];
        DeletionOrder.First(1, [second, first], related, _cluster.Now).ShouldHaveSingleItem().ShouldBe(first);
    }

    private static Pod Cost(Pod pod, string cost) => pod with { Metadata = pod.Metadata with { Annotations = [new("controller.kubernetes.io/pod-deletion-cost", cost)] } };

    private static Pod Restarts(Pod pod, int count) => pod with { Status = pod.Status with { ContainerStatuses = [new ContainerStatus { Name = "main", RestartCount = count }] } };

    private static Pod Born(Pod pod, int minutesAgo) => pod with { Metadata = pod.Metadata with { CreationTimestamp = new MiniCluster().Now.AddMinutes(-minutesAgo) } };

    private void Settle(int replicas)
    {
        var set = _cluster.ReplicaSets.Find("default", "w") ?? Some.ReplicaSet(replicas);
        _cluster.Put(set with { Spec = set.Spec with { Replicas = replicas } });
        _cluster.Settle();
    }
}
