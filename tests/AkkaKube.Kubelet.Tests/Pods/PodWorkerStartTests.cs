using Akka.Actor;
using Akka.TestKit;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Client.Requests;
using AkkaKube.Kubelet.Configuration;
using AkkaKube.Kubelet.Pods;
using AkkaKube.Network.Services;
using AkkaKube.Runtime;
using static AkkaKube.Kubelet.Tests.Objects;

namespace AkkaKube.Kubelet.Tests.Pods;

/// <summary>From a pod that is bound to the node to programs that run.</summary>
public sealed class PodWorkerStartTests : PodWorkerSpec
{
    [Fact]
    public void A_pod_is_started_step_by_step_and_told_to_the_API_server()
    {
        Take(Pod(Container() with { Command = ["sh", "-c", "echo $(A)"], Env = [new EnvVar { Name = "A", Value = "1" }] }));
        WriteWhere(Waiting("ContainerCreating"));
        GiveSandbox();
        var config = GiveImage().Config;
        config.Command.ShouldBe(["sh", "-c", "echo 1"]);
        config.Env.ShouldContain(new KeyValuePair<string, string>("A", "1"));
        Event().ShouldBe("Normal Pulled Container image \"busybox:1\" already present on machine and can be accessed by the pod");
        Event().ShouldBe("Normal Created Container created");
        Event().ShouldBe("Normal Started Container started");
        // A start is told after a glance; the worker may not have set its timer yet.
        AwaitCondition(() =>
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            return ApiServer.HasMessages;
        });
        var body = WriteWhere(Phase("Running"));
        body.GetProperty("metadata").GetProperty("uid").GetString().ShouldBe("u1");
        var status = body.GetProperty("status");
        var container = status.GetProperty("containerStatuses")[0];
        container.GetProperty("containerID").GetString().ShouldBe("akkakube://c0");
        container.GetProperty("imageID").GetString().ShouldBe("docker.io/library/busybox@sha256:2");
        container.GetProperty("ready").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public void A_program_that_is_over_at_once_is_never_told_to_have_run()
    {
        var pod = Pod(Container());
        Take(pod with { Spec = pod.Spec with { RestartPolicy = "Never" } });
        WriteWhere(Waiting("ContainerCreating"));
        GiveSandbox();
        GiveImage();
        Exit("c0", "main", 0);
        WriteWhere(status => Phase("Running")(status) ? throw new Xunit.Sdk.XunitException("the program was told to run") : Phase("Succeeded")(status));
    }

    [Fact]
    public void An_image_that_is_not_there_is_pulled()
    {
        Take(Pod(Container()));
        GiveSandbox();
        Worker.Tell(new ContainerRuntime.ImageStatusIs(null, Cri.ExpectMsg<ContainerRuntime.ImageStatus>().Tag));
        var pull = Cri.ExpectMsg<ContainerRuntime.PullImage>();
        Clock.Advance(TimeSpan.FromMilliseconds(1200));
        Worker.Tell(new ContainerRuntime.ImagePulled(Busybox, TimeSpan.FromMilliseconds(1200), pull.Tag));
        Cri.ExpectMsg<ContainerRuntime.CreateContainer>();
        Event().ShouldBe("Normal Pulling Pulling image \"busybox:1\"");
        Event().ShouldBe("Normal Pulled Successfully pulled image \"busybox:1\" in 1.2s (1.2s including waiting). Image size: 4269694 bytes.");
    }

    [Fact]
    public void An_image_that_cannot_be_pulled_is_tried_again_with_growing_delays()
    {
        Take(Pod(Container() with { ImagePullPolicy = "Always" }));
        GiveSandbox();
        foreach (var delay in new[] { 10, 20, 40 })
        {
            var pull = Cri.ExpectMsg<ContainerRuntime.PullImage>();
            Event().ShouldBe("Normal Pulling Pulling image \"busybox:1\"");
            Worker.Tell(new ContainerRuntime.Failed(ContainerRuntime.FailureCode.NotFound, "not found", pull.Tag));
            Event().ShouldBe("Warning Failed Failed to pull image \"busybox:1\": rpc error: code = NotFound desc = not found");
            Event().ShouldBe("Warning Failed Error: ErrImagePull");
            WriteWhere(Waiting("ErrImagePull"));
            Clock.Advance(TimeSpan.FromSeconds(1));
            Event().ShouldBe("Normal BackOff Back-off pulling image \"busybox:1\"");
            Event().ShouldBe("Warning Failed Error: ImagePullBackOff");
            WriteWhere(Waiting("ImagePullBackOff")).GetProperty("status").GetProperty("containerStatuses")[0].GetProperty("state").GetProperty("waiting").GetProperty("message").GetString()
                .ShouldBe("Back-off pulling image \"busybox:1\": ErrImagePull: rpc error: code = NotFound desc = not found");
            Clock.Advance(TimeSpan.FromSeconds(delay - 2));
            Cri.ExpectNoMsg(TimeSpan.FromMilliseconds(30));
            Clock.Advance(TimeSpan.FromSeconds(1));
        }
        Cri.ExpectMsg<ContainerRuntime.PullImage>();
    }

    [Fact]
    public void An_image_that_must_not_be_pulled_is_waited_for()
    {
        Take(Pod(Container() with { ImagePullPolicy = "Never" }));
        GiveSandbox();
        Worker.Tell(new ContainerRuntime.ImageStatusIs(null, Cri.ExpectMsg<ContainerRuntime.ImageStatus>().Tag));
        WriteWhere(Waiting("ErrImageNeverPull"));
        Event().ShouldBe("Warning ErrImageNeverPull Container image \"busybox:1\" is not present with pull policy of Never");
        Event().ShouldBe("Warning Failed Error: ErrImageNeverPull");
    }

