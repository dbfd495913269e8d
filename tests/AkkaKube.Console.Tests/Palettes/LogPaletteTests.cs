using System.Threading.Channels;
using Akka.Actor;
using Akka.Event;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;

namespace AkkaKube.Console.Tests.Palettes;

public sealed class LogPaletteTests : ConsoleKit
{
    [Fact]
    public void Peek_shows_the_last_lines_of_a_level_and_a_source()
    {
        var console = Console();
        Run(console, "log", "peek"); // the ring answers, so it listens
        foreach (var n in (int[])[1, 2, 3]) Sys.EventStream.Publish(new Warning("scheduler", typeof(string), $"warning {n}"));
        Sys.EventStream.Publish(new Error(new InvalidOperationException("broken"), "kubelet", typeof(string), "error"));
        AwaitAssert(() => Rows(Run(console, "log", "peek", "2", "-s", "SCHED")).Select(r => r[3]).ShouldBe(["warning 2", "warning 3"]));
        AwaitAssert(() => Rows(Run(console, "log", "peek", "-l", "error")).ShouldHaveSingleItem()[3].ShouldBe("error (InvalidOperationException: broken)"));
    }

    [Fact]
    public void The_ring_keeps_no_more_than_it_is_told()
    {
        var console = Console(Services with { Settings = Settings with { LogLines = 2 } });
        Run(console, "log", "peek");
        foreach (var n in Enumerable.Range(1, 5)) Sys.EventStream.Publish(new Warning("s", typeof(string), n));
        AwaitAssert(() => Rows(Run(console, "log", "peek")).Select(r => r[3]).ShouldBe(["4", "5"]));
    }

    [Fact]
    public void The_level_changes_at_run_time()
    {
        var console = Console();
        Text(Run(console, "log", "level")).ShouldBe("WARNING");
        Logging.GetLogger(Sys, "test").IsDebugEnabled.ShouldBeFalse();
        Text(Run(console, "log", "level", "debug")).ShouldContain("was WARNING and is DEBUG");
        Logging.GetLogger(Sys, "test").IsDebugEnabled.ShouldBeTrue();
    }

    [Fact]
    public async Task Tail_goes_on_until_the_client_goes()
    {
        var console = Console();
        var lines = Channel.CreateBounded<Document>(10);
        console.Tell(new ConsoleActor.Begin(1, ["log", "tail", "-l", "error"], lines.Writer));
        AwaitStream(console);
        Sys.EventStream.Publish(new Warning("s", typeof(string), "no"));
        Sys.EventStream.Publish(new Error(null, "s", typeof(string), "yes"));
        Text(await lines.Reader.ReadAsync()).ShouldEndWith("s: yes");

        console.Tell(new ConsoleActor.Leave(1));
        Run(console, "log", "level");
        Sys.EventStream.Publish(new Error(null, "s", typeof(string), "late"));
        Run(console, "log", "peek");
        lines.Reader.TryRead(out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_client_that_does_not_read_loses_its_stream_and_nobody_else_anything()
    {
        var console = Console();
        var lines = Channel.CreateBounded<Document>(2);
        console.Tell(new ConsoleActor.Begin(1, ["log", "tail"], lines.Writer));
        AwaitStream(console);
        foreach (var n in Enumerable.Range(1, 5)) Sys.EventStream.Publish(new Error(null, "s", typeof(string), n));
        AwaitAssert(() => GoingOn(console).ShouldBeEmpty(), TimeSpan.FromSeconds(20));
        await Should.ThrowAsync<InvalidOperationException>(async () =>
        {
            while (await lines.Reader.WaitToReadAsync()) lines.Reader.TryRead(out _);
        });
        Text(Run(console, "log", "level")).ShouldBe("WARNING");
    }
}
