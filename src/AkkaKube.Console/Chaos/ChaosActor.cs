using System.Globalization;
using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;
using AkkaKube.Console.Faults;

namespace AkkaKube.Console.Chaos;

/// <summary>Carries a plan out, fault by fault, by commands of the console that it is a child of; writes down what came of each.</summary>
internal sealed class ChaosActor : ReceiveActor, IWithTimers
{
    public const string Name = "chaos";

    /// <summary>Starts. Reply: <see cref="Started"/> or <see cref="Refused"/>; it is done with what there is at this moment.</summary>
    public sealed record Start(int Seed, int Rate, TimeSpan? For, ValueList<string> Hosts);

    /// <summary>Ends and heals. Reply: <see cref="Stopped"/> when all is healed, or <see cref="Refused"/>.</summary>
    public sealed record Stop;

    /// <summary>Asks for <see cref="Report"/>.</summary>
    public sealed record GetReport;

    public sealed record Started(ChaosInventory There);

    public sealed record Refused(string Why);

    public sealed record Stopped(int Faults);

    /// <summary>All that was done since the last start.</summary>
    public sealed record Report(string State, Document.Table Done);

    private sealed record Next(PlannedFault Fault);

    private sealed record Mend(int Number);

    private sealed record TimeIsUp;

    private enum Question
    {
        Nodes,
        Controllers,
        Shards,
    }

    private static readonly ValueList<string> Columns = ["AT", "FAULT", "LASTED", "RESULT", "HEALED"];
    private static readonly (Question Question, string Kind)[] Questions =
        [(Question.Nodes, nameof(ArgumentKind.Node)), (Question.Controllers, nameof(ArgumentKind.Controller)), (Question.Shards, nameof(ArgumentKind.Shard))];

    private readonly IActorRef _console = Context.Parent;
    private readonly List<Entry> _entries = [];
    private readonly Dictionary<IActorRef, Action<Document>> _asked = [];
    private readonly HashSet<int> _toMend = [];
    private readonly HashSet<int> _overdue = [];
    private readonly List<IActorRef> _waitingForEnd = [];
    private IEnumerator<PlannedFault>? _plan;
    private Start? _settings;
    private TimeSpan _began;
    private bool _ending;
    private bool _healing;
    private string _state = "no chaos was started yet";

