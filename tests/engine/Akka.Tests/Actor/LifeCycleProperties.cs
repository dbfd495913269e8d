using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.TestKit;
using FsCheck;
using FsCheck.Fluent;

namespace Akka.Tests.Actor;

/// <summary>Whatever is done to a tree of actors, in whatever order it happens: nothing is lost, and life ends as it should.</summary>
public sealed class LifeCycleProperties
{
    private sealed record Step(int Actor, int Kind);

    private sealed record Numbered(int Number);

    private sealed class Log
    {
        public readonly Dictionary<string, int> Alive = [];
        public readonly List<int> Handled = [];
        public readonly List<int> Dead = [];
        public readonly List<string> Faults = [];

        public void Started(string path)
        {
            Alive[path] = Alive.GetValueOrDefault(path) + 1;
            if (Alive[path] != 1) Faults.Add($"{path} started twice");
        }
    }

    private sealed class Node : ReceiveActor
    {
        private readonly Log _log;
        private readonly string _path;
        private bool _ended;

        public Node(Log log, int depth)
        {
            _log = log;
            _path = Self.Path.ToStringWithoutAddress();
            if (depth > 0)
            {
                for (var i = 0; i < 2; i++) Context.Watch(Context.ActorOf(Props.Create(() => new Node(log, depth - 1)), "n" + i));
            }

            Receive<Numbered>(n => log.Handled.Add(n.Number));
            Receive<string>(s => s == "fail", _ => throw new InvalidOperationException("as told"));
            Receive<string>(s => s == "escalate", _ => throw new NotSupportedException("as told"));
            Receive<string>(s => s == "stop", _ => Context.Stop(Self));
            Receive<Terminated>(_ => { });
        }

        protected override SupervisorStrategy SupervisorStrategy() =>
            new OneForOneStrategy(3, 60_000, static e => e is NotSupportedException ? Directive.Escalate : Directive.Restart, loggingEnabled: false);

        protected override void PreStart() => _log.Started(_path);

        protected override void PostRestart(Exception reason) => _log.Started(_path);

        protected override void PreRestart(Exception reason, object message)
        {
            foreach (var child in Context.GetChildren()) Context.Stop(child);
            PostStop();
        }

        // One that is stopped while its restart waits for its children hears of the end twice.
        protected override void PostStop()
        {
            if (!_ended) _log.Alive[_path]--;
            _ended = true;
        }
    }

    private sealed class DeadLetters : ReceiveActor
    {
        public DeadLetters(Log log) => Receive<DeadLetter>(d =>
        {
            if (d.Message is Numbered n) log.Dead.Add(n.Number);
        });
    }

    [Fact]
    public void Every_message_is_handled_or_a_dead_letter_and_nobody_outlives_the_system() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<int>(),
            Gen.Choose(0, 6).SelectMany(a => Gen.Choose(0, 5).Select(k => new Step(a, k))).ArrayOf().ToArbitrary(),
            (seed, steps) => Holds(seed, steps)).Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(500));

    private static void Holds(int seed, Step[] steps)
    {
        var log = new Log();
        var system = ActorSystem.Create("tree", ConfigurationFactory.ParseString(
            $$"""
            akka { loglevel = OFF, stdout-loglevel = OFF, loggers = [], log-dead-letters = off
              scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit"
              actor.default-dispatcher { type = "Akka.Dispatch.Deterministic.DeterministicDispatcherConfigurator", seed = {{seed}} } }
            """));
        var time = (TestScheduler)system.Scheduler;
        var dead = system.ActorOf(Props.Create(() => new DeadLetters(log)), "dead");
        system.EventStream.Subscribe(dead, typeof(DeadLetter));
        system.ActorOf(Props.Create(() => new Node(log, 2)), "root");
        string[] paths = ["/user/root", "/user/root/n0", "/user/root/n1", "/user/root/n0/n0", "/user/root/n0/n1", "/user/root/n1/n0", "/user/root/n1/n1"];
        time.Advance(TimeSpan.Zero);
        var sent = 0;
        foreach (var (actor, kind) in steps)
        {
            object message = kind switch { 0 => "fail", 1 => "escalate", 2 => "stop", _ => new Numbered(sent++) };
            system.ActorSelection(paths[actor]).Tell(message, ActorRefs.NoSender);
            if (kind == 5) time.Advance(TimeSpan.FromSeconds(1));
        }

        time.Advance(TimeSpan.FromMinutes(1));
        var complete = log.Handled.Concat(log.Dead).Order().SequenceEqual(Enumerable.Range(0, sent));
        _ = system.Terminate();
        time.Advance(TimeSpan.FromSeconds(10));
        if (!complete) log.Faults.Add($"sent {sent}, handled {string.Join(',', log.Handled)}, dead {string.Join(',', log.Dead)}");
        log.Faults.AddRange(log.Alive.Where(static a => a.Value != 0).Select(static a => $"{a.Key} alive {a.Value}"));
        if (!system.WhenTerminated.IsCompletedSuccessfully) log.Faults.Add("the system did not end");
        log.Faults.ShouldBeEmpty();
    }
}
