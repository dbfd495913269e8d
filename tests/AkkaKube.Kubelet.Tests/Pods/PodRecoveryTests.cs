using AkkaKube.Api.Core.V1;
using AkkaKube.Kubelet.Pods;
using static AkkaKube.Kubelet.Tests.Objects;

namespace AkkaKube.Kubelet.Tests.Pods;

public class PodRecoveryTests
{
    [Fact]
    public void What_ran_before_the_reboot_has_ended_for_an_unknown_reason_and_counts_as_a_restart()
    {
        var pod = Pod(Container());
        var before = PodStatuses.Of(pod, Run(pod, "r"), new PodStatus(), "172.18.0.2", T0);
        var run = PodRecovery.Of(pod with { Status = before }, T0 + TimeSpan.FromMinutes(1)).Of("main");
        (run.State, run.ExitCode, run.ExitReason, run.Id, run.StartedAt).ShouldBe((RunState.Exited, 255, "Unknown", "main-id", T0));
        PodRecovery.HasRun(pod).ShouldBeFalse();
        PodRecovery.HasRun(pod with { Status = before }).ShouldBeTrue();
    }

    [Fact]
    public void What_had_ended_before_has_ended_as_it_had()
    {
        var pod = Pod(Container("a"), Container("b")).WithPolicy("Never");
        var before = PodStatuses.Of(pod, Run(pod, "0 c3"), new PodStatus(), "172.18.0.2", T0);
        var run = PodRecovery.Of(pod with { Status = before }, T0);
        (run.Of("a").State, run.Of("a").ExitCode).ShouldBe((RunState.Exited, 0));
        run.Of("b").LastEnd!.ExitCode.ShouldBe(3);
    }
}
