using System.Text;
using System.Text.Json;
using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Client.Requests;
using AkkaKube.Fabric;
using AkkaKube.Kubelet.Configuration;
using AkkaKube.Kubelet.Nodes;
using AkkaKube.Kubelet.Pods;
using AkkaKube.Kubelet.Volumes;
using AkkaKube.Kubelet.Writes;
using AkkaKube.Network;
using AkkaKube.Network.Services;
using AkkaKube.Runtime;
using AkkaKube.Tests;
using static AkkaKube.Kubelet.Tests.Objects;

namespace AkkaKube.Kubelet.Tests.Pods;

public class PodWorkerTests : TestKit
{
    private static readonly ImageInfo Busybox = new("sha256:1", ["docker.io/library/busybox:1"], ["docker.io/library/busybox@sha256:2"], 4269694);
    private readonly TestProbe _api;
    private readonly TestProbe _runtime;
    private readonly TestProbe _kubelet;
    private readonly TestProbe _services;
    private readonly TestProbe _configuration;
    private readonly TestProbe _fabric;
    private IActorRef _worker = ActorRefs.Nobody;
    private volatile bool _current = true;

    public PodWorkerTests()
        : base(ReferenceConf.With("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\""))
    {
        _api = CreateTestProbe("api");
        _runtime = CreateTestProbe("runtime");
        _kubelet = CreateTestProbe("kubelet");
        _services = CreateTestProbe("services");
        _configuration = CreateTestProbe("configuration");
        _fabric = CreateTestProbe("fabric");
    }

    private TestScheduler Clock => (TestScheduler)Sys.Scheduler;

    private void Take(Pod pod, PodFailure? refusal = null)
    {
        var shared = new KubeletServices
        {
            ApiServer = _api,
            Fabric = _fabric,
            Services = _services,
            IsCurrent = () => _current,
            Runtime = _ => throw new InvalidOperationException("the worker starts no runtime"),
            Settings = KubeletSettings.From(Sys.Settings.Config),
            Network = NetworkSettings.From(Sys.Settings.Config),
        };
        var context = new KubeletContext(new NodeIdentity("node-1", "172.18.0.2", "10.128.0.0/24"), shared, _kubelet, _runtime, _configuration, Sys.ActorOf(Turnstile.Props(4)), new ServiceAccountTokens(new Random(1)));
        _worker = Sys.ActorOf(PodWorker.Props(pod, context, refusal));
    }

    /// <summary>Answers what the worker asks before it makes the sandbox, and makes it.</summary>
    private void GiveSandbox()
    {
        _kubelet.FishForMessage<KubeletActor.TakeAddress>(_ => true);
        _worker.Tell(new PodWorker.AddressTaken("10.128.0.2", ValueMap<Quantity>.Empty));
        _services.ExpectMsg<ServiceWatcher.Get>();
        _worker.Tell(ServiceView.Empty);
        var run = _runtime.ExpectMsg<ContainerRuntime.RunPodSandbox>();
        run.Config.Ip.ShouldBe("10.128.0.2");
        _worker.Tell(new ContainerRuntime.PodSandboxRun("sandbox", run.Tag));
    }

    private ContainerRuntime.CreateContainer GiveImage(string id = "c0")
    {
        var image = _runtime.ExpectMsg<ContainerRuntime.ImageStatus>();
        _worker.Tell(new ContainerRuntime.ImageStatusIs(Busybox, image.Tag));
        var create = _runtime.ExpectMsg<ContainerRuntime.CreateContainer>();
        _worker.Tell(new ContainerRuntime.ContainerCreated(id, create.Tag));
        var start = _runtime.ExpectMsg<ContainerRuntime.StartContainer>();
        _worker.Tell(new ContainerRuntime.ContainerStarted(id, start.Tag));
        return create;
    }

