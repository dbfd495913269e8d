using System.Text;
using AkkaKube.Api.Core.V1;
using AkkaKube.Kubelet.Pods;
using static AkkaKube.Kubelet.Tests.Objects;

namespace AkkaKube.Kubelet.Tests.Pods;

public class PodStatusesTests
{
    private static readonly PodStatus Scheduled = new()
    {
        Phase = "Pending",
        QosClass = "BestEffort",
        Conditions = [new PodCondition { Type = "PodScheduled", Status = "True", LastTransitionTime = T0 }],
    };

    private static PodStatus Of(Pod pod, PodRun run, PodStatus? written = null) => PodStatuses.Of(pod, run, written ?? Scheduled, "172.18.0.2", T0 + TimeSpan.FromSeconds(9));

    private static string Conditions(PodStatus status) => string.Join(' ', status.Conditions.Select(c => c.Type + "=" + c.Status + (c.Reason is null ? "" : "/" + c.Reason)));

    [Fact]
    public void A_pod_that_was_just_taken_on_shows_its_containers_being_created()
    {
        var pod = Pod(Container());
        var status = Of(pod, PodRun.For(pod) with { StartTime = T0 });
        status.Phase.ShouldBe("Pending");
        status.QosClass.ShouldBe("BestEffort");
        status.HostIP.ShouldBe("172.18.0.2");
        status.PodIP.ShouldBeNull();
        status.ContainerStatuses.Single().State.Waiting!.Reason.ShouldBe("ContainerCreating");
        Conditions(status).ShouldBe("PodReadyToStartContainers=False Initialized=True Ready=False/ContainersNotReady ContainersReady=False/ContainersNotReady PodScheduled=True");
        status.Conditions[2].Message.ShouldBe("containers with unready status: [main]");
        status.Conditions.ShouldAllBe(c => c.ObservedGeneration == 1);
    }

    [Fact]
    public void A_pod_that_runs_is_ready_when_all_its_containers_are()
    {
        var pod = Pod(Container("a"), Container("b"));
        Conditions(Of(pod, Run(pod, "r r"))).ShouldBe("PodReadyToStartContainers=True Initialized=True Ready=True ContainersReady=True PodScheduled=True");
        var run = Run(pod, "r r");
        var status = Of(pod, run.With(run.Of("b") with { Ready = false }));
        status.Conditions[3].Message.ShouldBe("containers with unready status: [b]");
        status.PodIPs.Single().Ip.ShouldBe("10.128.0.2");
    }

    [Theory]
    [InlineData("w w", "PodInitializing", "False/ContainersNotInitialized")]
    [InlineData("r w", "PodInitializing", "False/ContainersNotInitialized")]
    [InlineData("0 w", "ContainerCreating", "True")]
    public void While_init_containers_run_the_others_are_initializing(string states, string reason, string initialized)
    {
        var pod = Pod(Container()).WithInit(Container("init"));
        var status = Of(pod, Run(pod, states));
        status.ContainerStatuses.Single().State.Waiting!.Reason.ShouldBe(reason);
        Conditions(status).ShouldContain("Initialized=" + initialized);
    }

    [Fact]
    public void A_pod_that_has_ended_well_is_completed()
    {
        var pod = Pod(Container()).WithPolicy("Never");
        var status = Of(pod, Run(pod, "0") with { Terminal = true, SandboxReady = false });
        status.Phase.ShouldBe("Succeeded");
        status.ContainerStatuses.Single().State.Terminated!.Reason.ShouldBe("Completed");
        Conditions(status).ShouldBe("PodReadyToStartContainers=False Initialized=True/PodCompleted Ready=False/PodCompleted ContainersReady=False/PodCompleted PodScheduled=True");
    }

    [Fact]
    public void A_container_that_crashes_shows_why_it_waits_and_how_it_ended()
    {
        var pod = Pod(Container());
        var status = Of(pod, Run(pod, "c3")).ContainerStatuses.Single();
        status.State.Waiting!.Reason.ShouldBe("CrashLoopBackOff");
        status.LastState.Terminated!.ExitCode.ShouldBe(3);
        status.LastState.Terminated.Reason.ShouldBe("Error");
        status.LastState.Terminated.ContainerID.ShouldBe("akkakube://main-id");
        status.Started.ShouldBe(false);
    }

