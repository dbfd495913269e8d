using System.Text.Json;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Api.Tables;

namespace AkkaKube.Api.Tests.Tables;

/// <summary>What kubectl prints.</summary>
public sealed class TableTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(119, "119s")]
    [InlineData(120, "2m")]
    [InlineData(312, "5m12s")]
    [InlineData(3600, "60m")]
    [InlineData(3 * 3600, "3h")]
    [InlineData((3 * 3600) + 300, "3h5m")]
    [InlineData(30 * 3600, "30h")]
    [InlineData(52 * 3600, "2d4h")]
    [InlineData(30 * 86400, "30d")]
    [InlineData(800 * 86400, "2y70d")]
    [InlineData(-5, "<invalid>")]
    public void Durations_are_short(int seconds, string text) => HumanDuration.Of(TimeSpan.FromSeconds(seconds)).ShouldBe(text);

    [Fact]
    public void Every_cell_function_that_the_model_names_exists()
    {
        foreach (var column in Resources.BuiltIn.All.SelectMany(type => type.Columns)) Cells.Has(column.Cell).ShouldBeTrue(column.Cell);
    }

    [Theory]
    [InlineData("Pending", null, null, "0/1", "Pending")]
    [InlineData("Pending", "waiting", "ContainerCreating", "0/1", "ContainerCreating")]
    [InlineData("Running", "running", null, "1/1", "Running")]
    [InlineData("Running", "waiting", "CrashLoopBackOff", "0/1", "CrashLoopBackOff")]
    [InlineData("Succeeded", "terminated", "Completed", "0/1", "Completed")]
    [InlineData("Failed", "terminated", "Error", "0/1", "Error")]
    public void A_pods_status_is_one_word(string phase, string? state, string? reason, string ready, string status)
    {
        var container = new ContainerStatus
        {
            Name = "c",
            Ready = state == "running",
            State = state switch
            {
                "waiting" => new ContainerState { Waiting = new ContainerStateWaiting { Reason = reason } },
                "running" => new ContainerState { Running = new ContainerStateRunning() },
                "terminated" => new ContainerState { Terminated = new ContainerStateTerminated { Reason = reason } },
                _ => new ContainerState(),
            },
        };
        var pod = new Pod { Spec = new PodSpec { Containers = [new Container { Name = "c" }] }, Status = new PodStatus { Phase = phase, ContainerStatuses = state is null ? [] : [container] } };
        var cells = PodCells.Of(pod);
        ($"{cells.Ready}/{cells.Total}", cells.Status).ShouldBe((ready, status));
        PodCells.Of(pod with { Metadata = new ObjectMeta { DeletionTimestamp = Now } }).Status.ShouldBe(phase is "Succeeded" or "Failed" ? status : "Terminating");
    }

    [Fact]
    public void A_failing_init_container_shows_before_all_else()
    {
        var pod = new Pod
        {
            Spec = new PodSpec { Containers = [new Container { Name = "c" }], InitContainers = [new Container { Name = "i" }] },
            Status = new PodStatus { Phase = "Pending", InitContainerStatuses = [new ContainerStatus { Name = "i", RestartCount = 2, State = new ContainerState { Waiting = new ContainerStateWaiting { Reason = "CrashLoopBackOff" } }, LastState = new ContainerState { Terminated = new ContainerStateTerminated { FinishedAt = Now.AddSeconds(-30) } } }] },
        };
        PodCells.Of(pod).Status.ShouldBe("Init:CrashLoopBackOff");
        PodCells.Of(pod).RestartsText(Now).ShouldBe("2 (30s ago)");
    }

    [Fact]
    public void A_service_shows_its_addresses_and_ports()
    {
        var service = new Service { Spec = new ServiceSpec { Type = "NodePort", ClusterIPs = ["10.96.0.7"], Ports = [new ServicePort { Port = 80, NodePort = 30080, Protocol = "TCP" }, new ServicePort { Port = 53, Protocol = "UDP" }] } };
        ServiceCells.Ports(service).ShouldBe("80:30080/TCP,53/UDP");
        ServiceCells.ExternalIp(service).ShouldBe("<none>");
        ServiceCells.ExternalIp(service with { Spec = service.Spec with { Type = "LoadBalancer" } }).ShouldBe("<pending>");
    }

    [Fact]
    public void A_table_has_columns_rows_and_the_metadata_of_each_object()
    {
        var map = new ConfigMap { Metadata = new ObjectMeta { Name = "m", Namespace = "n", ResourceVersion = "7", CreationTimestamp = Now.AddSeconds(-5) }, Data = ValueMap.Of(("a", "1"), ("b", "2")) };
        var table = new Table(Resources.BuiltIn.Get(GroupVersionResource.ConfigMaps), Now) { ResourceVersion = 9 };
        var json = JsonDocument.Parse(table.Render([ApiObject.Of(map)])).RootElement;
        json.GetProperty("metadata").GetProperty("resourceVersion").GetString().ShouldBe("9");
        json.GetProperty("columnDefinitions").EnumerateArray().Select(c => c.GetProperty("name").GetString()).ShouldBe(["Name", "Data", "Age"]);
        var row = json.GetProperty("rows")[0];
        row.GetProperty("cells").ToString().ShouldBe("""["m",2,"5s"]""");
        row.GetProperty("object").GetProperty("kind").GetString().ShouldBe("PartialObjectMetadata");
        row.GetProperty("object").GetProperty("metadata").GetProperty("name").GetString().ShouldBe("m");
    }
}
