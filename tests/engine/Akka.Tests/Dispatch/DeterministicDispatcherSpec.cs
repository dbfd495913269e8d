using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;

namespace Akka.Tests.Dispatch;

/// <summary>The same seed gives the same run, message by message; another seed gives another.</summary>
public sealed class DeterministicDispatcherSpec
{
    private static string Settings(long seed, string trace = "off") =>
        $$"""
        akka {
          loglevel = OFF, stdout-loglevel = OFF, loggers = []
          scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit"
          actor.default-dispatcher { type = "Akka.Dispatch.Deterministic.DeterministicDispatcherConfigurator", seed = {{seed}}, trace = "{{trace}}" }
        }
        """;

    private sealed record Hop(int Left, int Id);

    /// <summary>Passes hops to siblings, starts anonymous children, uses timers, asks, awaits, fails.</summary>
    private sealed class Busy : ReceiveActor, IWithTimers
    {
        public Busy(List<string> log, IReadOnlyList<IActorRef> siblings, int number, IActorRef quick)
        {
            Receive<Hop>(h =>
            {
                log.Add($"{Context.System.Scheduler.Now:HH:mm:ss.fff} {Self.Path.Name} {h.Id} {h.Left}");
                if (h.Left == 0) return;
                if (h.Left % 7 == 0) Context.ActorOf(Props.Create(() => new Once(log))).Tell("x");
                if (h.Left % 5 == 0) Timers.StartSingleTimer(h.Id, new Hop(h.Left - 1, h.Id), TimeSpan.FromSeconds(1));
                else siblings[(number + h.Id + 1) % siblings.Count].Tell(new Hop(h.Left - 1, h.Id));
                if (h is { Left: 11, Id: < 3 }) throw new InvalidOperationException("eleven");
                if (h.Left % 4 == 0) siblings[(number + 1) % siblings.Count].Ask<string>("ask", TimeSpan.FromSeconds(1)).PipeTo(Self);
            });
            ReceiveAsync<string>(s => s == "ask", async s =>
            {
                var answer = await quick.Ask<string>("quick", TimeSpan.FromSeconds(1));
                await Task.Yield();
                log.Add($"{Self.Path.Name} awaited {answer}");
                Sender.Tell("answered");
            });
            Receive<string>(s => log.Add($"{Self.Path.Name} got {s}"));
            Receive<Status.Failure>(f => log.Add($"{Self.Path.Name} failure {f.Cause.GetType().Name}"));
        }

        public ITimerScheduler Timers { get; set; } = null!;
    }

    private sealed class Quick : ReceiveActor
    {
        public Quick() => ReceiveAny(_ => Sender.Tell("quick answer"));
    }

    private sealed class Once : ReceiveActor
    {
        public Once(List<string> log) => ReceiveAny(_ =>
        {
            log.Add($"once {Self.Path}");
            Context.Stop(Self);
        });
    }

    private static List<string> Run(long seed, string trace = "off")
    {
        var log = new List<string>();
        var system = ActorSystem.Create("deterministic", ConfigurationFactory.ParseString(Settings(seed, trace)));
        var siblings = new List<IActorRef>();
        var quick = system.ActorOf(Props.Create(() => new Quick()));
        for (var i = 0; i < 5; i++)
        {
            var number = i;
            siblings.Add(system.ActorOf(Props.Create(() => new Busy(log, siblings, number, quick)), "busy-" + i));
        }

        for (var id = 0; id < 10; id++) siblings[id % 5].Tell(new Hop(40, id), ActorRefs.NoSender);
        ((TestScheduler)system.Scheduler).Advance(TimeSpan.FromSeconds(60));
        _ = system.Terminate();
        ((TestScheduler)system.Scheduler).Advance(TimeSpan.FromSeconds(10));
        system.WhenTerminated.IsCompleted.ShouldBeTrue();
        return log;
    }

    [Fact]
    public void The_same_seed_gives_the_same_run()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var first = Run(seed);
            first.Count.ShouldBeGreaterThan(50);
            Run(seed).ShouldBe(first);
        }
    }

    [Fact]
    public void Another_seed_gives_another_order() => Enumerable.Range(1, 20).Select(static s => string.Join('\n', Run(s))).Distinct().Count().ShouldBeGreaterThan(15);

    [Fact]
    public void The_trace_of_a_seed_repeats()
    {
        var files = new[] { Path.GetTempFileName(), Path.GetTempFileName() };
        try
        {
            foreach (var file in files) Run(7, file.Replace('\\', '/'));
            var lines = File.ReadAllLines(files[0]);
            lines.Length.ShouldBeGreaterThan(100);
            lines.ShouldContain(static l => l.EndsWith("/user/busy-0 Akka.Tests.Dispatch.DeterministicDispatcherSpec+Hop", StringComparison.Ordinal));
            File.ReadAllLines(files[1]).ShouldBe(lines);
        }
        finally
        {
            foreach (var file in files) File.Delete(file);
        }
    }

    private sealed class Ordered : ReceiveActor
    {
        public Ordered(List<(string, int)> got) => Receive<int>(n => got.Add((Sender.Path.Name, n)));
    }

    private sealed class Sending : ReceiveActor
    {
        public Sending(IActorRef to) => Receive<int>(n => to.Tell(n));
    }

    [Fact]
    public void Messages_between_a_pair_keep_their_order_whatever_the_seed()
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var got = new List<(string Sender, int Number)>();
            var system = ActorSystem.Create("pairs", ConfigurationFactory.ParseString(Settings(seed)));
            var to = system.ActorOf(Props.Create(() => new Ordered(got)));
            foreach (var name in new[] { "a", "b", "c" })
            {
                var from = system.ActorOf(Props.Create(() => new Sending(to)), name);
                for (var i = 0; i < 50; i++) from.Tell(i, ActorRefs.NoSender);
            }

            ((TestScheduler)system.Scheduler).Advance(TimeSpan.Zero);
            foreach (var sender in got.GroupBy(static g => g.Sender)) sender.Select(static g => g.Number).ShouldBe(Enumerable.Range(0, 50));
            got.Count.ShouldBe(150);
        }
    }

    [Fact]
    public void Nothing_runs_by_itself_and_time_stands_still()
    {
        var got = new List<(string, int)>();
        var system = ActorSystem.Create("still", ConfigurationFactory.ParseString(Settings(1)));
        var time = (TestScheduler)system.Scheduler;
        var begin = time.Now;
        var to = system.ActorOf(Props.Create(() => new Ordered(got)));
        to.Tell(1, to);
        system.Scheduler.ScheduleTellOnce(TimeSpan.FromHours(1), to, 2, to);
        got.ShouldBeEmpty();
        time.Advance(TimeSpan.Zero);
        got.Count.ShouldBe(1);
        time.Advance(TimeSpan.FromMinutes(59));
        got.Count.ShouldBe(1);
        time.Advance(TimeSpan.FromMinutes(1));
        got.Count.ShouldBe(2);
        (time.Now - begin).ShouldBe(TimeSpan.FromHours(1));
    }

    [Fact]
    public void Without_virtual_time_there_is_no_deterministic_run() =>
        Should.Throw<ConfigurationException>(() => ActorSystem.Create("x", ConfigurationFactory.ParseString(
            "akka { stdout-loglevel = OFF, actor.default-dispatcher.type = \"Akka.Dispatch.Deterministic.DeterministicDispatcherConfigurator\" }")));
}