    [Fact]
    public void A_condition_keeps_its_time_while_its_status_stays()
    {
        var pod = Pod(Container());
        var first = Of(pod, Run(pod, "w"));
        var second = PodStatuses.Of(pod, Run(pod, "r"), first, "172.18.0.2", T0 + TimeSpan.FromSeconds(20));
        second.Conditions.Single(c => c.Type == "PodScheduled").LastTransitionTime.ShouldBe(T0);
        second.Conditions.Single(c => c.Type == "Ready").LastTransitionTime.ShouldBe(T0 + TimeSpan.FromSeconds(20));
        second.Conditions.Single(c => c.Type == "Initialized").LastTransitionTime.ShouldBe(T0 + TimeSpan.FromSeconds(9));
    }

    [Fact]
    public void A_readiness_gate_holds_the_pod_back_until_somebody_sets_its_condition()
    {
        var pod = Pod(Container());
        pod = pod with { Spec = pod.Spec with { ReadinessGates = [new PodReadinessGate { ConditionType = "example.com/lb" }] } };
        Of(pod, Run(pod, "r")).Conditions.Single(c => c.Type == "Ready").Message.ShouldBe("corresponding condition of pod readiness gate \"example.com/lb\" does not exist.");
        pod = pod with { Status = pod.Status with { Conditions = [new PodCondition { Type = "example.com/lb", Status = "True" }] } };
        var status = Of(pod, Run(pod, "r"));
        status.Conditions.Single(c => c.Type == "Ready").Status.ShouldBe("True");
        status.Conditions.ShouldContain(c => c.Type == "example.com/lb");
    }

    [Fact]
    public void A_pod_that_the_node_refused_failed_without_ever_having_run()
    {
        var pod = Pod(Container());
        var status = Of(pod, PodRun.For(pod) with { Failure = new PodFailure("OutOfcpu", "Pod was rejected: ...") });
        (status.Phase, status.Reason, status.Message).ShouldBe(("Failed", "OutOfcpu", "Pod was rejected: ..."));
        status.ContainerStatuses.ShouldBeEmpty();
    }

    [Fact]
    public void The_patch_between_two_statuses_names_what_differs_and_the_pod_it_is_about()
    {
        var pod = Pod(Container());
        var before = Of(pod, Run(pod, "r"));
        StatusPatch.Between("u1", before, before).ShouldBeNull();
        var run = Run(pod, "r");
        var after = PodStatuses.Of(pod, run.With(run.Of("main") with { Ready = false }), before, "172.18.0.2", T0 + TimeSpan.FromSeconds(30));
        var patch = Encoding.UTF8.GetString(StatusPatch.Between("u1", before, after)!.Value.Span);
        patch.ShouldStartWith("""{"metadata":{"uid":"u1"},"status":{""");
        patch.ShouldContain("\"containerStatuses\"");
        patch.ShouldContain("""{"type":"ContainersReady"}""");
        patch.ShouldContain("containers with unready status: [main]");
        patch.ShouldNotContain("hostIP");
        patch.ShouldNotContain("\"phase\"");
        patch.ShouldNotContain("\"type\":\"Initialized\",");
    }

    [Fact]
    public void Addresses_take_the_place_of_any_that_another_kubelet_wrote_unseen()
    {
        var pod = Pod(Container());
        var after = Of(pod, Run(pod, "r"));
        var unseen = after with { PodIP = null, PodIPs = [], HostIPs = [] };
        var patch = Encoding.UTF8.GetString(StatusPatch.Between("u1", unseen, after)!.Value.Span);
        patch.ShouldContain($$"""
            "podIPs":[{"$patch":"replace"},{"ip":"{{after.PodIPs[0].Ip}}"}]
            """.Trim());
        patch.ShouldContain("\"hostIPs\":[{\"$patch\":\"replace\"}");
    }

    [Fact]
    public void A_message_that_is_gone_is_taken_out_of_its_condition()
    {
        var pod = Pod(Container());
        var before = Of(pod, Run(pod, "w"));
        var after = PodStatuses.Of(pod, Run(pod, "r"), before, "172.18.0.2", T0 + TimeSpan.FromSeconds(30));
        Encoding.UTF8.GetString(StatusPatch.Between("u1", before, after)!.Value.Span).ShouldContain("\"reason\":null");
    }
}
