using AkkaKube.Api.Apps.V1;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Scheduler.Cycle;
using AkkaKube.Scheduler.Profiles;

namespace AkkaKube.Scheduler.Tests.Plugins;

/// <summary>Pods that want to be near others, far from them, or spread.</summary>
public sealed class PlacesTests
{
    private static readonly Node[] Nodes =
    [
        Make.Node("a1", labels: ("zone", "a")), Make.Node("a2", labels: ("zone", "a")), Make.Node("b1", labels: ("zone", "b")),
    ];

    [Fact]
    public void Required_affinity_follows_the_pods_it_means()
    {
        var pod = Affine(new PodAffinity { RequiredDuringSchedulingIgnoredDuringExecution = [Make.Near("zone", ("app", "db"))] });
        Decide(pod, Make.Cluster(Nodes, Make.Pod("db", labels: ("app", "db")).On("b1"))).Node.ShouldBe("b1");
        Decide(pod, Make.Cluster(Nodes)).Message!.ShouldStartWith("0/3 nodes are available: 3 node(s) didn't match pod affinity rules. ");
    }

    [Fact]
    public void The_first_pod_of_a_group_that_wants_to_be_together_fits_anywhere()
    {
        var pod = Affine(new PodAffinity { RequiredDuringSchedulingIgnoredDuringExecution = [Make.Near("zone", ("app", "web"))] });
        Decide(pod, Make.Cluster(Nodes)).Node.ShouldNotBeNull();
    }

    [Fact]
    public void Required_anti_affinity_keeps_away_and_is_mutual()
    {
        var far = new PodAntiAffinity { RequiredDuringSchedulingIgnoredDuringExecution = [Make.Near("zone", ("app", "db"))] };
        var shy = Make.Pod("shy", labels: ("app", "web")).With(s => s with { Affinity = new Affinity { PodAntiAffinity = far } });
        var db = Make.Pod("db", labels: ("app", "db"));
        Decide(shy, Make.Cluster(Nodes, db.On("a1"))).Node.ShouldBe("b1");
        Decide(db, Make.Cluster(Nodes, shy.On("a2"))).Node.ShouldBe("b1");
        Decide(db, Make.Cluster([Nodes[0]], shy.On("a1"))).Message!.ShouldStartWith("0/1 nodes are available: 1 node(s) didn't satisfy existing pods anti-affinity rules. ");
        Decide(shy, Make.Cluster([Nodes[0]], db.On("a1"))).Message!.ShouldStartWith("0/1 nodes are available: 1 node(s) didn't match pod anti-affinity rules. ");
    }

    [Fact]
    public void A_term_means_the_pods_own_namespace_unless_it_names_others()
    {
        var near = Make.Near("zone", ("app", "db"));
        var cluster = Make.Cluster(Nodes, Make.Pod("db", ns: "data", labels: ("app", "db")).On("b1"));
        cluster.SetNamespace("data", Make.Map([("team", "storage")]));
        PodAffinity Required(PodAffinityTerm term) => new() { RequiredDuringSchedulingIgnoredDuringExecution = [term] };
        Decide(Affine(Required(near)), cluster).Node.ShouldBeNull();
        Decide(Affine(Required(near with { Namespaces = ["data"] })), cluster).Node.ShouldBe("b1");
        Decide(Affine(Required(near with { NamespaceSelector = new LabelSelector { MatchLabels = Make.Map([("team", "storage")]) } })), cluster).Node.ShouldBe("b1");
    }

    [Fact]
    public void A_hard_spread_constraint_keeps_the_skew()
    {
        var pod = Spread("zone", "DoNotSchedule");
        var crowded = Make.Cluster(Nodes, Make.Pod("w1", labels: ("app", "web")).On("a1"));
        Decide(pod, crowded).Node.ShouldBe("b1");
        Decide(pod, Make.Cluster([Make.Node("nowhere")])).Message!.ShouldStartWith(
            "0/1 nodes are available: 1 node(s) didn't match pod topology spread constraints (missing required label)");
    }

    [Fact]
    public void A_soft_spread_constraint_prefers_the_emptier_place() =>
        Decide(Spread("zone", "ScheduleAnyway"), Make.Cluster(Nodes, Make.Pod("w1", labels: ("app", "web")).On("a1"), Make.Pod("w2", labels: ("app", "web")).On("a2"))).Node.ShouldBe("b1");

    [Fact]
    public void The_pods_of_a_replica_set_spread_over_machines_by_default()
    {
        var cluster = Make.Cluster(Nodes, Owned("w1").On("a1"), Owned("w2").On("b1"));
        cluster.Selectors.Set(new ReplicaSet { Metadata = new ObjectMeta { Name = "web", Namespace = "default" }, Spec = new ReplicaSetSpec { Selector = new LabelSelector { MatchLabels = Make.Map([("app", "web")]) } } });
        Decide(Owned("w3"), cluster).Node.ShouldBe("a2");
    }

    private static Pod Owned(string name)
    {
        var pod = Make.Pod(name, labels: ("app", "web"));
        return pod with { Metadata = pod.Metadata with { OwnerReferences = [new OwnerReference { ApiVersion = "apps/v1", Kind = "ReplicaSet", Name = "web", Uid = "u", Controller = true }] } };
    }

    private static Pod Spread(string key, string whenUnsatisfiable) => Make.Pod("w", labels: ("app", "web")).With(s => s with
    {
        TopologySpreadConstraints = [new TopologySpreadConstraint { MaxSkew = 1, TopologyKey = key, WhenUnsatisfiable = whenUnsatisfiable, LabelSelector = new LabelSelector { MatchLabels = Make.Map([("app", "web")]) } }],
    });

    private static Pod Affine(PodAffinity affinity) => Make.Pod("w", labels: ("app", "web")).With(s => s with { Affinity = new Affinity { PodAffinity = affinity } });

    private static Decision Decide(Pod pod, SchedulerCache cluster) => new SchedulingCycle(Profile.Default(), new Random(1)).Decide(new PodInfo(pod), cluster.Snapshot);
}
