using Akka.Actor;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;
using AkkaKube.Console.Faults;

namespace AkkaKube.Console.Tests.Palettes;

public sealed class FaultPaletteTests : ConsoleKit
{
    private readonly NotedFaults _faults = new();

    [Fact]
    public void A_partition_is_applied_on_the_asked_host_where_it_has_an_end_of_the_link()
    {
        var h2 = CreateTestProbe();
        var console = Console(Services with { Faults = _faults, Hosts = new FakeHosts("h1", ("h1", ActorRefs.Nobody), ("h2", h2)) });
        Text(Run(console, "kube", "partition", "h2", "h1")).ShouldBe("h1: cut from h2");
        Text(Run(console, "kube", "partition", "h2", "h1", "--one-way")).ShouldBe("h1: nothing comes from h2");
        Text(Run(console, "kube", "partition", "h1", "h2", "--one-way")).ShouldBe("h1: nothing goes to h2");
        Text(Run(console, "kube", "partition", "h1", "database")).ShouldBe("h1: cut from database");
        _faults.Notes.ShouldBe(["apply cut from h2", "apply nothing comes from h2", "apply nothing goes to h2", "apply cut from database"]);
        Rows(Run(console, "kube", "faults")).Where(r => r[0] == "h1").ShouldBe([["h1", "cut from database"], ["h1", "nothing goes to h2"]]);
    }

    [Fact]
    public void A_partition_of_two_others_is_passed_on()
    {
        var h2 = CreateTestProbe();
        var console = Console(Services with { Faults = _faults, Hosts = new FakeHosts("h1", ("h1", ActorRefs.Nobody), ("h2", h2), ("h3", ActorRefs.Nobody)) });
        console.Tell(new ConsoleActor.Run(["kube", "partition", "h2", "h3", "--for", "2s"]), TestActor);
        h2.ExpectMsg(new ConsoleActor.Run(["kube", "fault", "cut", "h3", "Both", "--for", "2s"], Here: true));
        h2.Reply(new ConsoleActor.Ran("h2", new Document.Done("h2: cut from h3")));
        Text(ExpectMsg<ConsoleActor.Ran>().Answer).ShouldBe("h2: cut from h3");
    }

    [Fact]
    public void The_database_is_made_slow_for_everybody()
    {
        var h2 = CreateTestProbe();
        var console = Console(Services with { Faults = _faults, Hosts = new FakeHosts("h1", ("h1", ActorRefs.Nobody), ("h2", h2)) });
        console.Tell(new ConsoleActor.Run(["kube", "slow", "database", "200ms"]), TestActor);
        h2.ExpectMsg(new ConsoleActor.Run(["kube", "fault", "slow", "database", "200ms"], Here: true));
        h2.Reply(new ConsoleActor.Ran("h2", new Document.Done("h2: 200ms slower to database")));
        Text(ExpectMsg<ConsoleActor.Ran>().Answer).ShouldBe("h1: 200ms slower to database\nh2: 200ms slower to database");
    }

    [Fact]
    public void Losing_a_share_of_what_a_host_sends_is_one_fault_for_each_link()
    {
        var console = Console(Services with { Faults = _faults, Hosts = new FakeHosts("h1", ("h1", ActorRefs.Nobody), ("h2", ActorRefs.Nobody), ("h3", ActorRefs.Nobody)) });
        Run(console, "kube", "drop", "h1", "5%");
        _faults.Notes.Order().ShouldBe(["apply 5% lost to h2", "apply 5% lost to h3"]);
    }

