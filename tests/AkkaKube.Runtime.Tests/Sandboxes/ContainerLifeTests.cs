using System.Text;
using Akka.Actor;
using static AkkaKube.Runtime.ContainerRuntime;

namespace AkkaKube.Runtime.Tests.Sandboxes;

public class ContainerLifeTests : RuntimeTestKit
{
    [Fact]
    public void A_container_that_ends_by_itself_is_completed()
    {
        var id = Start(Sandbox(), new ContainerConfig("main", "busybox") { Command = ["echo", "Hello Kubernetes!"] });
        var status = Ended(id);
        status.ExitCode.ShouldBe(0);
        status.Reason.ShouldBe("Completed");
        status.FinishedAt!.Value.ShouldBeGreaterThanOrEqualTo(status.StartedAt!.Value);
        status.ImageRef.ShouldStartWith("docker.io/library/busybox@sha256:");
        LogOf(id).ShouldBe("Hello Kubernetes!\n");
    }

    [Fact]
    public void Events_come_in_the_order_of_the_life()
    {
        var id = Create(Sandbox(), new ContainerConfig("main", "busybox") { Command = ["sleep", "3"] });
        Runtime.Tell(new StartContainer(id), TestActor);
        Advance(5);
        ExpectMsg<ContainerStarted>();
        ExpectMsg<ContainerEvent>().Type.ShouldBe(ContainerEventType.Started);
        var ended = ExpectMsg<ContainerEvent>();
        ended.Type.ShouldBe(ContainerEventType.Stopped);
        (ended.Status.FinishedAt - ended.Status.StartedAt).ShouldBe(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void A_failing_program_leaves_its_code_and_the_reason_Error()
    {
        var status = Ended(Sh(Sandbox(), "echo oops >&2; exit 3"));
        (status.ExitCode, status.Reason).ShouldBe((3, "Error"));
    }

    [Fact]
    public void An_executable_that_is_not_there_makes_the_start_fail_as_runc_says_it()
    {
        var id = Create(Sandbox(), new ContainerConfig("main", "busybox") { Command = ["nothere", "x"] });
        Runtime.Tell(new StartContainer(id), TestActor);
        Advance(1);
        var failed = ExpectMsg<Failed>();
        failed.Message.ShouldBe("failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: \"nothere\": executable file not found in $PATH: unknown");
        var status = Ask<ContainerStatusIs>(new GetContainerStatus(id)).Status;
        (status.State, status.ExitCode, status.Reason).ShouldBe((ContainerState.Exited, 128, "StartError"));
        status.Message.ShouldBe(failed.Message);
    }

    [Fact]
    public void The_first_process_ignores_a_signal_it_has_not_asked_for_and_is_killed_after_the_grace_period()
    {
        var id = Start(Sandbox(), new ContainerConfig("main", "busybox") { Command = ["sleep", "1d"] });
        Runtime.Tell(new StopContainer(id, TimeSpan.FromSeconds(30)), TestActor);
        Advance(29);
        Ask<ContainerStatusIs>(new GetContainerStatus(id)).Status.State.ShouldBe(ContainerState.Running);
        Advance(2);
        FishForMessage<ContainerStopped>(_ => true);
        var status = Ended(id);
        (status.ExitCode, status.Reason).ShouldBe((137, "Error"));
    }

    [Fact]
    public void A_trap_ends_a_shell_in_order()
    {
        var id = Sh(Sandbox(), "trap 'echo bye; exit 0' TERM; while true; do sleep 1; done");
        Advance(3);
        Ask<ContainerStopped>(new StopContainer(id, TimeSpan.FromSeconds(30)), within: 3);
        var status = Ended(id);
        (status.ExitCode, status.Reason).ShouldBe((0, "Completed"));
        LogOf(id).ShouldBe("bye\n");
    }

    [Theory]
    [InlineData("nginx", 0)]
    [InlineData("httpd", 0)]
    [InlineData("registry.k8s.io/pause:3.10", 0)]
    [InlineData("registry.k8s.io/e2e-test-images/agnhost:2.56", 0)]
    [InlineData("example.com/some/daemon:1", 0)]
    public void Servers_end_at_their_stop_signal(string image, int code)
    {
        var id = Start(Sandbox(), new ContainerConfig("main", image));
        Advance(1);
        Ask<ContainerStopped>(new StopContainer(id, TimeSpan.FromSeconds(30)), within: 2);
        Ended(id).ExitCode.ShouldBe(code);
    }

    [Fact]
    public void A_stopped_container_is_stopped_again_at_once_and_a_removed_one_is_gone()
    {
        var id = Sh(Sandbox(), "true");
        Ended(id);
        Ask<ContainerStopped>(new StopContainer(id, TimeSpan.FromSeconds(30)), within: 0.2);
        Ask<ContainerRemoved>(new RemoveContainer(id));
        Ask<ContainerRemoved>(new RemoveContainer(id));
        Runtime.Tell(new GetContainerStatus(id), TestActor);
        Advance();
        ExpectMsg<Failed>().Code.ShouldBe(FailureCode.NotFound);
    }

    [Fact]
    public void Exec_gives_code_and_both_outputs_and_sees_the_containers_files()
    {
        var id = Sh(Sandbox(), "echo data > /tmp/f; sleep 1d");
        Advance(1);
        var result = Ask<ExecResult>(new ExecSync(id, ["sh", "-c", "cat /tmp/f; echo err >&2; exit 4"], TimeSpan.FromSeconds(5)));
        result.ExitCode.ShouldBe(4);
        Encoding.UTF8.GetString(result.Stdout.Span).ShouldBe("data\n");
        Encoding.UTF8.GetString(result.Stderr.Span).ShouldBe("err\n");
    }

    [Fact]
    public void Exec_fails_when_its_time_is_over_or_its_command_is_not_there()
    {
        var id = Sh(Sandbox(), "sleep 1d");
        Runtime.Tell(new ExecSync(id, ["sleep", "10"], TimeSpan.FromSeconds(1)) { Tag = 1 }, TestActor);
        Runtime.Tell(new ExecSync(id, ["nothere"], TimeSpan.FromSeconds(1)) { Tag = 2 }, TestActor);
        Advance(2);
        var failures = new[] { FishForMessage<Failed>(_ => true), FishForMessage<Failed>(_ => true) }.OrderBy(f => (int)f.Tag!).ToList();
        failures[0].Code.ShouldBe(FailureCode.DeadlineExceeded);
        failures[1].Message.ShouldContain("exec: \"nothere\": executable file not found in $PATH");
        Ask<ExecResult>(new ExecSync(id, ["ps"], TimeSpan.Zero)).Stdout.ToArray().Count(b => b == '\n').ShouldBe(3);
    }

    [Fact]
    public void The_termination_message_is_what_the_program_left_there_or_the_end_of_its_log()
    {
        Ended(Sh(Sandbox(), "echo -n because > /dev/termination-log; exit 1")).Message.ShouldBe("because");
        var sandbox = Sandbox();
        var id = Start(sandbox, new ContainerConfig("main", "busybox") { Command = ["sh", "-c", "echo last words; exit 1"], TerminationMessageFallsBackToLog = true });
        Ended(id).Message.ShouldBe("last words\n");
    }

    [Fact]
    public void Too_much_memory_ends_a_container_as_OOMKilled()
    {
        var id = Start(Sandbox(), new ContainerConfig("main", "polinux/stress") { Command = ["stress"], Args = ["--vm", "1", "--vm-bytes", "250M", "--vm-hang", "1"], MemoryLimit = 100 << 20 });
        var status = Ended(id);
        (status.ExitCode, status.Reason).ShouldBe((137, "OOMKilled"));
    }

    [Fact]
    public void Containers_of_a_pod_share_their_empty_volumes_and_not_their_roots()
    {
        var sandbox = Sandbox();
        var mount = new Mount("/data", "cache", new VolumeSource.Empty());
        var writer = Start(sandbox, new ContainerConfig("writer", "busybox") { Command = ["sh", "-c", "echo shared > /data/x; echo own > /tmp/x"], Mounts = [mount] });
        Ended(writer);
        var reader = Start(sandbox, new ContainerConfig("reader", "busybox") { Command = ["sh", "-c", "cat /data/x; cat /tmp/x"], Mounts = [mount with { ContainerPath = "/data", ReadOnly = true }] });
        Ended(reader).ExitCode.ShouldBe(1);
        LogOf(reader).ShouldBe("shared\ncat: can't open '/tmp/x': No such file or directory\n");
    }

    [Fact]
    public void A_volume_of_files_is_read_only_and_follows_its_updates()
    {
        var sandbox = Sandbox();
        static FileTree Tree(string text) => new(new Dictionary<string, FileEntry> { ["app/color"] = new(Encoding.UTF8.GetBytes(text)) });
        var id = Start(sandbox, new ContainerConfig("main", "busybox")
        {
            Command = ["sh", "-c", "echo x > /config/app/color; while true; do cat /config/app/color; sleep 1; done"],
            Mounts = [new Mount("/config", "settings", new VolumeSource.Files(Tree("red\n")))],
        });
        Advance(1.5);
        Ask<VolumeUpdated>(new UpdateVolume(sandbox, "settings", Tree("blue\n")));
        Advance(1);
        LogOf(id).ShouldBe("sh: can't create /config/app/color: Read-only file system\nred\nred\nblue\n");
    }

    [Fact]
    public void Programs_see_the_pods_names()
    {
        var sandbox = Sandbox("web-0", c => c with { Fqdn = "web-0.web.default.svc.cluster.local", ExtraHosts = [new HostEntry("1.2.3.4", ["db", "store"])] });
        var id = Sh(sandbox, "hostname; hostname -f; grep web-0 /etc/hosts; tail -n 2 /etc/hosts; cat /etc/resolv.conf");
        Ended(id);
        LogOf(id).ShouldBe("web-0\nweb-0.web.default.svc.cluster.local\n10.244.1.2\tweb-0.web.default.svc.cluster.local\tweb-0\n# Entries added by HostAliases.\n1.2.3.4\tdb\tstore\nsearch default.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n");
    }

    [Fact]
    public void The_user_of_the_container_may_write_only_where_it_may()
    {
        var id = Start(Sandbox(), new ContainerConfig("main", "busybox") { Command = ["sh", "-c", "id; echo x > /etc/x; echo x > /tmp/x && echo ok"], RunAsUser = 1000, RunAsGroup = 3000 });
        Ended(id).ExitCode.ShouldBe(0);
        LogOf(id).ShouldBe("uid=1000 gid=3000 groups=3000\nsh: can't create /etc/x: Permission denied\nok\n");
    }

    [Fact]
    public void A_read_only_root_takes_writes_in_volumes_alone()
    {
        var id = Start(Sandbox(), new ContainerConfig("main", "busybox") { Command = ["sh", "-c", "echo x > /tmp/x; echo x > /data/x && cat /data/x"], ReadOnlyRootFilesystem = true, Mounts = [new Mount("/data", "d", new VolumeSource.Empty())] });
        Ended(id);
        LogOf(id).ShouldBe("sh: can't create /tmp/x: Read-only file system\nx\n");
    }

    [Fact]
    public void A_loop_that_never_waits_leaves_time_for_everybody_else()
    {
        var sandbox = Sandbox();
        var busy = Sh(sandbox, "while :; do :; done", "busy");
        var other = Sh(sandbox, "sleep 2; echo done", "other");
        Ended(other, within: 10).ExitCode.ShouldBe(0);
        Ask<ContainerStatusIs>(new GetContainerStatus(busy)).Status.State.ShouldBe(ContainerState.Running);
        Ask<ContainerStopped>(new StopContainer(busy, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void A_stopped_sandbox_has_no_running_container_and_takes_no_new_one()
    {
        var sandbox = Sandbox();
        var id = Sh(sandbox, "sleep 1d");
        Ask<PodSandboxStopped>(new StopPodSandbox(sandbox));
        Ended(id).ExitCode.ShouldBe(137);
        Runtime.Tell(new CreateContainer(sandbox, new ContainerConfig("late", "busybox")), TestActor);
        Advance(1);
        FishForMessage<Failed>(_ => true).Code.ShouldBe(FailureCode.FailedPrecondition);
        Ask<PodSandboxes>(new ListPodSandbox()).Items.Single().Ready.ShouldBeFalse();
        Ask<PodSandboxRemoved>(new RemovePodSandbox(sandbox));
        Ask<PodSandboxRemoved>(new RemovePodSandbox(sandbox));
        Ask<PodSandboxes>(new ListPodSandbox()).Items.ShouldBeEmpty();
    }

    [Fact]
    public void Lists_name_every_sandbox_and_container_of_the_node()
    {
        var (one, two) = (Sandbox("one"), Sandbox("two"));
        Sh(one, "sleep 1d");
        Sh(two, "sleep 1d");
        Sh(two, "sleep 1d", "side");
        Ask<PodSandboxes>(new ListPodSandbox()).Items.Select(s => s.Config.Name).Order().ShouldBe(["one", "two"]);
        Ask<Containers>(new ListContainers()).Items.Count.ShouldBe(3);
        Ask<Containers>(new ListContainers(two)).Items.Select(c => c.Name).Order().ShouldBe(["main", "side"]);
    }

    [Fact]
    public void Two_sandboxes_cannot_have_one_address()
    {
        Sandbox("one", c => c with { Ip = "10.244.9.9" });
        Runtime.Tell(new RunPodSandbox(new PodSandboxConfig("default", "two", "uid-2") { Ip = "10.244.9.9" }), TestActor);
        Advance(1);
        ExpectMsg<Failed>().Message.ShouldContain("10.244.9.9 is in use");
    }
}
