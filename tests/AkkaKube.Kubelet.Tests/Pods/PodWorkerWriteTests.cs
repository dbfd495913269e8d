using System.Text;
using System.Text.Json;
using Akka.Actor;
using Akka.TestKit;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Client.Requests;
using AkkaKube.Kubelet.Pods;
using AkkaKube.Runtime;
using static AkkaKube.Kubelet.Tests.Objects;

namespace AkkaKube.Kubelet.Tests.Pods;

/// <summary>What the API server is told, and logs.</summary>
public sealed class PodWorkerWriteTests : PodWorkerSpec
{
    [Fact]
    public void A_condition_that_somebody_else_changed_is_written_anew_after_a_while()
    {
        Take(Pod(Container()));
        GiveSandbox();
        GiveImage();
        WriteWhere(Phase("Running"));
        var changed = Pod(Container());
        Worker.Tell(new PodWorker.PodChanged(changed with
        {
            Metadata = changed.Metadata with { ResourceVersion = "9" },
            Status = new PodStatus { Conditions = [.. PodConditions.Owned.Select(type => new PodCondition { Type = type, Status = type == "Ready" ? "False" : "True", ObservedGeneration = 1 })] },
        }));
        ApiServer.ExpectNoMsg(TimeSpan.FromMilliseconds(30));
        Clock.Advance(TimeSpan.FromSeconds(10));
        var conditions = WriteWhere(status => status.TryGetProperty("conditions", out _)).GetProperty("status").GetProperty("conditions");
        conditions.EnumerateArray().Select(c => c.GetProperty("type").GetString() + "=" + c.GetProperty("status").GetString()).ShouldBe(["Ready=True"]);
    }

    [Fact]
    public void An_address_that_the_kubelet_before_wrote_late_is_replaced_after_a_while()
    {
        Take(Pod(Container()));
        GiveSandbox();
        GiveImage();
        var told = WriteWhere(Phase("Running")).GetProperty("status");
        var changed = Pod(Container());
        Worker.Tell(new PodWorker.PodChanged(changed with
        {
            Metadata = changed.Metadata with { ResourceVersion = "9" },
            Status = new PodStatus
            {
                PodIP = "10.128.0.9",
                PodIPs = [new PodIP { Ip = "10.128.0.9" }],
                Conditions = [.. told.GetProperty("conditions").EnumerateArray().Select(c => new PodCondition { Type = c.GetProperty("type").GetString()!, Status = c.GetProperty("status").GetString()! })],
            },
        }));
        ApiServer.ExpectNoMsg(TimeSpan.FromMilliseconds(30));
        Clock.Advance(TimeSpan.FromSeconds(10));
        var status = WriteWhere(s => s.TryGetProperty("podIP", out _)).GetProperty("status");
        status.GetProperty("podIP").GetString().ShouldBe("10.128.0.2");
        status.GetProperty("containerStatuses")[0].GetProperty("containerID").GetString().ShouldBe("akkakube://c0");
    }

    [Fact]
    public void Writes_that_come_close_together_make_one()
    {
        Take(Pod(Container()));
        var first = ApiServer.ExpectMsg<Patch>();
        GiveSandbox();
        GiveImage();
        Kubelet.FishForMessage<KubeletActor.Report>(e => e.Reason == "Started");
        ApiServer.ExpectNoMsg(TimeSpan.FromMilliseconds(30));
        Worker.Tell(new Succeeded(first.Tag, ApiObject.Of(Pod(Container())), []));
        var status = JsonDocument.Parse(ApiServer.ExpectMsg<Patch>().Body).RootElement.GetProperty("status");
        status.GetProperty("phase").GetString().ShouldBe("Running");
        status.GetProperty("podIP").GetString().ShouldBe("10.128.0.2");
    }

    [Fact]
    public void A_host_that_is_not_sure_of_its_kubelets_writes_nothing_until_it_is()
    {
        IsCurrent = false;
        Take(Pod(Container()));
        ApiServer.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        IsCurrent = true;
        AwaitAssert(() =>
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            ApiServer.ExpectMsg<Patch>(TimeSpan.FromMilliseconds(100));
        });
    }

    [Fact]
    public void A_write_whose_answer_was_lost_is_made_again_and_a_late_answer_to_it_passed_over()
    {
        Take(Pod(Container()));
        var lost = ApiServer.ExpectMsg<Patch>();
        Clock.Advance(TimeSpan.FromSeconds(80));
        ApiServer.ExpectNoMsg(TimeSpan.FromMilliseconds(30));
        Patch? again = null;
        AwaitAssert(() =>
        {
            Clock.Advance(TimeSpan.FromSeconds(20));
            again = ApiServer.ExpectMsg<Patch>(TimeSpan.FromMilliseconds(100));
        });
        Worker.Tell(new Succeeded(lost.Tag, ApiObject.Of(Pod(Container())), []));
        Worker.Tell(new Succeeded(again!.Tag, ApiObject.Of(Pod(Container())), []));
        GiveSandbox();
        GiveImage();
        AwaitCondition(() =>
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            return ApiServer.HasMessages;
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
        Worker.Tell(new ReadLog("web") { Namespace = "default", User = new UserInfo("a", []), Tag = "t" }, reader);
        var read = Cri.ExpectMsg<ContainerRuntime.ReadLog>();
        read.ContainerId.ShouldBe("c0");
        Cri.LastSender.Tell(new ContainerRuntime.LogRead(Encoding.UTF8.GetBytes("hello\n"), 6, false, read.Tag));
        var chunk = reader.ExpectMsg<LogChunk>();
        (Encoding.UTF8.GetString(chunk.Bytes.Span), chunk.End, chunk.Tag).ShouldBe(("hello\n", false, "t"));
        Cri.ExpectMsg<ContainerRuntime.ReadLog>().From.ShouldBe(6);
        Cri.LastSender.Tell(new ContainerRuntime.LogRead(default, 6, true, read.Tag));
        reader.ExpectMsg<LogChunk>().End.ShouldBeTrue();
    }

    [Fact]
    public void Who_follows_a_log_hears_of_its_reader_before_there_is_a_line()
    {
        Take(Pod(Container()));
        GiveSandbox();
        GiveImage();
        var reader = CreateTestProbe();
        Worker.Tell(new ReadLog("web") { Namespace = "default", User = new UserInfo("a", []), Tag = "t", Follow = true }, reader);
        Cri.ExpectMsg<ContainerRuntime.ReadLog>().Follow.ShouldBeTrue();
        reader.ExpectMsg<LogChunk>().ShouldBe(new LogChunk("t", default, End: false));
        reader.LastSender.ShouldBe(Cri.LastSender);
    }
}