    [Fact]
    public void Heal_takes_everything_away_here_and_elsewhere_and_says_who_did_not_answer()
    {
        var h2 = CreateTestProbe();
        var services = Services with { Faults = _faults, Settings = Settings with { Patience = TimeSpan.FromMilliseconds(300) }, Hosts = new FakeHosts("h1", ("h1", ActorRefs.Nobody), ("h2", h2), ("h3", CreateTestProbe())) };
        var console = Console(services);
        Run(console, "kube", "partition", "h1", "h2");
        console.Tell(new ConsoleActor.Run(["kube", "heal"]), TestActor);
        h2.ExpectMsg(new ConsoleActor.Run(["kube", "heal"], Here: true));
        h2.Reply(new ConsoleActor.Ran("h2", new Document.Done("h2: nothing was broken")));
        Text(ExpectMsg<ConsoleActor.Ran>().Answer).ShouldBe("h1: healed cut from h2\nh2: nothing was broken\nh3 cannot be reached from here; ask it itself if something is broken there");
        _faults.Notes.ShouldBe(["apply cut from h2", "heal cut from h2"]);
    }

    [Fact]
    public void A_fault_ends_after_its_time()
    {
        var console = Console(Services with { Faults = _faults });
        Text(Run(console, "kube", "slow", "database", "200ms", "--for", "10ms"));
        AwaitAssert(() => _faults.Notes.ShouldBe(["apply 200ms slower to database", "heal 200ms slower to database"]));
        Rows(Run(console, "kube", "faults")).ShouldBeEmpty();
    }

    [Fact]
    public void What_cannot_be_broken_is_said()
    {
        Failure(Run(Console(), "kube", "slow", "database", "200ms")).Message.ShouldContain("has no link to database that can be broken");
        Failure(Run(Sys.ActorOf(ConsoleActor.Props(Services)), "kube", "partition", "local", "h2")).Message.ShouldContain("there is no host h2");
        Failure(Run(Sys.ActorOf(ConsoleActor.Props(Services)), "kube", "partition", "local", "local")).Code.ShouldBe(FailureCode.Usage);
    }

    [Fact]
    public void What_is_broken_stays_broken_when_the_actor_system_of_the_host_starts_anew()
    {
        var services = Services with { Faults = _faults, FaultMemory = new FaultMemory() };
        var console = Console(services);
        Run(console, "kube", "slow", "database", "200ms");
        var watcher = CreateTestProbe();
        watcher.Watch(console);
        Sys.Stop(console);
        watcher.ExpectMsg<Terminated>();
        // Its name is free when its parent knows as well.
        AwaitAssert(() => console = Console(services));
        Rows(Run(console, "kube", "faults")).ShouldBe([["local", "200ms slower to database"]]);
        Text(Run(console, "kube", "heal")).ShouldContain("healed 200ms slower to database");
        _faults.Notes.ShouldBe(["apply 200ms slower to database", "apply 200ms slower to database", "heal 200ms slower to database"]);
    }

    [Theory]
    [InlineData("h1", "h1", "h2", false, "h1", Ways.Both)]
    [InlineData("h1", "h2", "h1", false, "h1", Ways.Both)]
    [InlineData("h1", "h2", "h1", true, "h1", Ways.In)]
    [InlineData("h1", "h1", "h2", true, "h1", Ways.Out)]
    [InlineData("h3", "h1", "h2", true, "h1", Ways.Out)]
    [InlineData("h2", "h1", "database", true, "h1", Ways.Out)]
    public void Who_applies_a_partition(string asked, string a, string b, bool oneWay, string host, Ways ways)
    {
        var step = FaultPlan.Partition(asked, a, b, oneWay);
        step.Host.ShouldBe(host);
        step.Fault.ShouldBeOfType<Fault.Cut>().Ways.ShouldBe(ways);
    }

    [Fact]
    public void A_host_that_is_out_of_the_cluster_lists_and_heals_its_own_faults()
    {
        var faults = new NotedFaults();
        var console = Console(Services with { Faults = faults, Hosts = new FakeHosts("h2") });
        Run(console, "kube", "fault", "cut", "database", "Both");
        Rows(Run(console, "kube", "faults")).ShouldHaveSingleItem()[0].ShouldBe("h2");
        Text(Run(console, "kube", "heal")).ShouldStartWith("h2: healed ");
        Rows(Run(console, "kube", "faults")).ShouldBeEmpty();
    }
}
