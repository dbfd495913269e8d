using System.Threading.Channels;
using Akka.Actor;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;

namespace AkkaKube.Console.Tests.Palettes;

public sealed class ClusterPaletteTests : ConsoleKit
{
    [Fact]
    public void A_single_host_shows_itself_and_says_that_it_is_alone()
    {
        var console = Console();
        Rows(Run(console, "cluster", "show")).ShouldHaveSingleItem()[0].ShouldBe("local");
        Text(Run(console, "cluster", "status")).ShouldContain("this is a single host");
        Text(Run(console, "cluster", "leader")).ShouldStartWith("local ");
        foreach (var command in (string[])["join akka://x@y:1", "leave local", "down local", "down-unreachable"])
            Failure(Run(console, ["cluster", .. command.Split(' ')])).Message.ShouldContain("this is a single host");
    }

    [Fact]
    public void Members_are_listed_with_what_is_known_of_them()
    {
        var h1 = CreateTestProbe();
        var hosts = new FakeHosts("h2", ("h1", h1), ("h2", ActorRefs.Nobody), ("h3", CreateTestProbe()));
        hosts.Unreachable.Add("h3");
        Family("scheduler", "scheduler");
        Family("nodes");
        var console = Console(Services with { Hosts = hosts, Parts = ClusterParts.SingleHost with { Singletons = ["/user/scheduler/scheduler", "/user/nodes/nodes"] } });
        console.Tell(new ConsoleActor.Run(["cluster", "show"]), TestActor);
        h1.ExpectMsg(new ConsoleActor.Run(["console", "singletons-here"], Here: true));
        h1.Reply(new ConsoleActor.Ran("h1", new Document.Table(["NAME"], [["service-writer"], ["nodes"]])));
        Rows(ExpectMsg<ConsoleActor.Ran>().Answer).ShouldBe([
            ["h1", "akka.ssl.tcp://akkakube@10.0.0.1:7100", "Up", "yes", "leader", "host-h1", "nodes service-writer"],
            ["h2", "akka.ssl.tcp://akkakube@10.0.0.2:7100", "Up", "yes", "", "host-h2", "scheduler"],
            ["h3", "akka.ssl.tcp://akkakube@10.0.0.3:7100", "Up", "no", "", "host-h3", "?"]]);
        Text(Run(console, "cluster", "status")).ShouldBe("3 members; asked: h2\nUp: h1, h2, h3\nunreachable: h3\nleader: h1");
        Text(Run(console, "cluster", "leader")).ShouldBe("h1 akka.ssl.tcp://akkakube@10.0.0.1:7100");
    }

    [Fact]
    public void Members_leave_and_are_downed_by_name_or_address()
    {
        var hosts = Three();
        hosts.Unreachable.Add("h3");
        var console = Console(Services with { Hosts = hosts });
        Run(console, "cluster", "leave", "h1");
        Run(console, "cluster", "down", "akka.ssl.tcp://akkakube@10.0.0.3:7100");
        Run(console, "cluster", "down", "10.0.0.1:7100");
        Text(Run(console, "cluster", "down-unreachable")).ShouldBe("declared dead: h3");
        Run(console, "cluster", "join", "akka.ssl.tcp://akkakube@10.0.0.1:7100");
        hosts.Notes.ShouldBe(["leave h1", "down h3", "down h1", "down h3", "join akka.ssl.tcp://akkakube@10.0.0.1:7100"]);
        Failure(Run(console, "cluster", "down", "h9")).Code.ShouldBe(FailureCode.NotFound);
        Failure(Run(console, "cluster", "join", "nowhere")).Code.ShouldBe(FailureCode.Usage);
    }

    [Fact]
    public async Task Tail_begins_with_the_members_and_goes_on_with_what_happens()
    {
        var hosts = Three();
        var console = Console(Services with { Hosts = hosts });
        var lines = Channel.CreateBounded<Document>(100);
        console.Tell(new ConsoleActor.Begin(1, ["cluster", "tail"], lines.Writer));
        foreach (var name in (string[])["h1", "h2", "h3"]) Text(await lines.Reader.ReadAsync()).ShouldEndWith($"{name} is Up");
        AwaitCondition(() => hosts.Listener is not null);
        hosts.Listener!.Tell("h3 is unreachable", ActorRefs.NoSender);
        Text(await lines.Reader.ReadAsync()).ShouldEndWith("h3 is unreachable");
    }

    [Fact]
    public void A_part_that_another_host_has_is_killed_there()
    {
        var (h1, h3) = (CreateTestProbe(), CreateTestProbe());
        var console = Console(Services with { Hosts = new FakeHosts("h2", ("h1", h1), ("h2", ActorRefs.Nobody), ("h3", h3)) });
        console.Tell(new ConsoleActor.Run(["kube", "kill", "scheduler"]), TestActor);
        h1.ExpectMsg(new ConsoleActor.Run(["kube", "kill", "scheduler"], Here: true));
        h1.Reply(new ConsoleActor.Ran("h1", new Document.Failure(FailureCode.NotFound, "not here")));
        h3.ExpectMsg<ConsoleActor.Run>();
        h3.Reply(new ConsoleActor.Ran("h3", new Document.Done("crashed scheduler on h3; it is up again")));
        Text(ExpectMsg<ConsoleActor.Ran>().Answer).ShouldBe("crashed scheduler on h3; it is up again");
    }

    [Fact]
    public void The_api_server_of_a_named_host_is_killed_there_and_nowhere_else()
    {
        Sys.ActorOf(Props.Create(() => new Echo()), "apiserver");
        var (h1, h3) = (CreateTestProbe(), CreateTestProbe());
        var console = Console(Services with { Hosts = new FakeHosts("h2", ("h1", h1), ("h2", ActorRefs.Nobody), ("h3", h3)) });
        console.Tell(new ConsoleActor.Run(["kube", "kill", "apiserver", "h3"]), TestActor);
        h3.ExpectMsg<ConsoleActor.Run>();
        h3.Reply(new ConsoleActor.Ran("h3", new Document.Done("crashed")));
        Text(ExpectMsg<ConsoleActor.Ran>().Answer).ShouldBe("crashed");
        Text(Run(console, "kube", "kill", "apiserver", "h2")).ShouldBe("crashed apiserver on h2; it is up again");
        h1.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void A_host_is_killed_by_its_own_console()
    {
        var h3 = CreateTestProbe();
        var console = Console(Services with { Process = new NotedProcess(TestActor), Hosts = new FakeHosts("h2", ("h2", ActorRefs.Nobody), ("h3", h3)) });
        console.Tell(new ConsoleActor.Run(["kube", "kill-host", "h3"]), TestActor);
        h3.ExpectMsg(new ConsoleActor.Run(["kube", "kill-host", "h3"], Here: true));
        h3.Reply(new ConsoleActor.Ran("h3", new Document.Done("h3 is being killed")));
        Text(ExpectMsg<ConsoleActor.Ran>().Answer).ShouldBe("h3 is being killed");
    }

    private FakeHosts Three() => new("h2", ("h1", CreateTestProbe()), ("h2", ActorRefs.Nobody), ("h3", CreateTestProbe()));
}
