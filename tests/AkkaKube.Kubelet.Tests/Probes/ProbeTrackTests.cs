using AkkaKube.Api.Core.V1;
using AkkaKube.Kubelet.Probes;
using static AkkaKube.Kubelet.Tests.Objects;

namespace AkkaKube.Kubelet.Tests.Probes;

public class ProbeTrackTests
{
    [Theory]
    [InlineData(3, 1, "f f", "")]
    [InlineData(3, 1, "f f f", "down")]
    [InlineData(3, 1, "f f s f f", "up")]
    [InlineData(3, 1, "f f f s", "up")]
    [InlineData(1, 1, "f", "down")]
    [InlineData(3, 2, "s", "")]
    [InlineData(3, 2, "s s", "up")]
    [InlineData(3, 2, "s f s", "")]
    [InlineData(0, 0, "f f f", "down")]
    public void The_verdict_changes_when_a_threshold_is_reached_in_a_row(int failures, int successes, string results, string verdict)
    {
        var track = new ProbeTrack(ProbeKind.Readiness, new Probe { FailureThreshold = failures, SuccessThreshold = successes });
        foreach (var result in results.Split(' ')) track = track.After(result == "s");
        track.Verdict.ShouldBe(verdict switch { "up" => true, "down" => false, _ => null });
    }

    [Fact]
    public void Until_the_container_has_started_only_its_startup_probe_asks()
    {
        var kinds = ProbeTrack.Of(Container() with { StartupProbe = new Probe(), LivenessProbe = new Probe(), ReadinessProbe = new Probe() }).ToList();
        kinds.Where(p => p.IsDue(started: false)).Select(p => p.Kind).ShouldBe([ProbeKind.Startup]);
        kinds.Where(p => p.IsDue(started: true)).Select(p => p.Kind).ShouldBe([ProbeKind.Liveness, ProbeKind.Readiness]);
    }

    [Fact]
    public void What_a_probe_does_not_say_has_the_usual_value()
    {
        var track = new ProbeTrack(ProbeKind.Liveness, new Probe());
        (track.InitialDelay, track.Period, track.Timeout).ShouldBe((TimeSpan.Zero, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void A_port_is_a_number_or_the_name_of_one_of_the_containers_ports()
    {
        var container = Container() with { Ports = [new ContainerPort { Name = "http", ContainerPortValue = 8080 }] };
        ContainerPorts.Resolve(80, container).ShouldBe(80);
        ContainerPorts.Resolve("http", container).ShouldBe(8080);
        ContainerPorts.Resolve("admin", container).ShouldBeNull();
        ContainerPorts.Resolve(0, container).ShouldBeNull();
    }

    [Fact]
    public void A_program_that_begins_anew_has_until_its_first_success_or_the_end_of_the_grace()
    {
        var container = Container() with { StartupProbe = new Probe { PeriodSeconds = 10, FailureThreshold = 12 }, ReadinessProbe = new Probe(), LivenessProbe = new Probe { InitialDelaySeconds = 5 } };
        var probes = ProbeTrack.Adopted(container, started: true, ready: true, T0, TimeSpan.FromSeconds(60)).ToDictionary(p => p.Kind);
        probes[ProbeKind.Readiness].Verdict.ShouldBe(true);
        // As long as its startup probe would have given it.
        probes[ProbeKind.Readiness].LenientUntil.ShouldBe(T0 + TimeSpan.FromSeconds(120));
        probes[ProbeKind.Liveness].Overlooks(success: false, T0 + TimeSpan.FromSeconds(124)).ShouldBeTrue();
        probes[ProbeKind.Liveness].Overlooks(success: false, T0 + TimeSpan.FromSeconds(126)).ShouldBeFalse();
        probes[ProbeKind.Liveness].After(success: true).Overlooks(success: false, T0).ShouldBeFalse();
        ProbeTrack.Adopted(Container() with { ReadinessProbe = new Probe() }, true, false, T0, TimeSpan.FromSeconds(60)).Single().ShouldSatisfyAllConditions(
            p => p.Verdict.ShouldBeNull(), p => p.LenientUntil.ShouldBe(T0 + TimeSpan.FromSeconds(60)));
    }
}
