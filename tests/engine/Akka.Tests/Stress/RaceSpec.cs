using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;

namespace Akka.Tests.Stress;

/// <summary>Hunts races: many threads, little time between cause and effect, everything counted. Each test is bounded by its work.</summary>
public sealed class RaceSpec : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly ActorSystem _system = ActorSystem.Create("race", ConfigurationFactory.ParseString("akka { loglevel = OFF, stdout-loglevel = OFF, log-dead-letters = off }"));

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate();

    private sealed record Numbered(int Sender, int Number);

    private sealed class Collector : ReceiveActor
    {
        public Collector(int senders, int each, TaskCompletionSource<string> done)
        {
            var next = new int[senders];
            var left = senders * each;
            Receive<Numbered>(m =>
            {
                if (next[m.Sender]++ != m.Number) done.TrySetResult($"sender {m.Sender}: expected {next[m.Sender] - 1}, got {m.Number}");
                if (--left == 0) done.TrySetResult("all");
            });
        }
    }

    [Fact]
    public async Task No_message_is_lost_or_reordered_between_a_pair_when_many_threads_send()
    {
        const int senders = 8, each = 50_000;
        var done = new TaskCompletionSource<string>();
        var collector = _system.ActorOf(Props.Create(() => new Collector(senders, each, done)));
        var threads = Enumerable.Range(0, senders).Select(s => Task.Run(() =>
        {
            for (var i = 0; i < each; i++) collector.Tell(new Numbered(s, i), ActorRefs.NoSender);
        }));
        await Task.WhenAll(threads);
        (await done.Task.WaitAsync(Patience)).ShouldBe("all");
    }

    private sealed class Relay : ReceiveActor
    {
        public Relay(IActorRef next) => ReceiveAny(next.Forward);
    }

    [Fact]
    public async Task Order_is_kept_through_a_chain_of_actors()
    {
        const int senders = 4, each = 20_000;
        var done = new TaskCompletionSource<string>();
        var last = _system.ActorOf(Props.Create(() => new Collector(senders, each, done)));
        for (var i = 0; i < 10; i++)
        {
            var next = last;
            last = _system.ActorOf(Props.Create(() => new Relay(next)));
        }

        var first = last;
        await Task.WhenAll(Enumerable.Range(0, senders).Select(s => Task.Run(() =>
        {
            for (var i = 0; i < each; i++) first.Tell(new Numbered(s, i), ActorRefs.NoSender);
        })));
        (await done.Task.WaitAsync(Patience)).ShouldBe("all");
    }

    private sealed class Counting(StrongBox box) : UntypedActor
    {
        protected override void OnReceive(object message) => Interlocked.Increment(ref box.Handled);

        protected override void PostStop() => Interlocked.Increment(ref box.Stopped);
    }

    private sealed class StrongBox
    {
        public int Handled;
        public int Stopped;
        public int Dead;
    }

    private sealed class DeadLetterListening : ReceiveActor
    {
        public DeadLetterListening(StrongBox box) => Receive<Akka.Event.DeadLetter>(d =>
        {
            if (d.Message is Numbered) Interlocked.Increment(ref box.Dead);
        });
    }

    [Fact]
    public async Task Every_message_to_a_stopping_actor_is_handled_or_a_dead_letter()
    {
        var box = new StrongBox();
        var listener = _system.ActorOf(Props.Create(() => new DeadLetterListening(box)));
        _system.EventStream.Subscribe(listener, typeof(Akka.Event.DeadLetter));
        const int rounds = 300, senders = 3, each = 40;
        for (var round = 0; round < rounds; round++)
        {
            var actor = _system.ActorOf(Props.Create(() => new Counting(box)));
            var sending = Enumerable.Range(0, senders).Select(s => Task.Run(() =>
            {
                for (var i = 0; i < each; i++)
                {
                    actor.Tell(new Numbered(s, i), ActorRefs.NoSender);
                    if (i == each / 2 && s == 0) _system.Stop(actor);
                }
            }));
            await Task.WhenAll(sending);
        }

        SpinWait.SpinUntil(() => Volatile.Read(ref box.Handled) + Volatile.Read(ref box.Dead) == rounds * senders * each, Patience).ShouldBeTrue(
            $"handled {box.Handled}, dead {box.Dead}");
        SpinWait.SpinUntil(() => Volatile.Read(ref box.Stopped) == rounds, Patience).ShouldBeTrue();
    }

    private sealed class Watching : ReceiveActor
    {
        public Watching(IActorRef subject, Action terminated)
        {
            Context.Watch(subject);
            Receive<Terminated>(_ => terminated());
        }
    }

    [Fact]
    public async Task Every_watcher_hears_of_a_death_exactly_once_however_it_races_with_it()
    {
        const int rounds = 500;
        var heard = new int[rounds * 2];
        for (var round = 0; round < rounds; round++)
        {
            var subject = _system.ActorOf(Props.Create(() => new Counting(new StrongBox())));
            var n = round;
            var stopping = Task.Run(() => _system.Stop(subject));
            for (var w = 0; w < 2; w++)
            {
                var slot = n * 2 + w;
                _system.ActorOf(Props.Create(() => new Watching(subject, () => Interlocked.Increment(ref heard[slot]))));
            }

            await stopping;
        }

        SpinWait.SpinUntil(() => heard.All(static h => h > 0), Patience).ShouldBeTrue($"{heard.Count(static h => h == 0)} did not hear");
        heard.ShouldAllBe(static h => h == 1);
    }

    private sealed class Reusing : ReceiveActor
    {
        public Reusing(int rounds, TaskCompletionSource<int> done)
        {
            var round = 0;
            StartChild();
            Receive<Terminated>(_ =>
            {
                if (++round == rounds) done.TrySetResult(round);
                else StartChild();
            });

            void StartChild() => Context.Stop(Context.Watch(Context.ActorOf(Props.Create(() => new Counting(new StrongBox())), "child")));
        }
    }

    [Fact]
    public async Task A_name_can_be_used_again_as_soon_as_Terminated_arrives()
    {
        var done = new TaskCompletionSource<int>();
        _system.ActorOf(Props.Create(() => new Reusing(2_000, done)));
        (await done.Task.WaitAsync(Patience)).ShouldBe(2_000);
    }

    private sealed class Failing : ReceiveActor
    {
        public Failing(ConcurrentQueue<int> handled) => Receive<int>(n =>
        {
            if (n % 7 == 0) throw new InvalidOperationException("seven");
            handled.Enqueue(n);
        });
    }

    [Fact]
    public async Task Restarts_keep_the_mailbox_and_its_order()
    {
        var handled = new ConcurrentQueue<int>();
        var actor = _system.ActorOf(Props.Create(() => new Failing(handled)));
        const int count = 7_000;
        for (var i = 1; i <= count; i++) actor.Tell(i, ActorRefs.NoSender);
        SpinWait.SpinUntil(() => handled.Count == count - count / 7, Patience).ShouldBeTrue();
        handled.ShouldBe(Enumerable.Range(1, count).Where(static n => n % 7 != 0));
        await Task.CompletedTask;
    }

    private sealed class Blocking : ReceiveActor
    {
        public Blocking(IActorRef other) => Receive<string>(_ =>
        {
            // Against all advice: the thread waits for an actor that was woken from this very turn.
            Sender.Tell(other.Ask<int>(1, Patience).GetAwaiter().GetResult(), Self);
        });
    }

    private sealed class Echo : ReceiveActor
    {
        public Echo() => ReceiveAny(m => Sender.Tell(m, Self));
    }

    [Fact]
    public async Task An_actor_that_blocks_its_thread_does_not_hold_up_the_actor_it_waits_for()
    {
        var echo = _system.ActorOf(Props.Create(() => new Echo()));
        var blocking = _system.ActorOf(Props.Create(() => new Blocking(echo)));
        for (var i = 0; i < 20; i++) (await blocking.Ask<int>("ask", Patience)).ShouldBe(1);
    }

    private sealed class Asynchronous : ReceiveActor
    {
        private int _running;

        public Asynchronous()
        {
            ReceiveAsync<int>(async n =>
            {
                if (Interlocked.Increment(ref _running) != 1) throw new InvalidOperationException("two at once");
                await Task.Yield();
                if (n % 3 == 0) await Task.Delay(1).ConfigureAwait(false);
                Interlocked.Decrement(ref _running);
            });
            Receive<string>(_ => Sender.Tell(_running, Self));
        }
    }

    [Fact]
    public async Task Async_handlers_never_overlap()
    {
        var actor = _system.ActorOf(Props.Create(() => new Asynchronous()));
        for (var i = 0; i < 300; i++) actor.Tell(i, ActorRefs.NoSender);
        (await actor.Ask<int>("how many", Patience)).ShouldBe(0);
    }

    private sealed class Parent : ReceiveActor
    {
        public Parent(int children)
        {
            for (var i = 0; i < children; i++) Context.ActorOf(Props.Create(() => new Echo()));
            Receive<string>(_ => Sender.Tell(Context.GetChildren().Count(), Self));
        }
    }

    [Fact]
    public async Task A_system_of_a_hundred_thousand_actors_ends()
    {
        var system = ActorSystem.Create("many", "akka { loglevel = OFF, stdout-loglevel = OFF }");
        var parents = Enumerable.Range(0, 10).Select(_ => system.ActorOf(Props.Create(() => new Parent(10_000)))).ToList();
        foreach (var parent in parents) (await parent.Ask<int>("count", Patience)).ShouldBe(10_000);
        await system.Terminate().WaitAsync(Patience);
        parents.ShouldAllBe(p => p.GracefulStop(Patience).Result);
    }

    [Fact]
    public async Task Actors_can_be_started_from_many_threads_at_once()
    {
        var started = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            Enumerable.Range(0, 2_000).Select(_ => _system.ActorOf(Props.Create(() => new Echo()))).ToList())));
        var all = started.SelectMany(static s => s).ToList();
        all.Select(static a => a.Path.Name).Distinct().Count().ShouldBe(8_000);
        foreach (var actor in all.Where((_, i) => i % 100 == 0)) (await actor.Ask<int>(5, Patience)).ShouldBe(5);
    }
}
