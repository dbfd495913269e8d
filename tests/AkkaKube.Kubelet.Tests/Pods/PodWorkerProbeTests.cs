using Akka.TestKit;
using AkkaKube.Api.Core.V1;
using AkkaKube.Runtime;
using static AkkaKube.Kubelet.Tests.Objects;

namespace AkkaKube.Kubelet.Tests.Pods;

/// <summary>Probes, and what follows from their answers.</summary>
public sealed class PodWorkerProbeTests : PodWorkerSpec
{
    [Fact]
    public void A_readiness_probe_makes_the_pod_ready_and_unready()
    {
        Take(Pod(Container() with { ReadinessProbe = new Probe { Exec = new ExecAction { Command = ["true"] }, PeriodSeconds = 5, FailureThreshold = 1, InitialDelaySeconds = 3 } }));
        GiveSandbox();
        GiveImage();
        WriteWhere(Phase("Running")).GetProperty("status").GetProperty("containerStatuses")[0].GetProperty("ready").GetBoolean().ShouldBeFalse();
        Cri.ExpectNoMsg(TimeSpan.FromMilliseconds(30));
        Clock.Advance(TimeSpan.FromSeconds(3));
        Probe(0, "");
        WriteWhere(s => s.GetProperty("containerStatuses")[0].GetProperty("ready").GetBoolean());
        Clock.Advance(TimeSpan.FromSeconds(5));
        Probe(1, "no database");
        WriteWhere(s => !s.GetProperty("containerStatuses")[0].GetProperty("ready").GetBoolean());
        Kubelet.FishForMessage<KubeletActor.Report>(e => e.Reason == "Unhealthy").Message.ShouldBe("Readiness probe failed: no database");
    }

    [Fact]
    public void A_liveness_probe_that_fails_three_times_restarts_the_container()
    {
        Take(Pod(Container() with { LivenessProbe = new Probe { Exec = new ExecAction { Command = ["true"] }, PeriodSeconds = 5, TerminationGracePeriodSeconds = 4 } }));
        GiveSandbox();
        GiveImage();
        WriteWhere(Phase("Running"));
        Clock.Advance(TimeSpan.FromMilliseconds(200));
        for (var i = 0; i < 3; i++)
        {
            Probe(1, "dead");
            Clock.Advance(TimeSpan.FromSeconds(5));
        }
        var stop = Cri.ExpectMsg<ContainerRuntime.StopContainer>();
        stop.Timeout.ShouldBe(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(5));
        Kubelet.FishForMessage<KubeletActor.Report>(e => e.Reason == "Killing").Message.ShouldBe("Container main failed liveness probe, will be restarted");
        Exit("c0", "main", 137);
        GiveImage("c1").Config.Attempt.ShouldBe(1);
    }

    [Fact]
    public void The_other_probes_wait_for_the_startup_probe()
    {
        Take(Pod(Container() with { StartupProbe = new Probe { Exec = new ExecAction { Command = ["up"] } }, ReadinessProbe = new Probe { Exec = new ExecAction { Command = ["ready"] } } }));
        GiveSandbox();
        GiveImage();
        WriteWhere(Phase("Running"));
        Clock.Advance(TimeSpan.FromMilliseconds(200));
        Probe(0, "").ShouldBe("up");
        WriteWhere(s => s.GetProperty("containerStatuses")[0].GetProperty("started").GetBoolean());
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        Probe(0, "").ShouldBe("ready");
        WriteWhere(s => s.GetProperty("containerStatuses")[0].GetProperty("ready").GetBoolean());
    }
}
