using Akka.Actor;
using Akka.TestKit;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Client.Requests;
using AkkaKube.Kubelet.Pods;
using AkkaKube.Runtime;
using static AkkaKube.Kubelet.Tests.Objects;

namespace AkkaKube.Kubelet.Tests.Pods;

/// <summary>Programs that end, and pods that are stopped.</summary>
public sealed class PodWorkerEndTests : PodWorkerSpec
{
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
        Kubelet.FishForMessage<KubeletActor.Report>(e => e.Reason == "BackOff").Message.ShouldBe("Back-off restarting failed container main in pod web_default(u1)");
        Cri.ExpectNoMsg(TimeSpan.FromMilliseconds(30));
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
        var stop = Cri.ExpectMsg<ContainerRuntime.StopPodSandbox>();
        WriteWhere(Phase("Succeeded"));
        Worker.Tell(new ContainerRuntime.PodSandboxStopped("sandbox", stop.Tag));
        Kubelet.FishForMessage<KubeletActor.ReleaseAddress>(_ => true).PodUid.ShouldBe("u1");
    }

    [Fact]
    public void A_deleted_pod_is_stopped_with_its_grace_then_reported_then_deleted()
    {
        var pod = Pod(Container());
        Take(pod);
        GiveSandbox();
        GiveImage();
        WriteWhere(Phase("Running"));
        Worker.Tell(new PodWorker.PodChanged(pod.Deleted(grace: 7)));
        var stop = Cri.ExpectMsg<ContainerRuntime.StopContainer>();
        (stop.ContainerId, stop.Timeout).ShouldBe(("c0", TimeSpan.FromSeconds(7)));
        Kubelet.FishForMessage<KubeletActor.Report>(e => e.Reason == "Killing").Message.ShouldBe("Stopping container main");
        Exit("c0", "main", 137);
        var sandbox = Cri.ExpectMsg<ContainerRuntime.StopPodSandbox>();
        WriteWhere(Phase("Failed"));
        Worker.Tell(new ContainerRuntime.PodSandboxStopped("sandbox", sandbox.Tag));
        Delete? delete = null;
        while (delete is null)
        {
            switch (ApiServer.ExpectMsg<WriteRequest>())
            {
                case Patch patch:
                    Worker.Tell(new Succeeded(patch.Tag, ApiObject.Of(pod), []));
                    break;
                case Delete found:
                    delete = found;
                    break;
            }
        }
        delete.Options.GracePeriodSeconds.ShouldBe(0);
        delete.Options.PreconditionUid.ShouldBe("u1");
        Worker.Tell(new Succeeded(delete.Tag, ApiObject.Of(pod), []));
        Watch(Worker);
        Worker.Tell(PodWorker.PodRemoved.Instance);
        ExpectTerminated(Worker);
        Cri.ExpectMsg<ContainerRuntime.RemovePodSandbox>().PodSandboxId.ShouldBe("sandbox");
    }

    [Fact]
    public void A_second_delete_with_less_grace_leaves_the_containers_less_time()
    {
        var pod = Pod(Container());
        Take(pod);
        GiveSandbox();
        GiveImage();
        WriteWhere(Phase("Running"));
        Worker.Tell(new PodWorker.PodChanged(pod.Deleted(grace: 30)));
        Cri.ExpectMsg<ContainerRuntime.StopContainer>().Timeout.ShouldBe(TimeSpan.FromSeconds(30));
        Worker.Tell(new PodWorker.PodChanged(pod.Deleted(grace: 5)));
        Cri.ExpectMsg<ContainerRuntime.StopContainer>().Timeout.ShouldBe(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void A_pod_whose_object_is_gone_is_stopped_without_a_word_to_the_API_server()
    {
        Take(Pod(Container()));
        GiveSandbox();
        GiveImage();
        WriteWhere(Phase("Running"));
        Watch(Worker);
        Worker.Tell(PodWorker.PodRemoved.Instance);
        Cri.ExpectMsg<ContainerRuntime.StopContainer>();
        Exit("c0", "main", 137);
        var sandbox = Cri.ExpectMsg<ContainerRuntime.StopPodSandbox>();
        Worker.Tell(new ContainerRuntime.PodSandboxStopped("sandbox", sandbox.Tag));
        ExpectTerminated(Worker);
        ApiServer.ExpectNoMsg(TimeSpan.FromMilliseconds(30));
    }

    [Fact]
    public void A_pod_deleted_before_it_started_starts_nothing()
    {
        var pod = Pod(Container());
        Take(pod);
        Kubelet.FishForMessage<KubeletActor.TakeAddress>(_ => true);
        Worker.Tell(new PodWorker.PodChanged(pod.Deleted()));
        Delete? delete = null;
        while (delete is null)
        {
            if (ApiServer.ExpectMsg<WriteRequest>() is Patch patch) Worker.Tell(new Succeeded(patch.Tag, ApiObject.Of(pod), []));
            else delete = ApiServer.LastMessage as Delete;
        }
        Cri.ExpectNoMsg(TimeSpan.FromMilliseconds(30));
    }

    [Fact]
    public void A_preStop_hook_runs_before_the_container_is_stopped_and_takes_from_its_grace()
    {
        var pod = Pod(Container() with { Lifecycle = new Lifecycle { PreStop = new LifecycleHandler { Sleep = new SleepAction { Seconds = 4 } } } });
        Take(pod);
        GiveSandbox();
        GiveImage();
        WriteWhere(Phase("Running"));
        Worker.Tell(new PodWorker.PodChanged(pod.Deleted(grace: 10)));
        Kubelet.FishForMessage<KubeletActor.Report>(e => e.Reason == "Killing");
        Cri.ExpectNoMsg(TimeSpan.FromMilliseconds(30));
        Clock.Advance(TimeSpan.FromSeconds(4));
        Cri.ExpectMsg<ContainerRuntime.StopContainer>().Timeout.ShouldBe(TimeSpan.FromSeconds(6));
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
        Cri.ExpectMsg<ContainerRuntime.StopContainer>();
        Exit("c0", "main", 137);
        WriteWhere(s => Phase("Failed")(s) && s.GetProperty("reason").GetString() == "DeadlineExceeded");
    }
}