    public ChaosActor()
    {
        Receive<Start>(On);
        Receive<Stop>(_ => OnStop());
        Receive<GetReport>(_ => Sender.Tell(new Report(_state, new Document.Table(Columns, [.. _entries.Select(e => e.Row)]))));
        Receive<Next>(next => Break(next.Fault));
        Receive<Mend>(mend => MendNow(mend.Number));
        Receive<TimeIsUp>(_ => BeginEnd("ended after its time"));
        Receive<Courier.Brought>(brought =>
        {
            if (_asked.Remove(Sender, out var then)) then(brought.Answer);
            HealWhenQuiet();
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Since => Context.System.Scheduler.MonotonicClock - _began;

    public static Props Props() => Akka.Actor.Props.Create(() => new ChaosActor());

    private void On(Start start)
    {
        if (_settings is not null)
        {
            Sender.Tell(new Refused($"chaos with seed {_settings.Seed} is under way; 'kube chaos stop' ends it"));
            return;
        }

        (_settings, _ending, _healing) = (start, false, false);
        _entries.Clear();
        _state = "looking at what there is";
        var asker = Sender;
        var names = new Dictionary<Question, ValueList<string>>();
        foreach (var (question, kind) in Questions)
        {
            Ask(["console", "names", kind], answer =>
            {
                names[question] = answer is Document.Table table ? [.. table.Rows.Select(r => r[0].Text ?? "")] : [];
                if (names.Count == Questions.Length && _settings is not null) Begin(new ChaosInventory(start.Hosts, names[Question.Nodes], names[Question.Controllers], names[Question.Shards], true), asker);
            });
        }
    }

    private void Begin(ChaosInventory there, IActorRef asker)
    {
        _began = Context.System.Scheduler.MonotonicClock;
        if (_ending)
        {
            asker.Tell(new Started(there));
            return;
        }

        _plan = ChaosPlan.Of(_settings!.Seed, _settings.Rate, there, _settings.For).GetEnumerator();
        _state = string.Create(CultureInfo.InvariantCulture, $"seed {_settings.Seed}, {_settings.Rate} faults a minute, under way");
        if (_settings.For is { } time) Timers.StartSingleTimer("end", new TimeIsUp(), time);
        asker.Tell(new Started(there));
        PlanNext();
    }

    private void PlanNext()
    {
        if (_ending || _plan is null || !_plan.MoveNext()) return;
        var wait = _plan.Current.At - Since;
        Timers.StartSingleTimer("next", new Next(_plan.Current), wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
    }

    private void Break(PlannedFault fault)
    {
        var number = _entries.Count;
        _entries.Add(new Entry(Since, fault));
        if (!fault.Mend.IsEmpty)
        {
            _toMend.Add(number);
            Timers.StartSingleTimer(number, new Mend(number), fault.Lasts);
        }

        Ask(fault.Break, answer =>
        {
            _entries[number] = _entries[number] with
            {
                Result = Said(answer),
                Healed = answer is Document.Failure ? "was not broken" : fault.Mend.IsEmpty ? fault.Lasts > TimeSpan.Zero ? "by its time" : "by its supervisor" : _entries[number].Healed,
            };
            if (_overdue.Remove(number)) MendNow(number);
        });
        PlanNext();
    }

    private void MendNow(int number)
    {
        if (!_toMend.Contains(number)) return;
        Timers.Cancel(number);
        if (_entries[number].Result is null)
        {
            // What is not broken yet would be broken after it was mended.
            _overdue.Add(number);
            return;
        }

        Ask(_entries[number].Fault.Mend, answer =>
        {
            _toMend.Remove(number);
            _entries[number] = _entries[number] with { Healed = Said(answer) };
            EndWhenMended();
        });
    }

    private void OnStop()
    {
        if (_settings is null)
        {
            Sender.Tell(new Refused("no chaos is under way"));
            return;
        }

        _waitingForEnd.Add(Sender);
        BeginEnd("was stopped");
    }

    private void BeginEnd(string how)
    {
        if (_ending) return;
        _ending = true;
        _state = string.Create(CultureInfo.InvariantCulture, $"seed {_settings!.Seed}, {_settings.Rate} faults a minute, {how} at {Since.TotalSeconds:0.0}s");
        Timers.Cancel("next");
        Timers.Cancel("end");
        foreach (var number in _toMend.ToList()) MendNow(number);
        HealWhenQuiet();
    }

    /// <summary>What still has its own time to run ends with the chaos, too: when no command is under way that could break something after that.</summary>
    private void HealWhenQuiet()
    {
        if (!_ending || _healing || _asked.Count > 0) return;
        _healing = true;
        Ask(["kube", "heal"], _ => Ask(["kube", "resume"], _ =>
        {
            _plan = null;
            EndWhenMended();
        }));
    }

    private void EndWhenMended()
    {
        if (!_healing || _plan is not null || _toMend.Count > 0) return;
        _settings = null;
        _state += ", everything healed";
        foreach (var asker in _waitingForEnd) asker.Tell(new Stopped(_entries.Count));
        _waitingForEnd.Clear();
    }

    private void Ask(ValueList<string> words, Action<Document> then) => _asked[Context.ActorOf(Courier.Props(_console, words))] = then;

    private static string Said(Document answer) => answer switch
    {
        Document.Done done => done.Message,
        Document.Failure failure => "failed: " + failure.Message,
        _ => "done",
    };

    private sealed record Entry(TimeSpan At, PlannedFault Fault)
    {
        public string? Result { get; init; }

        public string? Healed { get; init; }

        public ValueList<Cell> Row =>
        [
            string.Create(CultureInfo.InvariantCulture, $"{At.TotalSeconds:0.000}s"),
            string.Join(' ', Fault.Break),
            Fault.Lasts > TimeSpan.Zero ? WordSyntax.Write(Fault.Lasts) : "",
            Result ?? "under way",
            Healed ?? "not yet",
        ];
    }
}
