using AkkaKube.Api.Apps.V1;
using AkkaKube.Api.Autoscaling.V1;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Api.Strategy;

namespace AkkaKube.Api.Tests.Validation;

public class WorkloadValidationTests
{
    [Fact]
    public void Plain_workloads_are_valid()
    {
        Faults.Of(Valid.Deployment()).ShouldBeEmpty();
        Faults.Of(Valid.ReplicaSet()).ShouldBeEmpty();
    }

    [Fact]
    public void A_selector_is_required_and_selects_the_template()
    {
        Deploy(spec => spec with { Selector = null }).ShouldContain("spec.selector: Required value");
        Deploy(spec => spec with { Selector = new LabelSelector() }).ShouldContain("spec.selector: Invalid value: {}: empty selector is invalid for deployment");
        Deploy(spec => spec with { Selector = new LabelSelector { MatchLabels = ValueMap.Of(("app", "other")) } })
            .ShouldBe(["spec.template.metadata.labels: Invalid value: {\"app\":\"web\"}: `selector` does not match template `labels`"]);
        Deploy(spec => spec with { Selector = new LabelSelector { MatchExpressions = [new LabelSelectorRequirement { Key = "app", Operator = "Near" }] } })
            .ShouldContain("spec.selector.matchExpressions[0].operator: Invalid value: \"Near\": not a valid selector operator");
    }

    [Fact]
    public void Counts_are_not_negative()
    {
        Deploy(spec => spec with { Replicas = -1 }).ShouldBe(["spec.replicas: Invalid value: -1: must be greater than or equal to 0"]);
        Deploy(spec => spec with { RevisionHistoryLimit = -1 }).ShouldBe(["spec.revisionHistoryLimit: Invalid value: -1: must be greater than or equal to 0"]);
        Deploy(spec => spec with { MinReadySeconds = 600 }).ShouldBe(["spec.progressDeadlineSeconds: Invalid value: 600: must be greater than minReadySeconds"]);
    }

    [Fact]
    public void Pods_of_a_workload_restart_always() =>
        Deploy(spec => spec with { Template = spec.Template with { Spec = spec.Template.Spec with { RestartPolicy = "Never" } } })
            .ShouldBe(["spec.template.spec.restartPolicy: Unsupported value: \"Never\": supported values: \"Always\""]);

    [Fact]
    public void A_rollout_can_make_a_step()
    {
        Roll("5", 1).Single().ShouldStartWith("spec.strategy.rollingUpdate.maxSurge: Invalid value: \"5\": a valid percent string must be a numeric string");
        Roll("25%", "101%").ShouldBe(["spec.strategy.rollingUpdate.maxUnavailable: Invalid value: \"101%\": must not be greater than 100%"]);
        Roll(0, 0).ShouldBe(["spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0"]);
        Roll(-1, 1).ShouldBe(["spec.strategy.rollingUpdate.maxSurge: Invalid value: -1: must be greater than or equal to 0"]);
        Deploy(spec => spec with { Strategy = new DeploymentStrategy { Type = "Recreate", RollingUpdate = new RollingUpdateDeployment() } })
            .ShouldBe(["spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'"]);

        static string[] Roll(IntOrString surge, IntOrString unavailable) => Deploy(spec => spec with
        {
            Strategy = new DeploymentStrategy { Type = "RollingUpdate", RollingUpdate = new RollingUpdateDeployment { MaxSurge = surge, MaxUnavailable = unavailable } },
        });
    }

    [Fact]
    public void A_selector_stays_for_life()
    {
        var labels = ValueMap.Of(("app", "web"), ("tier", "front"));
        Faults.OfUpdate(Valid.ReplicaSet(), set => set with
        {
            Spec = set.Spec with { Selector = new LabelSelector { MatchLabels = labels }, Template = set.Spec.Template with { Metadata = new ObjectMeta { Labels = labels } } },
        }).Single().ShouldEndWith(": field is immutable");
    }

    [Fact]
    public void A_status_does_not_count_more_ready_than_there_are()
    {
        Faults.OfUpdate(Valid.ReplicaSet(), set => set with { Status = new ReplicaSetStatus { Replicas = 1, ReadyReplicas = 2 } }, "status")
            .ShouldBe(["status.readyReplicas: Invalid value: 2: cannot be greater than status.replicas"]);
        Faults.OfUpdate(Valid.Deployment(), deployment => deployment with { Status = new DeploymentStatus { Replicas = 1, UpdatedReplicas = -1 } }, "status")
            .ShouldBe(["status.updatedReplicas: Invalid value: -1: must be greater than or equal to 0"]);
    }

    [Fact]
    public void A_scale_is_not_negative() =>
        SubresourceValidation.Validate(new Scale { Metadata = Valid.Meta(), Spec = new ScaleSpec { Replicas = -1 } }).Select(error => error.ToString())
            .ShouldBe(["spec.replicas: Invalid value: -1: must be greater than or equal to 0"]);

    [Fact]
    public void A_pod_is_bound_to_a_node()
    {
        Bind(new ObjectReference { Kind = "Node", Name = "node-1" }).ShouldBeEmpty();
        Bind(new ObjectReference { Kind = "Pod", Name = "node-1" }).ShouldBe(["target.kind: Unsupported value: \"Pod\": supported values: \"Node\", \"<empty>\""]);
        Bind(new ObjectReference { Kind = "Node" }).ShouldBe(["target.name: Required value"]);

        static string[] Bind(ObjectReference target) =>
            [.. SubresourceValidation.Validate(new Binding { Metadata = Valid.Meta(), Target = target }).Select(error => error.ToString())];
    }

    private static string[] Deploy(Func<DeploymentSpec, DeploymentSpec> change) => Faults.Of(Valid.Deployment() with { Spec = change(Valid.Deployment().Spec) });
}
