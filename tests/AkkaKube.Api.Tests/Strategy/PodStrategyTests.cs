using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Api.Strategy;
using AkkaKube.Api.Strategy.Core;
using AkkaKube.Api.Tests.Validation;
using FsCheck;
using FsCheck.Fluent;

namespace AkkaKube.Api.Tests.Strategy;

public class PodStrategyTests
{
    private static readonly IStrategy Pods = Strategies.For(GroupVersionResource.Pods);

    [Fact]
    public void A_pod_is_born_pending_in_its_first_generation()
    {
        var pod = Create(Valid.Pod() with { Status = new PodStatus { Phase = "Running", PodIP = "10.0.0.1" } });
        pod.Status.ShouldBe(new PodStatus { Phase = "Pending", QosClass = "BestEffort" });
        pod.Metadata.Generation.ShouldBe(1);
    }

    [Fact]
    public void A_gated_pod_says_why_it_is_not_scheduled() =>
        Create(Valid.Pod() with { Spec = Valid.PodSpec() with { SchedulingGates = [new PodSchedulingGate { Name = "quota" }] } }).Status.Conditions.Single()
            .ShouldBe(new PodCondition
            {
                Type = "PodScheduled",
                Status = "False",
                Reason = "SchedulingGated",
                Message = "Scheduling is blocked due to non-empty scheduling gates",
            });

    [Fact]
    public void The_generation_counts_changes_of_the_spec()
    {
        var old = Create(Valid.Pod());
        Update(old, old with { Metadata = old.Metadata with { Labels = ValueMap.Of(("a", "b")) } }).Metadata.Generation.ShouldBe(1);
        Update(old, old with { Spec = old.Spec with { Containers = [old.Spec.Containers[0] with { Image = "shop/main:3" }] } }).Metadata.Generation.ShouldBe(2);
    }

    [Fact]
    public void The_status_is_written_alone()
    {
        var old = Create(Valid.Pod());
        var sent = old with
        {
            Spec = new PodSpec(),
            Status = new PodStatus { Phase = "Running" },
            Metadata = old.Metadata with { OwnerReferences = [new OwnerReference { Name = "x", Kind = "X", ApiVersion = "v1", Uid = "u" }] },
        };
        var write = PreparedWrite.ForUpdate(Strategies.For(GroupVersionResource.Pods, "status"), sent, old);
        write.Errors.ShouldBeEmpty();
        write.Object.ShouldBe(old with { Status = new PodStatus { Phase = "Running", QosClass = "BestEffort" } });
    }

    [Fact]
    public void The_generation_that_a_condition_was_seen_at_is_not_lost()
    {
        var condition = new PodCondition { Type = "Ready", Status = "True", ObservedGeneration = 4 };
        var old = Valid.Pod() with { Status = new PodStatus { Phase = "Running", ObservedGeneration = 4, Conditions = [condition] } };
        var sent = old with { Status = new PodStatus { Phase = "Running", Conditions = [condition with { Status = "False", ObservedGeneration = 0 }] } };
        var status = PreparedWrite.ForUpdate(Strategies.For(GroupVersionResource.Pods, "status"), sent, old).Object.ShouldBeOfType<Pod>().Status;
        status.ObservedGeneration.ShouldBe(4);
        status.Conditions.Single().ShouldBe(condition with { Status = "False" });
    }

    [Theory]
    [InlineData("node-1", "Running", null, 30)]
    [InlineData("node-1", "Running", 5L, 5)]
    [InlineData("node-1", "Running", -1L, 1)]
    [InlineData("node-1", "Succeeded", 5L, 0)]
    [InlineData(null, "Pending", 5L, 0)]
    public void A_pod_gets_its_grace_where_there_is_something_to_end(string? node, string phase, long? asked, long period)
    {
        var pod = Valid.Pod() with { Spec = Valid.PodSpec() with { NodeName = node }, Status = new PodStatus { Phase = phase } };
        Pods.GracePeriod(pod, asked).ShouldBe(period);
    }

    [Fact]
    public void Other_objects_go_at_once() => Strategies.For(GroupVersionResource.ConfigMaps).GracePeriod(Valid.ConfigMap(), 30).ShouldBeNull();

    [Fact]
    public void Keys_of_an_affinity_become_the_values_of_the_pod()
    {
        var term = new PodAffinityTerm { LabelSelector = new LabelSelector(), TopologyKey = "zone", MatchLabelKeys = ["app"], MismatchLabelKeys = ["tier", "absent"] };
        var pod = Valid.Pod() with
        {
            Metadata = Valid.Meta() with { Labels = ValueMap.Of(("app", "web"), ("tier", "front")) },
            Spec = Valid.PodSpec() with { Affinity = new Affinity { PodAntiAffinity = new PodAntiAffinity { RequiredDuringSchedulingIgnoredDuringExecution = [term] } } },
        };
        Create(pod).Spec.Affinity!.PodAntiAffinity!.RequiredDuringSchedulingIgnoredDuringExecution[0].LabelSelector!.MatchExpressions.ShouldBe([
            new LabelSelectorRequirement { Key = "app", Operator = "In", Values = ["web"] },
            new LabelSelectorRequirement { Key = "tier", Operator = "NotIn", Values = ["front"] }]);
    }

