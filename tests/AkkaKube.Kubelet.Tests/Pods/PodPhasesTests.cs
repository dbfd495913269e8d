using AkkaKube.Kubelet.Pods;
using static AkkaKube.Kubelet.Tests.Objects;

namespace AkkaKube.Kubelet.Tests.Pods;

public class PodPhasesTests
{
    [Theory]
    [InlineData("Always", "w w", "Pending")]
    [InlineData("Always", "r w", "Pending")]
    [InlineData("Always", "r r", "Running")]
    [InlineData("Always", "r 1", "Running")]
    [InlineData("Always", "0 0", "Running")]
    [InlineData("Always", "c1 c1", "Running")]
    [InlineData("OnFailure", "0 0", "Succeeded")]
    [InlineData("OnFailure", "0 1", "Running")]
    [InlineData("Never", "0 r", "Running")]
    [InlineData("Never", "0 0", "Succeeded")]
    [InlineData("Never", "0 1", "Failed")]
    public void The_phase_follows_from_the_containers_and_the_restart_policy(string policy, string states, string phase)
    {
        var pod = Pod(Container("a"), Container("b")).WithPolicy(policy);
        PodPhases.Of(pod, Run(pod, states)).ShouldBe(phase);
    }

    [Theory]
    [InlineData("Always", "w w", "Pending")]
    [InlineData("Always", "r w", "Pending")]
    [InlineData("Always", "0 w", "Pending")]
    [InlineData("Always", "0 r", "Running")]
    [InlineData("Always", "1 w", "Pending")]
    [InlineData("Always", "c1 w", "Pending")]
    [InlineData("Never", "1 w", "Failed")]
    public void A_pod_is_pending_until_its_init_containers_are_through_and_fails_with_one_that_is_not_restarted(string policy, string states, string phase)
    {
        var pod = Pod(Container()).WithInit(Container("init")).WithPolicy(policy);
        PodPhases.Of(pod, Run(pod, states)).ShouldBe(phase);
    }

    [Theory]
    [InlineData("w w", "Pending")]
    [InlineData("s w", "Pending")]
    [InlineData("r w", "Pending")]
    [InlineData("r r", "Running")]
    [InlineData("r 0", "Succeeded")]
    [InlineData("c1 r", "Running")]
    public void A_sidecar_is_an_init_container_until_it_has_started(string states, string phase)
    {
        var pod = Pod(Container()).WithInit(Sidecar("side")).WithPolicy("Never");
        PodPhases.Of(pod, Run(pod, states)).ShouldBe(phase);
    }

    [Theory]
    [InlineData("0 0", "Succeeded")]
    [InlineData("0 7", "Failed")]
    [InlineData("0 w", "Failed")]
    public void A_pod_that_is_over_has_succeeded_only_with_all_its_containers(string states, string phase)
    {
        var pod = Pod(Container("a"), Container("b"));
        PodPhases.Of(pod, Run(pod, states) with { Terminal = true }).ShouldBe(phase);
    }
}
