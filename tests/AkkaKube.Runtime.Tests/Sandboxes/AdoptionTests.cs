using AkkaKube.Tests;
using static AkkaKube.Runtime.ContainerRuntime;

namespace AkkaKube.Runtime.Tests.Sandboxes;

public class AdoptionTests : RuntimeTestKit
{
    private static readonly DateTimeOffset LongAgo = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private string Adopt(params AdoptedContainer[] containers) =>
        Ask<PodSandboxRun>(new AdoptPodSandbox(new PodSandboxConfig("default", "web-0", "uid-web-0") { Ip = "10.244.1.77", Hostname = "web-0" }, containers)).PodSandboxId;

    private static AdoptedContainer Shell(string id, string script) => new(id, new ContainerConfig("c-" + id, "busybox") { Command = ["sh", "-c", script], Attempt = 3 }, LongAgo);

    [Fact]
    public void Containers_that_ran_on_another_host_run_again_under_their_ids_and_have_started_when_they_had()
    {
        Adopt(Shell("a1", "echo here; sleep 100000"), Shell("b2", "sleep 100000"));
        foreach (var id in (string[])["a1", "b2"])
        {
            var status = Ask<ContainerStatusIs>(new GetContainerStatus(id)).Status;
            (status.Id, status.State, status.StartedAt, status.Attempt).ShouldBe((id, ContainerState.Running, LongAgo, 3));
        }
        LogOf("a1").ShouldBe("here\n");
    }

    [Fact]
    public void The_image_is_there_without_a_pull_as_are_those_that_the_node_had()
    {
        Runtime.Tell(new TakeOver(["docker.io/library/nginx:1.29"]), TestActor);
        Adopt(Shell("a1", "sleep 100000"), new AdoptedContainer("x", new ContainerConfig("x", "example.com/made/up:1"), LongAgo));
        foreach (var image in (string[])["busybox", "nginx:1.29", "example.com/made/up:1"]) Ask<ImageStatusIs>(new ImageStatus(image)).Image.ShouldNotBeNull(image);
    }

    [Fact]
    public void A_container_whose_program_ends_is_told_with_the_time_it_started()
    {
        Runtime.Tell(new AdoptPodSandbox(new PodSandboxConfig("default", "web-0", "u") { Ip = "10.244.1.77" }, [Shell("a1", "exit 4"), new AdoptedContainer("n", new ContainerConfig("n", "busybox") { Command = ["/no/such"] }, LongAgo)]), TestActor);
        Advance(5);
        ExpectMsg<PodSandboxRun>();
        var ends = new[] { ExpectMsg<ContainerEvent>(), ExpectMsg<ContainerEvent>() };
        ends.ShouldAllBe(e => e.Type == ContainerEventType.Stopped);
        ends.Single(e => e.Status.Id == "a1").Status.ShouldSatisfyAllConditions(s => s.ExitCode.ShouldBe(4), s => s.StartedAt.ShouldBe(LongAgo));
        ends.Single(e => e.Status.Id == "n").Status.ExitCode.ShouldBe(128);
    }

    [Fact]
    public void Identifiers_that_are_drawn_after_a_take_over_are_others_than_before()
    {
        var twin = Sys.ActorOf(Props("node-1", RuntimeSettings.From(ReferenceConf.With()), Fabric, new Random(1)), "twin");
        twin.Tell(new TakeOver([]), TestActor);
        twin.Tell(new RunPodSandbox(new PodSandboxConfig("default", "a", "a") { Ip = "10.244.1.50" }), TestActor);
        Advance(1);
        var after = ExpectMsg<PodSandboxRun>().PodSandboxId;
        Sandbox().ShouldNotBe(after);
    }
}