    [Fact]
    public void Keys_of_a_spread_constraint_become_the_values_of_the_pod()
    {
        var constraint = new TopologySpreadConstraint { MaxSkew = 1, TopologyKey = "zone", WhenUnsatisfiable = "DoNotSchedule", LabelSelector = new LabelSelector(), MatchLabelKeys = ["app"] };
        Create(Valid.Pod() with { Spec = Valid.PodSpec() with { TopologySpreadConstraints = [constraint] } }).Spec.TopologySpreadConstraints[0].LabelSelector!
            .MatchExpressions.ShouldBe([new LabelSelectorRequirement { Key = "app", Operator = "In", Values = ["web"] }]);
    }

    [Fact]
    public void AppArmor_is_said_by_annotation_and_field_alike()
    {
        const string key = "container.apparmor.security.beta.kubernetes.io/main";
        var byAnnotation = Create(Valid.Pod() with { Metadata = Valid.Meta() with { Annotations = ValueMap.Of((key, "localhost/tight")) } });
        byAnnotation.Spec.Containers[0].SecurityContext!.AppArmorProfile.ShouldBe(new AppArmorProfile { Type = "Localhost", LocalhostProfile = "tight" });
        var byField = Create(Valid.Pod() with
        {
            Spec = Valid.PodSpec() with { Containers = [Valid.Container() with { SecurityContext = new SecurityContext { AppArmorProfile = new AppArmorProfile { Type = "RuntimeDefault" } } }] },
        });
        byField.Metadata.Annotations[key].ShouldBe("runtime/default");
    }

    [Fact]
    public void Fields_of_disabled_features_are_dropped_unless_stored_before()
    {
        var spec = Valid.PodSpec() with { Containers = [Valid.Container() with { Lifecycle = new Lifecycle { StopSignal = "SIGUSR1" } }] };
        Create(Valid.Pod() with { Spec = spec }).Spec.Containers[0].Lifecycle.ShouldBe(new Lifecycle());
        DisabledFields.Drop(spec, spec).ShouldBeSameAs(spec);
    }

    [Theory]
    [InlineData("", "", "BestEffort")]
    [InlineData("cpu=1", "", "Burstable")]
    [InlineData("cpu=1,memory=1Gi", "cpu=1", "Burstable")]
    [InlineData("cpu=1,memory=1Gi", "cpu=1,memory=2Gi", "Burstable")]
    [InlineData("cpu=1,memory=1Gi", "cpu=1,memory=1Gi", "Guaranteed")]
    [InlineData("example.com/gpu=1", "example.com/gpu=1", "BestEffort")]
    [InlineData("cpu=0", "memory=0", "BestEffort")]
    public void Service_is_as_good_as_its_requests_and_limits(string requests, string limits, string quality) =>
        QualityOfService.Of(Valid.PodSpec() with { Containers = [WithResources(requests, limits)] }).ShouldBe(quality);

    [Fact]
    public void One_container_without_limits_spoils_the_guarantee() =>
        QualityOfService.Of(Valid.PodSpec() with { Containers = [WithResources("cpu=1,memory=1", "cpu=1,memory=1"), Valid.Container("other")] }).ShouldBe("Burstable");

    [Fact]
    public void Resources_of_the_whole_pod_come_before_those_of_containers() =>
        QualityOfService.Of(Valid.PodSpec() with { Containers = [Valid.Container()], Resources = WithResources("cpu=1,memory=1", "cpu=1,memory=1").Resources }).ShouldBe("Guaranteed");

    [Fact]
    public void Quality_does_not_depend_on_the_order_of_containers()
    {
        var containers = Gen.Elements("", "cpu=1", "cpu=1,memory=1", "memory=2").Zip(Gen.Elements("", "cpu=1", "cpu=1,memory=1", "memory=2"))
            .Select(pair => WithResources(pair.Item1, pair.Item2)).ListOf().Where(list => list.Count > 0).ToArbitrary();
        Prop.ForAll(containers, list => QualityOfService.Of(new PodSpec { Containers = [.. list] }) == QualityOfService.Of(new PodSpec { Containers = [.. Enumerable.Reverse(list)] })).QuickCheckThrowOnFailure();
    }

    private static Pod Create(Pod pod)
    {
        var write = PreparedWrite.ForCreate(Pods, pod);
        write.Errors.ShouldBeEmpty();
        return write.Object.ShouldBeOfType<Pod>();
    }

    private static Pod Update(Pod old, Pod sent)
    {
        var write = PreparedWrite.ForUpdate(Pods, sent, old);
        write.Errors.ShouldBeEmpty();
        return write.Object.ShouldBeOfType<Pod>();
    }

    private static Container WithResources(string requests, string limits)
    {
        return Valid.Container() with { Resources = new ResourceRequirements { Requests = Parse(requests), Limits = Parse(limits) } };

        static ValueMap<Quantity> Parse(string text) =>
            text.Split(',', StringSplitOptions.RemoveEmptyEntries).ToValueMap(item => item.Split('=')[0], item => Quantity.Parse(item.Split('=')[1]));
    }
}
