using AkkaKube.Api.Core.V1;

namespace AkkaKube.Api.Tests.Validation;

public class PodUpdateTests
{
    private const string Only =
        "spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,"
        + "`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)\n";

    [Fact]
    public void The_image_may_change() => Update(spec => spec with { Containers = [spec.Containers[0] with { Image = "shop/main:3" }] }).ShouldBeEmpty();

    [Fact]
    public void Labels_and_annotations_may_change() =>
        Faults.OfUpdate(Valid.Pod(), pod => pod with { Metadata = pod.Metadata with { Labels = ValueMap.Of(("a", "b")), Annotations = ValueMap.Of(("c", "d")) } }).ShouldBeEmpty();

    [Fact]
    public void Nearly_nothing_else_may()
    {
        Update(spec => spec with { NodeName = "other" }).Single().ShouldStartWith(Only);
        Update(spec => spec with { Containers = [spec.Containers[0] with { Args = ["-v"] }] }).Single().ShouldStartWith(Only);
        Update(spec => spec with { Containers = [] }).ShouldContain("spec.containers: Forbidden: pod updates may not add or remove containers");
        Update(spec => spec with { TerminationGracePeriodSeconds = 1 }).Single().ShouldStartWith(Only);
    }

    [Fact]
    public void Tolerations_may_be_added_and_not_taken_away()
    {
        var toleration = new Toleration { Key = "a", Operator = "Exists" };
        Update(spec => spec with { Tolerations = [toleration] }).ShouldBeEmpty();
        var old = Valid.Pod() with { Spec = Valid.PodSpec() with { Tolerations = [toleration] } };
        Faults.OfUpdate(old, pod => pod with { Spec = pod.Spec with { Tolerations = [] } })
            .ShouldBe(["spec.tolerations: Forbidden: existing toleration can not be modified except its tolerationSeconds"]);
    }

    [Fact]
    public void A_deadline_may_come_nearer()
    {
        var old = Valid.Pod() with { Spec = Valid.PodSpec() with { ActiveDeadlineSeconds = 60 } };
        Faults.OfUpdate(old, pod => pod with { Spec = pod.Spec with { ActiveDeadlineSeconds = 30 } }).ShouldBeEmpty();
        Faults.OfUpdate(old, pod => pod with { Spec = pod.Spec with { ActiveDeadlineSeconds = 90 } })
            .ShouldBe(["spec.activeDeadlineSeconds: Invalid value: 90: must be less than or equal to previous value"]);
        Faults.OfUpdate(old, pod => pod with { Spec = pod.Spec with { ActiveDeadlineSeconds = null } })
            .ShouldContain("spec.activeDeadlineSeconds: Invalid value: null: must not update from a positive integer to nil value");
    }

    [Fact]
    public void Gates_go_and_do_not_come()
    {
        var gated = Valid.Pod() with { Spec = Valid.PodSpec() with { SchedulingGates = [new PodSchedulingGate { Name = "a" }] } };
        Faults.OfUpdate(gated, pod => pod with { Spec = pod.Spec with { SchedulingGates = [] } }).ShouldBeEmpty();
        Update(spec => spec with { SchedulingGates = [new PodSchedulingGate { Name = "b" }] })
            .ShouldContain("spec.schedulingGates[0].name: Forbidden: only deletion is allowed, but found new scheduling gate 'b'");
    }

    [Fact]
    public void While_gated_a_pod_may_be_told_where_to_go()
    {
        var gated = Valid.Pod() with { Spec = Valid.PodSpec() with { SchedulingGates = [new PodSchedulingGate { Name = "a" }], NodeSelector = ValueMap.Of(("zone", "a")) } };
        Faults.OfUpdate(gated, pod => pod with { Spec = pod.Spec with { NodeSelector = ValueMap.Of(("zone", "a"), ("disk", "ssd")) } }).ShouldBeEmpty();
        Faults.OfUpdate(gated, pod => pod with { Spec = pod.Spec with { NodeSelector = ValueMap.Of(("zone", "b")) } })
            .ShouldBe(["spec.nodeSelector: Invalid value: {\"zone\":\"b\"}: only additions to spec.nodeSelector are allowed (no mutations or deletions)"]);
    }

    [Fact]
    public void A_container_that_ended_does_not_start_again_when_none_may()
    {
        var old = Valid.Pod() with
        {
            Spec = Valid.PodSpec() with { RestartPolicy = "Never" },
            Status = new PodStatus { ContainerStatuses = [Status(new ContainerState { Terminated = new ContainerStateTerminated { ExitCode = 0 } })] },
        };
        Faults.OfUpdate(old, pod => pod with { Status = pod.Status with { ContainerStatuses = [Status(new ContainerState { Running = new ContainerStateRunning() })] } }, "status")
            .Single().ShouldContain("Forbidden: may not be transitioned to non-terminated state");

        static ContainerStatus Status(ContainerState state) => new() { Name = "main", Image = "shop/main:2", ImageID = "", State = state };
    }

    private static string[] Update(Func<PodSpec, PodSpec> change) => Faults.OfUpdate(Valid.Pod(), pod => pod with { Spec = change(pod.Spec) });
}
