using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Kubelet.Pods;
using static AkkaKube.Kubelet.Tests.Objects;

namespace AkkaKube.Kubelet.Tests.Pods;

public class PodAdoptionTests
{
    private static readonly DateTimeOffset Later = T0 + TimeSpan.FromMinutes(10);

    /// <summary>What the API holds of a pod whose containers are in these states.</summary>
    private static Pod Told(Pod pod, PodRun run) => pod with { Status = PodStatuses.Of(pod, run, new PodStatus(), "172.18.0.2", T0) };

    [Fact]
    public void Whatever_the_status_of_a_pod_says_it_says_after_the_move()
    {
        string[] states = ["w", "r", "s", "0", "3", "c3"];
        foreach (var policy in (string[])["Always", "OnFailure", "Never"])
            foreach (var init in states)
                foreach (var first in states)
                    foreach (var second in states)
                    {
                        var pod = Pod(Container("a"), Container("b") with { ReadinessProbe = new Probe() }).WithInit(Container("i")).WithPolicy(policy);
                        pod = Told(pod, Run(pod, $"{init} {first} {second}"));
                        if (!PodAdoption.IsStanding(pod)) continue;
                        PodStatuses.Of(pod, PodAdoption.Of(pod), pod.Status, "172.18.0.2", Later).ShouldBe(pod.Status, $"{policy}: {init} {first} {second}");
                    }
    }

    [Fact]
    public void A_container_that_runs_goes_on_as_it_was()
    {
        var pod = Pod(Container() with { ReadinessProbe = new Probe() });
        foreach (var ready in (bool[])[true, false])
        {
            var run = PodAdoption.Of(Told(pod, Run(pod, "r").With(Running(ready: ready) with { RestartCount = 2, Previous = Exited(code: 3) }))).Of("main");
            (run.State, run.Id, run.StartedAt, run.RestartCount, run.Ready, run.Started, run.Previous!.ExitCode).ShouldBe((RunState.Running, "main-id", T0, 2, ready, true, 3));
        }
    }

    [Fact]
    public void What_waits_and_what_has_ended_stays_so()
    {
        var pod = Pod(Container("a"), Container("b")).WithPolicy("OnFailure");
        var run = PodAdoption.Of(Told(pod, Run(pod, "0 c3")));
        (run.Of("a").State, run.Of("a").ExitCode).ShouldBe((RunState.Exited, 0));
        (run.Of("b").State, run.Of("b").WaitingReason, run.Of("b").LastEnd!.ExitCode).ShouldBe((RunState.Waiting, "CrashLoopBackOff", 3));
        PodPlan.Next(pod, run, _ => false).ShouldBe([new PodStep.Start(pod.Spec.Containers[1], false)]);
    }

    [Theory]
    [InlineData("Running", "10.128.0.2", "True", true)]
    [InlineData("Pending", "10.128.0.2", "True", true)]
    [InlineData("Pending", null, "False", false)]
    [InlineData("Running", "10.128.0.2", "False", false)]
    [InlineData("Succeeded", "10.128.0.2", "True", false)]
    [InlineData("Failed", "10.128.0.2", "True", false)]
    public void A_pod_stands_when_it_has_its_sandbox_and_is_not_over(string phase, string? ip, string sandbox, bool stands) =>
        PodAdoption.IsStanding(Pod(Container()) with { Status = new PodStatus { Phase = phase, PodIP = ip, Conditions = [new PodCondition { Type = "PodReadyToStartContainers", Status = sandbox }] } }).ShouldBe(stands);

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, 10)]
    [InlineData(3, 40)]
    [InlineData(30, 300)]
    public void The_back_off_goes_on_where_the_restarts_had_brought_it(int restarts, int? seconds) =>
        PodAdoption.Restarts(Running() with { RestartCount = restarts }, new BackOffSettings(TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(5)))
            .ShouldBe(seconds is { } s ? new BackOff(TimeSpan.FromSeconds(s), T0) : default);
}
