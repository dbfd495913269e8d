using AkkaKube.Api;
using AkkaKube.Api.Coordination.V1;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Client.Informers;
using AkkaKube.Client.Reconciler;
using AkkaKube.Client.Requests;
using AkkaKube.Controllers.Nodes;
using ConditionStatus = AkkaKube.Api.Core.V1.ConditionStatus;

namespace AkkaKube.Controllers.Tests.Nodes;

public sealed class NodeLifecycleTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly Store<Node> _nodes = new();
    private readonly Store<Lease> _leases = new();
    private readonly Store<Pod> _pods = new();
    private readonly NodeReadiness _readiness = new();
    private readonly NodeLifecycleReconciler _reconciler;

    public NodeLifecycleTests() =>
        _reconciler = new NodeLifecycleReconciler(_nodes, _leases, _pods, new Heartbeats(), _readiness, new NodeLifecycleSettings { GracePeriod = TimeSpan.FromSeconds(50), StartupGracePeriod = TimeSpan.FromSeconds(60) });

    [Fact]
    public void A_node_is_registered_once_and_looked_at_again_when_its_grace_ends()
    {
        Put(Some.Node("n1"));
        var writes = Reconcile(Start);
        writes.OfType<RecordEvent>().ShouldHaveSingleItem().Message.ShouldBe("Node n1 event: Registered Node n1 in Controller");
        writes.OfType<RequeueAfter>().ShouldHaveSingleItem().After.ShouldBe(TimeSpan.FromSeconds(50));
        Reconcile(Start.AddSeconds(1)).OfType<RecordEvent>().ShouldBeEmpty();
    }

    [Fact]
    public void A_node_that_renews_its_lease_stays_ready()
    {
        Put(Some.Node("n1"));
        Reconcile(Start);
        Renew(Start.AddSeconds(40));
        Reconcile(Start.AddSeconds(40)).ShouldHaveSingleItem();
        Reconcile(Start.AddSeconds(89)).OfType<RequeueAfter>().ShouldHaveSingleItem().After.ShouldBe(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void A_silent_node_has_unknown_conditions_and_its_pods_are_no_longer_ready()
    {
        Put(Some.Node("n1"));
        _pods.Put(Some.Pod("a", "n1"));
        Reconcile(Start);
        var update = Reconcile(Start.AddSeconds(50)).OfType<ApiWrite>().ShouldHaveSingleItem();
        var conditions = ((Node)update.Object!).Status.Conditions;
        (conditions[0].Status, conditions[0].Reason, conditions[0].Message).ShouldBe((ConditionStatus.Unknown, "NodeStatusUnknown", "Kubelet stopped posting node status."));
        conditions.Skip(1).Select(c => $"{c.Type} {c.Reason}").ShouldBe(["MemoryPressure NodeStatusNeverUpdated", "DiskPressure NodeStatusNeverUpdated", "PIDPressure NodeStatusNeverUpdated"]);
        var follow = update.Then!(null!).ToList();
        follow.OfType<RecordEvent>().Select(e => $"{e.Regarding.Kind} {e.Reason} {e.Message}").ShouldBe(["Node NodeNotReady Node n1 status is now: NodeNotReady", "Pod NodeNotReady Node is not ready"]);
        ((Pod)follow.OfType<ApiWrite>().Single().Object!).Status.Conditions.Single().Status.ShouldBe(ConditionStatus.False);
    }

    [Fact]
    public void A_node_that_is_gone_is_taken_leave_of()
    {
        Put(Some.Node("n1"));
        Reconcile(Start);
        _nodes.Remove(new(null, "n1"));
        Reconcile(Start).ShouldHaveSingleItem().ShouldBeOfType<RecordEvent>().Message.ShouldBe("Node n1 event: Removing Node n1 from Controller");
    }

    [Theory]
    [InlineData("True", "node.kubernetes.io/not-ready:NoSchedule", "")]
    [InlineData("False", "", "node.kubernetes.io/not-ready:NoSchedule,node.kubernetes.io/not-ready:NoExecute")]
    [InlineData("Unknown", "", "node.kubernetes.io/unreachable:NoSchedule,node.kubernetes.io/unreachable:NoExecute")]
    [InlineData("Unknown", "node.kubernetes.io/not-ready:NoExecute,mine:NoSchedule", "mine:NoSchedule,node.kubernetes.io/unreachable:NoSchedule,node.kubernetes.io/unreachable:NoExecute")]
    [InlineData(null, "node.kubernetes.io/not-ready:NoSchedule", "node.kubernetes.io/not-ready:NoSchedule")]
    public void Taints_follow_the_ready_condition(string? ready, string before, string after)
    {
        var node = Some.Node("n1", ready, Taints(before));
        string.Join(",", NodeTaints.Of(node, evicts: true, Start).Select(t => $"{t.Key}:{t.Effect}")).ShouldBe(after);
    }

    [Fact]
    public void A_cordoned_node_has_the_taint_for_it_and_loses_it_again()
    {
        var node = Some.Node("n1");
        var cordoned = NodeTaints.Of(node with { Spec = node.Spec with { Unschedulable = true } }, true, Start);
        cordoned.ShouldHaveSingleItem().Key.ShouldBe("node.kubernetes.io/unschedulable");
        NodeTaints.Of(node with { Spec = node.Spec with { Taints = cordoned } }, true, Start).ShouldBeEmpty();
    }

    [Fact]
    public void When_no_node_is_ready_no_pod_has_to_leave() =>
        NodeTaints.Of(Some.Node("n1", ConditionStatus.Unknown), evicts: false, Start).ShouldHaveSingleItem().Effect.ShouldBe(TaintEffect.NoSchedule);

    private void Put(Node node)
    {
        var old = _nodes.Put(node);
        _readiness.Note(new Change<Node>(old is null ? ChangeType.Added : ChangeType.Modified, old, node));
    }

    private void Renew(DateTimeOffset at) => _leases.Put(new Lease { Metadata = new ObjectMeta { Name = "n1", Namespace = "kube-node-lease" }, Spec = new LeaseSpec { RenewTime = at } });

    private List<Write> Reconcile(DateTimeOffset now) => [.. _reconciler.Reconcile(new ObjectKey(null, "n1"), now)];

    private static Taint[] Taints(string text) =>
        [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(t => new Taint { Key = t.Split(':')[0], Effect = t.Split(':')[1] })];
}
