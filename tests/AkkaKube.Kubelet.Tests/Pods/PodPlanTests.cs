using AkkaKube.Api.Core.V1;
using AkkaKube.Kubelet.Pods;
using FsCheck;
using FsCheck.Fluent;
using static AkkaKube.Kubelet.Tests.Objects;

namespace AkkaKube.Kubelet.Tests.Pods;

public class PodPlanTests
{
    private static string Show(IEnumerable<PodStep> steps) => string.Join(' ', steps.Select(s => s switch
    {
        PodStep.Start start => "+" + start.Container.Name,
        PodStep.Kill kill => "-" + kill.Container.Name,
        _ => "finish",
    }));

    private static string Next(Pod pod, string states) => Show(PodPlan.Next(pod, Run(pod, states), _ => false));

    [Theory]
    [InlineData("Always", "w w", "+a +b")]
    [InlineData("Always", "r w", "+b")]
    [InlineData("Always", "r r", "")]
    [InlineData("Always", "0 1", "+a +b")]
    [InlineData("OnFailure", "0 1", "+b")]
    [InlineData("OnFailure", "0 0", "finish")]
    [InlineData("Never", "0 1", "finish")]
    [InlineData("Never", "0 r", "")]
    public void Containers_start_at_once_and_again_as_the_restart_policy_says(string policy, string states, string steps) =>
        Next(Pod(Container("a"), Container("b")).WithPolicy(policy), states).ShouldBe(steps);

    [Theory]
    [InlineData("w w w", "+i1")]
    [InlineData("r w w", "")]
    [InlineData("0 w w", "+i2")]
    [InlineData("0 1 w", "+i2")]
    [InlineData("0 0 w", "+main")]
    [InlineData("0 0 1", "+main")]
    public void Init_containers_run_one_after_the_other_before_all_others(string states, string steps) =>
        Next(Pod(Container()).WithInit(Container("i1"), Container("i2")), states).ShouldBe(steps);

    [Theory]
    [InlineData("w w w", "+side")]
    [InlineData("s w w", "")]
    [InlineData("r w w", "+init")]
    [InlineData("r 0 w", "+main")]
    [InlineData("1 r w", "+side")]
    [InlineData("1 0 r", "+side")]
    [InlineData("r 0 0", "-side")]
    [InlineData("0 0 0", "finish")]
    public void A_sidecar_runs_beside_the_others_and_ends_last(string states, string steps) =>
        Next(Pod(Container()).WithInit(Sidecar("side"), Container("init")).WithPolicy("Never"), states).ShouldBe(steps);

    [Fact]
    public void A_failed_init_container_that_is_not_restarted_ends_the_pod() =>
        Next(Pod(Container()).WithInit(Container("init")).WithPolicy("Never"), "1 w").ShouldBe("finish");

    [Theory]
    [InlineData("In", 1, "finish")]
    [InlineData("In", 7, "+main")]
    [InlineData("NotIn", 7, "finish")]
    [InlineData("NotIn", 1, "+main")]
    public void A_containers_own_rules_may_restart_it_for_some_exit_codes(string op, int code, string steps)
    {
        var container = Container() with
        {
            RestartPolicy = "Never",
            RestartPolicyRules = [new ContainerRestartRule { Action = "Restart", ExitCodes = new ContainerRestartRuleOnExitCodes { Operator = op, Values = [7] } }],
        };
        Next(Pod(container), code.ToString(System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(steps);
    }

    [Fact]
    public void A_container_that_waits_for_its_back_off_is_left_alone()
    {
        var pod = Pod(Container("a"), Container("b"));
        Show(PodPlan.Next(pod, Run(pod, "c1 c1"), name => name == "a")).ShouldBe("+b");
    }

    [Fact]
    public void A_probe_that_failed_kills_its_container()
    {
        var pod = Pod(Container());
        var run = Run(pod, "r");
        Show(PodPlan.Next(pod, run.With(run.Of("main") with { KillMessage = "failed" }), _ => false)).ShouldBe("-main");
    }

    [Fact]
    public void Ending_stops_containers_first_then_sidecars_from_the_last_to_the_first()
    {
        var pod = Pod(Container("a"), Container("b")).WithInit(Sidecar("s1"), Sidecar("s2"));
        Show(PodPlan.End(pod, Run(pod, "r r r r"), [])).ShouldBe("-a -b");
        Show(PodPlan.End(pod, Run(pod, "r r 0 0"), [])).ShouldBe("-s2");
        Show(PodPlan.End(pod, Run(pod, "r 0 0 0"), [])).ShouldBe("-s1");
        Show(PodPlan.End(pod, Run(pod, "0 0 0 0"), [])).ShouldBe("finish");
    }

    [Fact]
    public void Doing_what_is_next_over_and_over_brings_every_pod_that_may_end_to_its_end()
    {
        var containers = Gen.Elements("Always", "OnFailure", "Never").SelectMany(_ => Gen.Choose(1, 3)).Two();
        Prop.ForAll(containers.SelectMany(n => Gen.Elements("OnFailure", "Never").Select(p => (n.Item1, n.Item2, p))).ToArbitrary(), shape =>
        {
            var pod = Pod([.. Enumerable.Range(0, shape.Item1).Select(i => Container("c" + i))])
                .WithInit([.. Enumerable.Range(0, shape.Item2).Select(i => i % 2 == 0 ? Sidecar("i" + i) : Container("i" + i))]).WithPolicy(shape.p);
            var run = Run(pod, string.Join(' ', Enumerable.Repeat("w", shape.Item1 + shape.Item2)));
            for (var turn = 0; turn < 100; turn++)
            {
                var steps = PodPlan.Next(pod, run, _ => false);
                if (steps is [PodStep.Finish]) return true;
                foreach (var step in steps)
                    run = step switch
                    {
                        PodStep.Start start => run.With(Running(start.Container.Name)),
                        PodStep.Kill kill => run.With(Exited(kill.Container.Name)),
                        _ => run,
                    };
                // Whatever runs and is no sidecar ends well.
                foreach (var c in pod.Spec.InitContainers.Concat(pod.Spec.Containers))
                    if (steps.Count == 0 && c.RestartPolicy is null && run.Of(c.Name).State == RunState.Running) run = run.With(Exited(c.Name));
            }
            return false;
        }).QuickCheckThrowOnFailure();
    }
}