    private void Exit(string id, string name, int code) => _worker.Tell(new ContainerRuntime.ContainerEvent(
        ContainerRuntime.ContainerEventType.Stopped,
        new AkkaKube.Runtime.ContainerStatus(id, "sandbox", "u1", name, 0, AkkaKube.Runtime.ContainerState.Exited) { StartedAt = Clock.Now, FinishedAt = Clock.Now, ExitCode = code }));

    /// <summary>Answers status writes until one satisfies the condition; its body.</summary>
    private JsonElement WriteWhere(Predicate<JsonElement> condition)
    {
        for (var i = 0; i < 20; i++)
        {
            var patch = _api.ExpectMsg<Patch>();
            patch.Subresource.ShouldBe(Subresource.Status);
            patch.User.Name.ShouldBe("system:node:node-1");
            _worker.Tell(new Succeeded(patch.Tag, ApiObject.Of(Pod(Container())), []));
            var body = JsonDocument.Parse(patch.Body).RootElement;
            if (condition(body.GetProperty("status"))) return body;
        }
        throw new Xunit.Sdk.XunitException("no such status was written");
    }

    private static Predicate<JsonElement> Phase(string phase) => status => status.TryGetProperty("phase", out var p) && p.GetString() == phase;

    private static Predicate<JsonElement> Waiting(string reason) => status =>
        status.TryGetProperty("containerStatuses", out var list) && list[0].GetProperty("state").TryGetProperty("waiting", out var waiting) && waiting.GetProperty("reason").GetString() == reason;

    private string Event() => _kubelet.FishForMessage<KubeletActor.Report>(_ => true) is var e ? $"{e.Type} {e.Reason} {e.Message}" : "";

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
            return _api.HasMessages;
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
    public void A_condition_that_somebody_else_changed_is_written_anew_after_a_while()
    {
        Take(Pod(Container()));
        GiveSandbox();
        GiveImage();
        WriteWhere(Phase("Running"));
        var changed = Pod(Container());
        _worker.Tell(new PodWorker.PodChanged(changed with
        {
            Metadata = changed.Metadata with { ResourceVersion = "9" },
            Status = new PodStatus { Conditions = [.. PodConditions.Owned.Select(type => new PodCondition { Type = type, Status = type == "Ready" ? "False" : "True", ObservedGeneration = 1 })] },
        }));
        _api.ExpectNoMsg(TimeSpan.FromMilliseconds(30));
        Clock.Advance(TimeSpan.FromSeconds(10));
        var conditions = WriteWhere(status => status.TryGetProperty("conditions", out _)).GetProperty("status").GetProperty("conditions");
        conditions.EnumerateArray().Select(c => c.GetProperty("type").GetString() + "=" + c.GetProperty("status").GetString()).ShouldBe(["Ready=True"]);
    }