    [Fact]
    public void A_container_that_is_over_before_its_start_was_answered_has_run_all_the_same()
    {
        Take(Pod(Container()).WithPolicy("Never"));
        GiveSandbox();
        Worker.Tell(new ContainerRuntime.ImageStatusIs(Busybox, Cri.ExpectMsg<ContainerRuntime.ImageStatus>().Tag));
        Worker.Tell(new ContainerRuntime.ContainerCreated("c0", Cri.ExpectMsg<ContainerRuntime.CreateContainer>().Tag));
        var start = Cri.ExpectMsg<ContainerRuntime.StartContainer>();
        Exit("c0", "main", 0);
        Worker.Tell(new ContainerRuntime.ContainerStarted("c0", start.Tag));
        WriteWhere(Phase("Succeeded"));
        Kubelet.FishForMessage<KubeletActor.Report>(e => e.Reason == "Started").Message.ShouldBe("Container started");
    }

    [Fact]
    public void A_postStart_hook_that_fails_kills_the_container()
    {
        Take(Pod(Container() with { Lifecycle = new Lifecycle { PostStart = new LifecycleHandler { Exec = new ExecAction { Command = ["setup"] } } } }));
        GiveSandbox();
        GiveImage();
        Probe(1, "no").ShouldBe("setup");
        Cri.ExpectMsg<ContainerRuntime.StopContainer>();
        Kubelet.FishForMessage<KubeletActor.Report>(e => e.Reason == "FailedPostStartHook").Message.ShouldBe("PostStartHook failed");
    }

    [Fact]
    public void What_a_container_must_have_and_is_not_there_is_waited_for_until_it_comes()
    {
        var pod = Pod(Container() with { EnvFrom = [new EnvFromSource { ConfigMapRef = new ConfigMapEnvSource { Name = "cfg" } }] });
        Take(pod);
        Configuration.ExpectMsg<ConfigurationCache.Follow>().References.ConfigMaps.ShouldBe(["cfg"]);
        Worker.Tell(new ConfigurationCache.Found(ReferencedObjects.None));
        GiveSandbox();
        Worker.Tell(new ContainerRuntime.ImageStatusIs(Busybox, Cri.ExpectMsg<ContainerRuntime.ImageStatus>().Tag));
        WriteWhere(Waiting("CreateContainerConfigError"));
        Kubelet.FishForMessage<KubeletActor.Report>(e => e.Reason == "Failed").Message.ShouldBe("Error: configmap \"cfg\" not found");
        Worker.Tell(new ConfigurationCache.Found(new ReferencedObjects(
            new Dictionary<ObjectKey, ConfigMap> { [new("default", "cfg")] = new() { Data = ValueMap.Of(("k", "v")) } }, new Dictionary<ObjectKey, Secret>())));
        GiveImage().Config.Env.ShouldContain(new KeyValuePair<string, string>("k", "v"));
    }

    [Fact]
    public void A_volume_that_cannot_be_set_up_holds_the_sandbox_back()
    {
        var pod = Pod(Container() with { VolumeMounts = [new VolumeMount { Name = "v", MountPath = "/etc/v" }] });
        pod = pod with { Spec = pod.Spec with { Volumes = [new Volume { Name = "v", ConfigMap = new ConfigMapVolumeSource { Name = "cfg" } }] } };
        Take(pod);
        Worker.Tell(new PodWorker.AddressTaken("10.128.0.2", ValueMap<Quantity>.Empty));
        Worker.Tell(ServiceView.Empty);
        Worker.Tell(new ConfigurationCache.Found(ReferencedObjects.None));
        Kubelet.FishForMessage<KubeletActor.Report>(e => e.Reason == "FailedMount").Message.ShouldBe("MountVolume.SetUp failed for volume \"v\" : configmap \"cfg\" not found");
        Cri.ExpectNoMsg(TimeSpan.FromMilliseconds(30));
        Worker.Tell(new ConfigurationCache.Found(new ReferencedObjects(
            new Dictionary<ObjectKey, ConfigMap> { [new("default", "cfg")] = new() { Data = ValueMap.Of(("k", "v")) } }, new Dictionary<ObjectKey, Secret>())));
        Cri.ExpectMsg<ContainerRuntime.RunPodSandbox>();
    }

    [Fact]
    public void A_refused_pod_fails_and_starts_nothing()
    {
        Take(Pod(Container()), new PodFailure("OutOfcpu", "Pod was rejected: no"));
        WriteWhere(s => Phase("Failed")(s) && s.GetProperty("reason").GetString() == "OutOfcpu");
        Cri.ExpectNoMsg(TimeSpan.FromMilliseconds(30));
    }

    [Fact]
    public void After_a_reboot_what_ran_is_started_again_in_a_new_sandbox()
    {
        var pod = Pod(Container());
        pod = pod with { Status = PodStatuses.Of(pod, Run(pod, "r"), new PodStatus(), "172.18.0.2", T0) };
        Take(pod);
        GiveSandbox();
        GiveImage("c9").Config.Attempt.ShouldBe(1);
        WriteWhere(s => s.TryGetProperty("containerStatuses", out var c) && c[0].GetProperty("restartCount").GetInt32() == 1)
            .GetProperty("status").GetProperty("containerStatuses")[0].GetProperty("lastState").GetProperty("terminated").GetProperty("exitCode").GetInt32().ShouldBe(255);
        Kubelet.FishForMessage<KubeletActor.Report>(e => e.Reason == "SandboxChanged").Message.ShouldBe("Pod sandbox changed, it will be killed and re-created.");
    }
}
