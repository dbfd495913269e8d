using System.Diagnostics;
using Akka.Actor;
using Akka.Configuration;
using AkkaKube.Benchmarks.Report;

namespace AkkaKube.Benchmarks.Engine;

/// <summary>The actor engine by itself: messages, questions, births, memory, the end of many.</summary>
public sealed class EngineScenario : IScenario
{
    private const int Messages = 10_000_000;
    private const int Questions = 500_000;
    private const int Births = 200_000;
    private const int Actors = 1_000_000;

    public string Name => "engine";

    public async Task<IReadOnlyList<Row>> Measure(int runs)
    {
        var pingPong = new List<double>();
        var pingPongInFlight = new List<double>();
        var tell = new List<double>();
        var ask = new List<double>();
        var asksInFlight = new List<double>();
        var births = new List<double>();
        var bytes = new List<double>();
        var end = new List<double>();
        await using (var warm = new Bench())
        {
            await warm.PingPong(1, Messages / 5);
            await warm.Tell(Messages / 5);
            await warm.Ask(1, Questions / 5);
            await warm.Births(Births / 5);
        }

        for (var run = 0; run < runs; run++)
        {
            await using var bench = new Bench();
            pingPong.Add(await bench.PingPong(1, Messages));
            pingPongInFlight.Add(await bench.PingPong(100, Messages));
            tell.Add(await bench.Tell(Messages));
            ask.Add(await bench.Ask(1, Questions));
            asksInFlight.Add(await bench.Ask(100, Questions));
            births.Add(await bench.Births(Births));
            bytes.Add(await bench.BytesOfAnIdleActor(Actors));
            end.Add(await bench.End());
        }

        return
        [
            new Row("ping-pong between two actors, 1 message in flight", "M msg/s", pingPong, "8", ""),
            new Row("ping-pong between two actors, 100 messages in flight", "M msg/s", pingPongInFlight, "8", "8.0 (Akka.NET)"),
            new Row("tell to one actor", "M msg/s", tell, "12", "12-20 (Akka.NET)"),
            new Row("Ask, one at a time", "k/s", ask, "550", "550 (Akka.NET)"),
            new Row("Ask, 100 in flight", "k/s", asksInFlight, "550", "550 (Akka.NET)"),
            new Row("actors started", "k/s", births, "280", "56 (Akka.NET)"),
            new Row("heap of an idle actor, of 1,000,000", "bytes", bytes, "600", "1,744 (Akka.NET)"),
            new Row("end of a system of 1,000,000 actors", "s", end, "", ""),
        ];
    }

    private sealed class Bench : IAsyncDisposable
    {
        private readonly ActorSystem _system = ActorSystem.Create("bench", ConfigurationFactory.ParseString("akka { loglevel = WARNING, log-dead-letters = off }"));

        public async Task<double> PingPong(int inFlight, int messages)
        {
            var done = new TaskCompletionSource();
            var each = messages / 2;
            var a = _system.ActorOf(Props.Create(() => new Player(each, done)));
            var b = _system.ActorOf(Props.Create(() => new Player(each, done)));
            var watch = Stopwatch.StartNew();
            for (var i = 0; i < inFlight; i++) a.Tell(this, b);
            await done.Task;
            var rate = messages / watch.Elapsed.TotalSeconds / 1e6;
            _system.Stop(a);
            _system.Stop(b);
            return rate;
        }

        public async Task<double> Tell(int messages)
        {
            var done = new TaskCompletionSource();
            var actor = _system.ActorOf(Props.Create(() => new Counter(messages, done)));
            var watch = Stopwatch.StartNew();
            for (var i = 0; i < messages; i++) actor.Tell(this, ActorRefs.NoSender);
            await done.Task;
            var rate = messages / watch.Elapsed.TotalSeconds / 1e6;
            _system.Stop(actor);
            return rate;
        }

        public async Task<double> Ask(int inFlight, int questions)
        {
            var actor = _system.ActorOf(Props.Create(() => new Echo()));
            var watch = Stopwatch.StartNew();
            await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => Task.Run(async () =>
            {
                for (var i = 0; i < questions / inFlight; i++) await actor.Ask<object>(this, TimeSpan.FromSeconds(30));
            })));
            var rate = questions / watch.Elapsed.TotalSeconds / 1e3;
            _system.Stop(actor);
            return rate;
        }

        public async Task<double> Births(int actors)
        {
            var started = new CountdownEvent(actors);
            var watch = Stopwatch.StartNew();
            var parent = _system.ActorOf(Props.Create(() => new Parent(actors, started)));
            await Task.Run(started.Wait);
            var rate = actors / watch.Elapsed.TotalSeconds / 1e3;
            await parent.GracefulStop(TimeSpan.FromMinutes(1));
            return rate;
        }

        public async Task<double> BytesOfAnIdleActor(int actors)
        {
            var before = GC.GetTotalMemory(forceFullCollection: true);
            var started = new CountdownEvent(actors);
            _system.ActorOf(Props.Create(() => new Parent(actors, started)));
            await Task.Run(started.Wait);
            return (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)actors;
        }

        public async Task<double> End()
        {
            var watch = Stopwatch.StartNew();
            await _system.Terminate();
            return watch.Elapsed.TotalSeconds;
        }

        public async ValueTask DisposeAsync() => await _system.Terminate();
    }

    private sealed class Player(int left, TaskCompletionSource done) : UntypedActor
    {
        private int _left = left;

        protected override void OnReceive(object message)
        {
            if (--_left < 0)
            {
                done.TrySetResult();
                return;
            }

            Sender.Tell(message, Self);
        }
    }

    private sealed class Counter(int left, TaskCompletionSource done) : UntypedActor
    {
        private int _left = left;

        protected override void OnReceive(object message)
        {
            if (--_left == 0) done.SetResult();
        }
    }

    private sealed class Echo : ReceiveActor
    {
        public Echo() => ReceiveAny(m => Sender.Tell(m, Self));
    }

    private sealed class Parent : ReceiveActor
    {
        public Parent(int children, CountdownEvent started)
        {
            var props = Props.Create(() => new Idle(started));
            for (var i = 0; i < children; i++) Context.ActorOf(props);
        }
    }

    private sealed class Idle : ReceiveActor
    {
        private readonly CountdownEvent _started;

        public Idle(CountdownEvent started)
        {
            _started = started;
            Receive<string>(s => Sender.Tell(s, Self));
        }

        protected override void PreStart() => _started.Signal();
    }
}
