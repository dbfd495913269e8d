using System.Text;
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

/// <summary>A worker whose node has come from another host.</summary>
public sealed class PodWorkerAdoptionTests : PodWorkerSpec
{
    private static Pod Told(Pod pod, string states) => pod with { Status = PodStatuses.Of(pod, Run(pod, states), new PodStatus(), "172.18.0.2", T0) };

    private void Take(Pod pod) => Take(pod, adopts: true);

    private ContainerRuntime.AdoptPodSandbox Prepare()
    {
        Kubelet.ExpectMsg<KubeletActor.TakeAddress>().Former.ShouldBe("10.128.0.2");
        Worker.Tell(new PodWorker.AddressTaken("10.128.0.2", ValueMap<Quantity>.Empty));
        Services.ExpectMsg<ServiceWatcher.Get>();
        Worker.Tell(ServiceView.Empty);
        return Cri.ExpectMsg<ContainerRuntime.AdoptPodSandbox>();
    }

    private void Adopted(ContainerRuntime.AdoptPodSandbox adopt) => Worker.Tell(new ContainerRuntime.PodSandboxRun("sandbox", adopt.Tag));

    [Fact]
    public void The_runtime_is_told_what_ran_and_the_API_server_nothing()
    {
        Take(Told(Pod(Container() with { Command = ["sleep", "9"] }, Container("done")).WithPolicy("OnFailure"), "r 0"));
        var adopt = Prepare();
        adopt.Config.Ip.ShouldBe("10.128.0.2");
        var container = adopt.Containers.ShouldHaveSingleItem();
        (container.Id, container.StartedAt, container.Config.Name).ShouldBe(("main-id", T0, "main"));
        container.Config.Command.ShouldBe(["sleep", "9"]);
        Adopted(adopt);
        Clock.Advance(TimeSpan.FromSeconds(30));
        ApiServer.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Kubelet.HasMessages.ShouldBeFalse();
        Cri.HasMessages.ShouldBeFalse();
    }

    [Fact]
    public void What_is_read_and_deleted_meanwhile_is_done_when_it_stands()
    {
        var pod = Told(Pod(Container()), "r");
        Take(pod);
        var reader = CreateTestProbe();
        Worker.Tell(new ReadLog("web") { Namespace = "default", User = new UserInfo("a", []) }, reader);
        Worker.Tell(new PodWorker.PodChanged(pod.Deleted(grace: 1)));
        Adopted(Prepare());
        Cri.ExpectMsg<ContainerRuntime.StopContainer>().ContainerId.ShouldBe("main-id");
        Cri.ExpectMsg<ContainerRuntime.ReadLog>().ContainerId.ShouldBe("main-id");
    }

    [Fact]
    public void A_sandbox_that_cannot_be_made_at_once_is_tried_again_without_a_word()
    {
        Take(Told(Pod(Container()), "r"));
        var adopt = Prepare();
        Worker.Tell(new ContainerRuntime.Failed(ContainerRuntime.FailureCode.Unknown, "address 10.128.0.2 is in use", adopt.Tag));
        AwaitAssert(() =>
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            Cri.ExpectMsg<ContainerRuntime.AdoptPodSandbox>(TimeSpan.FromMilliseconds(100));
        });
        ApiServer.HasMessages.ShouldBeFalse();
    }

    [Fact]
    public void Configuration_that_is_gone_does_not_stop_what_runs()
    {
        var container = Container() with { Env = [new EnvVar { Name = "A", ValueFrom = new EnvVarSource { ConfigMapKeyRef = new ConfigMapKeySelector { Name = "gone", Key = "a" } } }] };
        var pod = Pod(container);
        pod = pod with { Spec = pod.Spec with { Volumes = [new Volume { Name = "v", ConfigMap = new ConfigMapVolumeSource { Name = "gone" } }] } };
        Take(Told(pod, "r"));
        Worker.Tell(new ConfigurationCache.Found(ReferencedObjects.None));
        Prepare().Containers.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_program_that_has_to_come_up_again_does_not_make_its_container_unready()
    {
        var probe = new Probe { Exec = new ExecAction { Command = ["ready"] }, PeriodSeconds = 1, FailureThreshold = 1 };
        Take(Told(Pod(Container() with { ReadinessProbe = probe }), "r"));
        Adopted(Prepare());
        for (var i = 0; i < 5; i++) Answer(1);
        ApiServer.HasMessages.ShouldBeFalse();
        Kubelet.HasMessages.ShouldBeFalse();
        Answer(0);
        Answer(1);
        Kubelet.FishForMessage<KubeletActor.Report>(e => e.Reason == "Unhealthy");
        Encoding.UTF8.GetString(ApiServer.ExpectMsg<Patch>().Body.Span).ShouldContain("ContainersNotReady");
    }

    private void Answer(int exitCode)
    {
        ContainerRuntime.ExecSync? exec = null;
        AwaitAssert(() =>
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            exec = Cri.ExpectMsg<ContainerRuntime.ExecSync>(TimeSpan.FromMilliseconds(100));
        });
        Worker.Tell(new ContainerRuntime.ExecResult(exitCode, default, default, exec!.Tag));
    }
}