    [Fact]
    public void An_image_that_is_not_there_is_pulled()
    {
        Take(Pod(Container()));
        GiveSandbox();
        _worker.Tell(new ContainerRuntime.ImageStatusIs(null, _runtime.ExpectMsg<ContainerRuntime.ImageStatus>().Tag));
        var pull = _runtime.ExpectMsg<ContainerRuntime.PullImage>();
        Clock.Advance(TimeSpan.FromMilliseconds(1200));
        _worker.Tell(new ContainerRuntime.ImagePulled(Busybox, TimeSpan.FromMilliseconds(1200), pull.Tag));
        _runtime.ExpectMsg<ContainerRuntime.CreateContainer>();
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
            var pull = _runtime.ExpectMsg<ContainerRuntime.PullImage>();
            Event().ShouldBe("Normal Pulling Pulling image \"busybox:1\"");
            _worker.Tell(new ContainerRuntime.Failed(ContainerRuntime.FailureCode.NotFound, "not found", pull.Tag));
            Event().ShouldBe("Warning Failed Failed to pull image \"busybox:1\": rpc error: code = NotFound desc = not found");
            Event().ShouldBe("Warning Failed Error: ErrImagePull");
            WriteWhere(Waiting("ErrImagePull"));
            Clock.Advance(TimeSpan.FromSeconds(1));
            Event().ShouldBe("Normal BackOff Back-off pulling image \"busybox:1\"");
            Event().ShouldBe("Warning Failed Error: ImagePullBackOff");
            WriteWhere(Waiting("ImagePullBackOff")).GetProperty("status").GetProperty("containerStatuses")[0].GetProperty("state").GetProperty("waiting").GetProperty("message").GetString()
                .ShouldBe("Back-off pulling image \"busybox:1\": ErrImagePull: rpc error: code = NotFound desc = not found");
            Clock.Advance(TimeSpan.FromSeconds(delay - 2));
            _runtime.ExpectNoMsg(TimeSpan.FromMilliseconds(30));
            Clock.Advance(TimeSpan.FromSeconds(1));
        }
        _runtime.ExpectMsg<ContainerRuntime.PullImage>();
    }

    [Fact]
    public void An_image_that_must_not_be_pulled_is_waited_for()
    {
        Take(Pod(Container() with { ImagePullPolicy = "Never" }));
        GiveSandbox();
        _worker.Tell(new ContainerRuntime.ImageStatusIs(null, _runtime.ExpectMsg<ContainerRuntime.ImageStatus>().Tag));
        WriteWhere(Waiting("ErrImageNeverPull"));
        Event().ShouldBe("Warning ErrImageNeverPull Container image \"busybox:1\" is not present with pull policy of Never");
        Event().ShouldBe("Warning Failed Error: ErrImageNeverPull");
    }

    [Fact]
    public void A_container_that_ends_is_restarted_at_once_and_then_with_growing_delays()
    {
        Take(Pod(Container()));
        GiveSandbox();
        GiveImage("c0");
        WriteWhere(Phase("Running"));
        Exit("c0", "main", 1);
        GiveImage("c1").Config.Attempt.ShouldBe(1);
        WriteWhere(s => s.TryGetProperty("containerStatuses", out var c) && c[0].GetProperty("restartCount").GetInt32() == 1);
        Exit("c1", "main", 1);
        WriteWhere(Waiting("CrashLoopBackOff")).GetProperty("status").GetProperty("containerStatuses")[0].GetProperty("state").GetProperty("waiting").GetProperty("message").GetString()
            .ShouldBe("back-off 10s restarting failed container=main pod=web_default(u1)");
        _kubelet.FishForMessage<KubeletActor.Report>(e => e.Reason == "BackOff").Message.ShouldBe("Back-off restarting failed container main in pod web_default(u1)");
        _runtime.ExpectNoMsg(TimeSpan.FromMilliseconds(30));
        Clock.Advance(TimeSpan.FromSeconds(10));
        GiveImage("c2").Config.Attempt.ShouldBe(2);
        Exit("c2", "main", 0);
        WriteWhere(Waiting("CrashLoopBackOff"));
        Clock.Advance(TimeSpan.FromSeconds(20));
        GiveImage("c3").Config.Attempt.ShouldBe(3);
    }

    [Fact]
    public void A_pod_that_is_not_restarted_ends_with_its_containers_and_gives_its_address_back()
    {
        Take(Pod(Container()).WithPolicy("Never"));
        GiveSandbox();
        GiveImage();
        WriteWhere(Phase("Running"));
        Exit("c0", "main", 0);
        var stop = _runtime.ExpectMsg<ContainerRuntime.StopPodSandbox>();
        WriteWhere(Phase("Succeeded"));
        _worker.Tell(new ContainerRuntime.PodSandboxStopped("sandbox", stop.Tag));
        _kubelet.FishForMessage<KubeletActor.ReleaseAddress>(_ => true).PodUid.ShouldBe("u1");
    }

    [Fact]
    public void A_container_that_is_over_before_its_start_was_answered_has_run_all_the_same()
    {
        Take(Pod(Container()).WithPolicy("Never"));
        GiveSandbox();
        _worker.Tell(new ContainerRuntime.ImageStatusIs(Busybox, _runtime.ExpectMsg<ContainerRuntime.ImageStatus>().Tag));
        _worker.Tell(new ContainerRuntime.ContainerCreated("c0", _runtime.ExpectMsg<ContainerRuntime.CreateContainer>().Tag));
        var start = _runtime.ExpectMsg<ContainerRuntime.StartContainer>();
        Exit("c0", "main", 0);
        _worker.Tell(new ContainerRuntime.ContainerStarted("c0", start.Tag));
        WriteWhere(Phase("Succeeded"));
        _kubelet.FishForMessage<KubeletActor.Report>(e => e.Reason == "Started").Message.ShouldBe("Container started");
    }

    [Fact]
    public void A_deleted_pod_is_stopped_with_its_grace_then_reported_then_deleted()
    {
        var pod = Pod(Container());
        Take(pod);
        GiveSandbox();
        GiveImage();
        WriteWhere(Phase("Running"));
        _worker.Tell(new PodWorker.PodChanged(pod.Deleted(grace: 7)));
        var stop = _runtime.ExpectMsg<ContainerRuntime.StopContainer>();
        (stop.ContainerId, stop.Timeout).ShouldBe(("c0", TimeSpan.FromSeconds(7)));
        _kubelet.FishForMessage<KubeletActor.Report>(e => e.Reason == "Killing").Message.ShouldBe("Stopping container main");
        Exit("c0", "main", 137);
        var sandbox = _runtime.ExpectMsg<ContainerRuntime.StopPodSandbox>();
        WriteWhere(Phase("Failed"));
        _worker.Tell(new ContainerRuntime.PodSandboxStopped("sandbox", sandbox.Tag));
        Delete? delete = null;
        while (delete is null)
        {
            switch (_api.ExpectMsg<WriteRequest>())
            {
                case Patch patch:
                    _worker.Tell(new Succeeded(patch.Tag, ApiObject.Of(pod), []));
                    break;
                case Delete found:
                    delete = found;
                    break;
            }
        }
        delete.Options.GracePeriodSeconds.ShouldBe(0);
        delete.Options.PreconditionUid.ShouldBe("u1");
        _worker.Tell(new Succeeded(delete.Tag, ApiObject.Of(pod), []));
        Watch(_worker);
        _worker.Tell(PodWorker.PodRemoved.Instance);
        ExpectTerminated(_worker);
        _runtime.ExpectMsg<ContainerRuntime.RemovePodSandbox>().PodSandboxId.ShouldBe("sandbox");
    }

    [Fact]
    public void A_second_delete_with_less_grace_leaves_the_containers_less_time()
    {
        var pod = Pod(Container());
        Take(pod);
        GiveSandbox();
        GiveImage();
        WriteWhere(Phase("Running"));
        _worker.Tell(new PodWorker.PodChanged(pod.Deleted(grace: 30)));
        _runtime.ExpectMsg<ContainerRuntime.StopContainer>().Timeout.ShouldBe(TimeSpan.FromSeconds(30));
        _worker.Tell(new PodWorker.PodChanged(pod.Deleted(grace: 5)));
        _runtime.ExpectMsg<ContainerRuntime.StopContainer>().Timeout.ShouldBe(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void A_pod_whose_object_is_gone_is_stopped_without_a_word_to_the_API_server()
    {
        Take(Pod(Container()));
        GiveSandbox();
        GiveImage();
        WriteWhere(Phase("Running"));
        Watch(_worker);
        _worker.Tell(PodWorker.PodRemoved.Instance);
        _runtime.ExpectMsg<ContainerRuntime.StopContainer>();
        Exit("c0", "main", 137);
        var sandbox = _runtime.ExpectMsg<ContainerRuntime.StopPodSandbox>();
        _worker.Tell(new ContainerRuntime.PodSandboxStopped("sandbox", sandbox.Tag));
        ExpectTerminated(_worker);
        _api.ExpectNoMsg(TimeSpan.FromMilliseconds(30));
    }

    [Fact]
    public void A_pod_deleted_before_it_started_starts_nothing()
    {
        var pod = Pod(Container());
        Take(pod);
        _kubelet.FishForMessage<KubeletActor.TakeAddress>(_ => true);
        _worker.Tell(new PodWorker.PodChanged(pod.Deleted()));
        Delete? delete = null;
        while (delete is null)
        {
            if (_api.ExpectMsg<WriteRequest>() is Patch patch) _worker.Tell(new Succeeded(patch.Tag, ApiObject.Of(pod), []));
            else delete = _api.LastMessage as Delete;
        }
        _runtime.ExpectNoMsg(TimeSpan.FromMilliseconds(30));
    }

    [Fact]
    public void A_readiness_probe_makes_the_pod_ready_and_unready()
    {
        Take(Pod(Container() with { ReadinessProbe = new Probe { Exec = new ExecAction { Command = ["true"] }, PeriodSeconds = 5, FailureThreshold = 1, InitialDelaySeconds = 3 } }));
        GiveSandbox();
        GiveImage();
        WriteWhere(Phase("Running")).GetProperty("status").GetProperty("containerStatuses")[0].GetProperty("ready").GetBoolean().ShouldBeFalse();
        _runtime.ExpectNoMsg(TimeSpan.FromMilliseconds(30));
        Clock.Advance(TimeSpan.FromSeconds(3));
        Probe(0, "");
        WriteWhere(s => s.GetProperty("containerStatuses")[0].GetProperty("ready").GetBoolean());
        Clock.Advance(TimeSpan.FromSeconds(5));
        Probe(1, "no database");
        WriteWhere(s => !s.GetProperty("containerStatuses")[0].GetProperty("ready").GetBoolean());
        _kubelet.FishForMessage<KubeletActor.Report>(e => e.Reason == "Unhealthy").Message.ShouldBe("Readiness probe failed: no database");
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
        var stop = _runtime.ExpectMsg<ContainerRuntime.StopContainer>();
        stop.Timeout.ShouldBe(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(5));
        _kubelet.FishForMessage<KubeletActor.Report>(e => e.Reason == "Killing").Message.ShouldBe("Container main failed liveness probe, will be restarted");
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

    [Fact]
    public void A_preStop_hook_runs_before_the_container_is_stopped_and_takes_from_its_grace()
    {
        var pod = Pod(Container() with { Lifecycle = new Lifecycle { PreStop = new LifecycleHandler { Sleep = new SleepAction { Seconds = 4 } } } });
        Take(pod);
        GiveSandbox();
        GiveImage();
        WriteWhere(Phase("Running"));
        _worker.Tell(new PodWorker.PodChanged(pod.Deleted(grace: 10)));
        _kubelet.FishForMessage<KubeletActor.Report>(e => e.Reason == "Killing");
        _runtime.ExpectNoMsg(TimeSpan.FromMilliseconds(30));
        Clock.Advance(TimeSpan.FromSeconds(4));
        _runtime.ExpectMsg<ContainerRuntime.StopContainer>().Timeout.ShouldBe(TimeSpan.FromSeconds(6));
    }

    [Fact]
    public void A_postStart_hook_that_fails_kills_the_container()
    {
        Take(Pod(Container() with { Lifecycle = new Lifecycle { PostStart = new LifecycleHandler { Exec = new ExecAction { Command = ["setup"] } } } }));
        GiveSandbox();
        GiveImage();
        Probe(1, "no").ShouldBe("setup");
        _runtime.ExpectMsg<ContainerRuntime.StopContainer>();
        _kubelet.FishForMessage<KubeletActor.Report>(e => e.Reason == "FailedPostStartHook").Message.ShouldBe("PostStartHook failed");
    }

    [Fact]
    public void What_a_container_must_have_and_is_not_there_is_waited_for_until_it_comes()
    {
        var pod = Pod(Container() with { EnvFrom = [new EnvFromSource { ConfigMapRef = new ConfigMapEnvSource { Name = "cfg" } }] });
        Take(pod);
        _configuration.ExpectMsg<ConfigurationCache.Follow>().References.ConfigMaps.ShouldBe(["cfg"]);
        _worker.Tell(new ConfigurationCache.Found(ReferencedObjects.None));
        GiveSandbox();
        _worker.Tell(new ContainerRuntime.ImageStatusIs(Busybox, _runtime.ExpectMsg<ContainerRuntime.ImageStatus>().Tag));
        WriteWhere(Waiting("CreateContainerConfigError"));
        _kubelet.FishForMessage<KubeletActor.Report>(e => e.Reason == "Failed").Message.ShouldBe("Error: configmap \"cfg\" not found");
        _worker.Tell(new ConfigurationCache.Found(new ReferencedObjects(
            new Dictionary<ObjectKey, ConfigMap> { [new("default", "cfg")] = new() { Data = ValueMap.Of(("k", "v")) } }, new Dictionary<ObjectKey, Secret>())));
        GiveImage().Config.Env.ShouldContain(new KeyValuePair<string, string>("k", "v"));
    }

    [Fact]
    public void A_volume_that_cannot_be_set_up_holds_the_sandbox_back()
    {
        var pod = Pod(Container() with { VolumeMounts = [new VolumeMount { Name = "v", MountPath = "/etc/v" }] });
        pod = pod with { Spec = pod.Spec with { Volumes = [new Volume { Name = "v", ConfigMap = new ConfigMapVolumeSource { Name = "cfg" } }] } };
        Take(pod);
        _worker.Tell(new PodWorker.AddressTaken("10.128.0.2", ValueMap<Quantity>.Empty));
        _worker.Tell(ServiceView.Empty);
        _worker.Tell(new ConfigurationCache.Found(ReferencedObjects.None));
        _kubelet.FishForMessage<KubeletActor.Report>(e => e.Reason == "FailedMount").Message.ShouldBe("MountVolume.SetUp failed for volume \"v\" : configmap \"cfg\" not found");
        _runtime.ExpectNoMsg(TimeSpan.FromMilliseconds(30));
        _worker.Tell(new ConfigurationCache.Found(new ReferencedObjects(
            new Dictionary<ObjectKey, ConfigMap> { [new("default", "cfg")] = new() { Data = ValueMap.Of(("k", "v")) } }, new Dictionary<ObjectKey, Secret>())));
        _runtime.ExpectMsg<ContainerRuntime.RunPodSandbox>();
    }

    [Fact]
    public void A_refused_pod_fails_and_starts_nothing()
    {
        Take(Pod(Container()), new PodFailure("OutOfcpu", "Pod was rejected: no"));
        WriteWhere(s => Phase("Failed")(s) && s.GetProperty("reason").GetString() == "OutOfcpu");
        _runtime.ExpectNoMsg(TimeSpan.FromMilliseconds(30));
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
        _kubelet.FishForMessage<KubeletActor.Report>(e => e.Reason == "SandboxChanged").Message.ShouldBe("Pod sandbox changed, it will be killed and re-created.");
    }

    [Fact]
    public void A_pod_that_is_active_too_long_fails()
    {
        var pod = Pod(Container());
        Take(pod with { Spec = pod.Spec with { ActiveDeadlineSeconds = 60 } });
        GiveSandbox();
        GiveImage();
        WriteWhere(Phase("Running"));
        Clock.Advance(TimeSpan.FromSeconds(60));
        _runtime.ExpectMsg<ContainerRuntime.StopContainer>();
        Exit("c0", "main", 137);
        WriteWhere(s => Phase("Failed")(s) && s.GetProperty("reason").GetString() == "DeadlineExceeded");
    }

    [Fact]
    public void Writes_that_come_close_together_make_one()
    {
        Take(Pod(Container()));
        var first = _api.ExpectMsg<Patch>();
        GiveSandbox();
        GiveImage();
        _kubelet.FishForMessage<KubeletActor.Report>(e => e.Reason == "Started");
        _api.ExpectNoMsg(TimeSpan.FromMilliseconds(30));
        _worker.Tell(new Succeeded(first.Tag, ApiObject.Of(Pod(Container())), []));
        var status = JsonDocument.Parse(_api.ExpectMsg<Patch>().Body).RootElement.GetProperty("status");
        status.GetProperty("phase").GetString().ShouldBe("Running");
        status.GetProperty("podIP").GetString().ShouldBe("10.128.0.2");
    }

    [Fact]
    public void A_host_that_is_not_sure_of_its_kubelets_writes_nothing_until_it_is()
    {
        _current = false;
        Take(Pod(Container()));
        _api.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        _current = true;
        AwaitAssert(() =>
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            _api.ExpectMsg<Patch>(TimeSpan.FromMilliseconds(100));
        });
    }

    [Fact]
    public void A_write_whose_answer_was_lost_is_made_again_and_a_late_answer_to_it_passed_over()
    {
        Take(Pod(Container()));
        var lost = _api.ExpectMsg<Patch>();
        Clock.Advance(TimeSpan.FromSeconds(80));
        _api.ExpectNoMsg(TimeSpan.FromMilliseconds(30));
        Patch? again = null;
        AwaitAssert(() =>
        {
            Clock.Advance(TimeSpan.FromSeconds(20));
            again = _api.ExpectMsg<Patch>(TimeSpan.FromMilliseconds(100));
        });
        _worker.Tell(new Succeeded(lost.Tag, ApiObject.Of(Pod(Container())), []));
        _worker.Tell(new Succeeded(again!.Tag, ApiObject.Of(Pod(Container())), []));
        GiveSandbox();
        GiveImage();
        AwaitCondition(() =>
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            return _api.HasMessages;
        });
        WriteWhere(Phase("Running"));
    }

    [Fact]
    public void A_log_is_read_from_the_runtime_chunk_by_chunk()
    {
        Take(Pod(Container()));
        GiveSandbox();
        GiveImage();
        var reader = CreateTestProbe();
        _worker.Tell(new ReadLog("web") { Namespace = "default", User = new UserInfo("a", []), Tag = "t" }, reader);
        var read = _runtime.ExpectMsg<ContainerRuntime.ReadLog>();
        read.ContainerId.ShouldBe("c0");
        _runtime.LastSender.Tell(new ContainerRuntime.LogRead(Encoding.UTF8.GetBytes("hello\n"), 6, false, read.Tag));
        var chunk = reader.ExpectMsg<LogChunk>();
        (Encoding.UTF8.GetString(chunk.Bytes.Span), chunk.End, chunk.Tag).ShouldBe(("hello\n", false, "t"));
        _runtime.ExpectMsg<ContainerRuntime.ReadLog>().From.ShouldBe(6);
        _runtime.LastSender.Tell(new ContainerRuntime.LogRead(default, 6, true, read.Tag));
        reader.ExpectMsg<LogChunk>().End.ShouldBeTrue();
    }

    [Fact]
    public void Who_follows_a_log_hears_of_its_reader_before_there_is_a_line()
    {
        Take(Pod(Container()));
        GiveSandbox();
        GiveImage();
        var reader = CreateTestProbe();
        _worker.Tell(new ReadLog("web") { Namespace = "default", User = new UserInfo("a", []), Tag = "t", Follow = true }, reader);
        _runtime.ExpectMsg<ContainerRuntime.ReadLog>().Follow.ShouldBeTrue();
        reader.ExpectMsg<LogChunk>().ShouldBe(new LogChunk("t", default, End: false));
        reader.LastSender.ShouldBe(_runtime.LastSender);
    }

    private string Probe(int exitCode, string output)
    {
        var exec = _runtime.ExpectMsg<ContainerRuntime.ExecSync>();
        _worker.Tell(new ContainerRuntime.ExecResult(exitCode, Encoding.UTF8.GetBytes(output), default, exec.Tag));
        return exec.Command[0];
    }
}
