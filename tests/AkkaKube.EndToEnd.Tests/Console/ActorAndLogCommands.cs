using AkkaKube.EndToEnd.Tests.Harness;

namespace AkkaKube.EndToEnd.Tests.Console;

/// <summary>The palettes <c>actor</c> and <c>log</c>: they are about the host that is asked.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class ActorAndLogCommands(ConsoleHosts shared)
{
    private Pbm Pbm => shared.Pbm;

    [Fact]
    [Drives("actor hierarchy", "actor hierarchy --depth", "actor mailbox", "actor inspect", "actor stop")]
    public async Task An_actor_is_looked_at_and_stopped_and_the_cluster_has_it_again()
    {
        await shared.AllUp();
        var host = (await Pbm.Rows("cluster show")).Single(m => m[6].Split(' ').Contains("scheduler"))[0];
        var console = shared.ConsoleOf(host);
        (await Pbm.Ok($"{console} actor hierarchy /user/scheduler")).ShouldContain("/user/scheduler/scheduler\n");
        (await Pbm.Ok($"{console} actor hierarchy /user -d 1")).ShouldNotContain("/user/scheduler/scheduler");
        (await Pbm.Run($"{console} actor mailbox /user/scheduler/scheduler")).ExitCode.ShouldBe(0);
        (await Pbm.Rows($"{console} actor inspect /user/scheduler/scheduler")).ShouldContain(r => r[0] == "class" && r[1].EndsWith("SchedulerActor", StringComparison.Ordinal));
        (await Pbm.Ok($"{console} actor stop /user/scheduler/scheduler")).ShouldBe("stopped /user/scheduler/scheduler\n");

        // As with Akka.NET a singleton that was stopped stays so until its host leaves: what is new waits for a scheduler.
        await shared.DoesNotSchedule(host, 9);
        await Pbm.Ok($"cluster leave {host}");
        await shared.DoesWhatItIsTold(host, 6);
        await shared.AllUp();
    }

    [Fact]
    [Drives("log tail", "log tail --level", "log tail --source", "log level", "log peek", "log peek --level", "log peek --source", "kube faults")]
    public async Task A_host_writes_down_what_it_is_told_to_and_shows_it()
    {
        await shared.AllUp();
        var console = shared.ConsoleOf("h2");
        var before = (await Pbm.Ok($"{console} log level")).Trim();
        (await Pbm.Ok($"{console} log level info")).ShouldBe($"the log level of h2 was {before} and is INFO\n");
        (await Pbm.Ok($"{console} log level")).ShouldBe("INFO\n");
        await using var tail = new Tail(Pbm, $"{console} log tail -l info -s console");
        await using var all = new Tail(Pbm, $"{console} log tail");

        // The tail may begin later than a fault: there is a new one until it was told.
        await tail.Tells("Fault: ", BreakAndHeal);
        await all.Tells("Fault: ", BreakAndHeal);
        (await Pbm.Rows($"{console} log peek 500 -l info -s console")).ShouldContain(r => r[1] == "INFO" && r[3].StartsWith("Fault: ", StringComparison.Ordinal));
        (await Pbm.Rows($"{console} log peek 500 -l error -s console")).ShouldNotContain(r => r[1] == "INFO");
        (await Pbm.Rows($"{console} log peek 1")).Count.ShouldBe(1);
        await Pbm.Ok($"{console} log level {before}");
        (await Pbm.Ok($"{console} log level")).ShouldBe(before + "\n");
        (await shared.Hosts.Kubectl("h2").Ok("get --raw /readyz")).ShouldBe("ok");

        async Task BreakAndHeal()
        {
            await Pbm.Ok($"{console} kube slow h2 1ms");
            (await Pbm.Rows("kube faults")).ShouldContain(r => r[0] == "h2");
            await Pbm.Ok("kube heal");
            (await Pbm.Rows("kube faults")).ShouldBeEmpty();
        }
    }
}
