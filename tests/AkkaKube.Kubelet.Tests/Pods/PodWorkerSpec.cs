using System.Text;
using System.Text.Json;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Client.Requests;
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

/// <summary>A worker between probes of all that it talks to, in virtual time.</summary>
public abstract class PodWorkerSpec : TestKit
{
    private protected static readonly ImageInfo Busybox = new("sha256:1", ["docker.io/library/busybox:1"], ["docker.io/library/busybox@sha256:2"], 4269694);
    private volatile bool _isCurrent = true;

    protected PodWorkerSpec()
        : base(ReferenceConf.With("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\""))
    {
        ApiServer = CreateTestProbe("api");
        Cri = CreateTestProbe("runtime");
        Kubelet = CreateTestProbe("kubelet");
        Services = CreateTestProbe("services");
        Configuration = CreateTestProbe("configuration");
    }

    protected TestProbe ApiServer { get; }

    /// <summary>The container runtime.</summary>
    protected TestProbe Cri { get; }

    protected TestProbe Kubelet { get; }

    protected TestProbe Services { get; }

    protected TestProbe Configuration { get; }

    protected IActorRef Worker { get; private set; } = ActorRefs.Nobody;

    /// <summary>Whether the host is sure of its kubelets.</summary>
    protected bool IsCurrent { set => _isCurrent = value; }

    protected TestScheduler Clock => (TestScheduler)Sys.Scheduler;

    /// <summary>Starts a worker for a pod.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="refusal">Why the node does not admit it; null: it does.</param>
    /// <param name="adopts">Whether its node has come from another host.</param>
    private protected void Take(Pod pod, PodFailure? refusal = null, bool adopts = false)
    {
        var shared = new KubeletServices
        {
            ApiServer = ApiServer,
            Fabric = CreateTestProbe("fabric"),
            Services = Services,
            IsCurrent = () => _isCurrent,
            Runtime = _ => throw new InvalidOperationException("the worker starts no runtime"),
            Settings = KubeletSettings.From(Sys.Settings.Config),
            Network = NetworkSettings.From(Sys.Settings.Config),
        };
        var context = new KubeletContext(new NodeIdentity("node-1", "172.18.0.2", "10.128.0.0/24"), shared, Kubelet, Cri, Configuration, Sys.ActorOf(Turnstile.Props(4)), new ServiceAccountTokens(new Random(1)))
        {
            Adopts = adopts,
        };
        Worker = Sys.ActorOf(PodWorker.Props(pod, context, refusal));
    }

    /// <summary>Answers what the worker asks before it makes the sandbox, and makes it.</summary>
    private protected void GiveSandbox()
    {
        Kubelet.FishForMessage<KubeletActor.TakeAddress>(_ => true);
        Worker.Tell(new PodWorker.AddressTaken("10.128.0.2", ValueMap<Quantity>.Empty));
        Services.ExpectMsg<ServiceWatcher.Get>();
        Worker.Tell(ServiceView.Empty);
        var run = Cri.ExpectMsg<ContainerRuntime.RunPodSandbox>();
        run.Config.Ip.ShouldBe("10.128.0.2");
        Worker.Tell(new ContainerRuntime.PodSandboxRun("sandbox", run.Tag));
    }

    private protected ContainerRuntime.CreateContainer GiveImage(string id = "c0")
    {
        var image = Cri.ExpectMsg<ContainerRuntime.ImageStatus>();
        Worker.Tell(new ContainerRuntime.ImageStatusIs(Busybox, image.Tag));
        var create = Cri.ExpectMsg<ContainerRuntime.CreateContainer>();
        Worker.Tell(new ContainerRuntime.ContainerCreated(id, create.Tag));
        var start = Cri.ExpectMsg<ContainerRuntime.StartContainer>();
        Worker.Tell(new ContainerRuntime.ContainerStarted(id, start.Tag));
        return create;
    }

    private protected void Exit(string id, string name, int code) => Worker.Tell(new ContainerRuntime.ContainerEvent(
        ContainerRuntime.ContainerEventType.Stopped,
        new AkkaKube.Runtime.ContainerStatus(id, "sandbox", "u1", name, 0, AkkaKube.Runtime.ContainerState.Exited) { StartedAt = Clock.Now, FinishedAt = Clock.Now, ExitCode = code }));

    /// <summary>Answers status writes until one satisfies the condition; its body.</summary>
    private protected JsonElement WriteWhere(Predicate<JsonElement> condition)
    {
        for (var i = 0; i < 20; i++)
        {
            var patch = ApiServer.ExpectMsg<Patch>();
            patch.Subresource.ShouldBe(Subresource.Status);
            patch.User.Name.ShouldBe("system:node:node-1");
            Worker.Tell(new Succeeded(patch.Tag, ApiObject.Of(Pod(Container())), []));
            var body = JsonDocument.Parse(patch.Body).RootElement;
            if (condition(body.GetProperty("status"))) return body;
        }
        throw new Xunit.Sdk.XunitException("no such status was written");
    }

    private protected static Predicate<JsonElement> Phase(string phase) => status => status.TryGetProperty("phase", out var p) && p.GetString() == phase;

    private protected static Predicate<JsonElement> Waiting(string reason) => status =>
        status.TryGetProperty("containerStatuses", out var list) && list[0].GetProperty("state").TryGetProperty("waiting", out var waiting) && waiting.GetProperty("reason").GetString() == reason;

    private protected string Event() => Kubelet.FishForMessage<KubeletActor.Report>(_ => true) is var e ? $"{e.Type} {e.Reason} {e.Message}" : "";

    private protected string Probe(int exitCode, string output)
    {
        var exec = Cri.ExpectMsg<ContainerRuntime.ExecSync>();
        Worker.Tell(new ContainerRuntime.ExecResult(exitCode, Encoding.UTF8.GetBytes(output), default, exec.Tag));
        return exec.Command[0];
    }
}
