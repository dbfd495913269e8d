using Akka.Actor;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;

namespace AkkaKube.Console.Tests.Palettes;

public sealed class KubeKillTests : ConsoleKit
{
    [Fact]
    public void A_killed_controller_crashes_and_starts_again()
    {
        Family("controllers", "replicaset-controller");
        Say("/user/controllers/replicaset-controller", "hello").ShouldBe("hello 1");
        Say("/user/controllers/replicaset-controller", "hello").ShouldBe("hello 2");
        Text(Run(Console(), "kube", "kill", "controller", "replicaset-controller")).ShouldBe("crashed controller replicaset-controller on local; it is up again");
        Say("/user/controllers/replicaset-controller", "hello").ShouldBe("hello 1");
    }

    [Theory]
    [InlineData("scheduler")]
    [InlineData("apiserver")]
    public void A_killed_part_at_the_top_starts_again(string part)
    {
        Sys.ActorOf(Props.Create(() => new Echo()), part);
        Say($"/user/{part}", "hello").ShouldBe("hello 1");
        Text(Run(Console(), "kube", "kill", part)).ShouldBe($"crashed {part} on local; it is up again");
        Say($"/user/{part}", "hello").ShouldBe("hello 1");
    }

    [Fact]
    public void What_is_not_there_is_not_killed()
    {
        var console = Console();
        Failure(Run(console, "kube", "kill", "etcd", "pods")).ShouldBe(new Document.Failure(FailureCode.NotFound, "there is no etcd pods on local"));
        Failure(Run(console, "kube", "kill", "kubelet", "node-7")).Message.ShouldBe("there is no kubelet node-7 on local");
    }

    [Fact]
    public void A_paused_part_answers_nothing_until_it_is_resumed()
    {
        Family("controllers", "a");
        var console = Console();
        Text(Run(console, "kube", "pause", "controller", "a")).ShouldBe("paused controller a on local");
        Failure(Run(console, "kube", "pause", "controller", "a")).Message.ShouldContain("is paused already");
        Rows(Run(console, "kube", "faults")).ShouldBe([["local", "/user/controllers/a is paused"]]);
        var probe = CreateTestProbe();
        Sys.ActorSelection("/user/controllers/a").Tell("hello", probe);
        Text(Run(console, "kube", "resume", "controller")).ShouldBe("resumed /user/controllers/a on local");
        probe.ExpectMsg("hello 1");
        Failure(Run(console, "kube", "resume")).Message.ShouldContain("nothing is paused");
    }

    [Fact]
    public void A_pause_ends_after_its_time()
    {
        Family("controllers", "a");
        Text(Run(Console(), "kube", "pause", "controller", "a", "--for", "20ms"));
        Say("/user/controllers/a", "hello").ShouldBe("hello 1");
    }

    [Fact]
    public void The_console_does_not_pause_itself() => Failure(Run(Console(), "kube", "pause", "/user/console")).Message.ShouldContain("keeps the console going");

    [Fact]
    public void A_host_is_killed_after_it_has_answered()
    {
        var console = Console(Services with { Process = new NotedProcess(TestActor) });
        Text(Run(console, "kube", "kill-host", "local")).ShouldBe("local is being killed");
        ExpectMsg("killed");
        Failure(Run(console, "kube", "kill-host", "h7")).Message.ShouldBe("there is no host h7; there are local");
    }

    [Fact]
    public void A_host_is_paused_for_a_while()
    {
        var console = Console(Services with { Process = new NotedProcess(TestActor) });
        console.Tell(new ConsoleActor.Run(["kube", "pause", "local", "--for", "4s"]), TestActor);
        ExpectMsg("frozen for 4s");
        Text(ExpectMsg<ConsoleActor.Ran>().Answer).ShouldBe("local stands still for 4s");
    }

    private string Say(string path, string what)
    {
        var probe = CreateTestProbe();
        Sys.ActorSelection(path).Tell(what, probe);
        return probe.ExpectMsg<string>();
    }
}
