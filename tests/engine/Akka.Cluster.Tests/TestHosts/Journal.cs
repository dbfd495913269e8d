using Akka.Actor;

namespace Akka.Cluster.Tests.TestHosts;

/// <summary>One of the messages that somebody sends to an entity, numbered.</summary>
internal sealed record Note(string Entity, string From, int Number);

/// <summary>What the entities of all hosts did, as it happened.</summary>
internal sealed class Journal
{
    // Where hosts have threads of their own, they come at once.
    private readonly Lock _gate = new();
    private readonly HashSet<int> _dead = [];
    private readonly Dictionary<string, List<int>> _running = [];

    /// <summary>Who runs in two places, and the like.</summary>
    public List<string> Faults { get; } = [];

    public Dictionary<(string Entity, string From), List<int>> Handled { get; } = [];

    public int Count
    {
        get
        {
            using var _ = _gate.EnterScope();
            return Handled.Values.Sum(static h => h.Count);
        }
    }

    public void Lives(int host) => _dead.Remove(host);

    public void Dies(int host)
    {
        _dead.Add(host);
        foreach (var hosts in _running.Values) hosts.Remove(host);
    }

    public IEnumerable<string> Running => _running.Where(static r => r.Value.Count > 0).Select(static r => r.Key);

    public int? HostOf(string entity) => _running.TryGetValue(entity, out var hosts) && hosts.Count == 1 ? hosts[0] : null;

    public void Started(string entity, int host)
    {
        using var _ = _gate.EnterScope();
        if (_dead.Contains(host)) return;
        var hosts = _running.TryGetValue(entity, out var known) ? known : _running[entity] = [];
        hosts.Add(host);
        if (hosts.Count > 1) Faults.Add($"{entity} runs on {string.Join(" and ", hosts)}");
    }

    public void Stopped(string entity, int host)
    {
        using var _ = _gate.EnterScope();
        if (!_dead.Contains(host)) _running[entity].Remove(host);
    }

    public void Took(Note note, int host)
    {
        using var _ = _gate.EnterScope();
        if (_dead.Contains(host)) return;
        var handled = Handled.TryGetValue((note.Entity, note.From), out var known) ? known : Handled[(note.Entity, note.From)] = [];
        if (handled.Count > 0 && handled[^1] >= note.Number) Faults.Add($"{note} came after number {handled[^1]}");
        handled.Add(note.Number);
    }
}

/// <summary>An entity that says what it does.</summary>
internal sealed class Recorder : ReceiveActor
{
    private readonly Journal _journal;
    private readonly int _host;
    private readonly string _id;

    public Recorder(Journal journal, int host, string id)
    {
        (_journal, _host, _id) = (journal, host, id);
        Receive<Note>(note =>
        {
            if (note.Entity != id) journal.Faults.Add($"{id} got {note}");
            journal.Took(note, host);
            if (!Sender.Equals(Context.System.DeadLetters)) Sender.Tell(note.Number);
        });
        Receive<string>(m => m == "stop", _ => Context.Stop(Self));
        Receive<string>(m => m == "passivate", _ => Context.Parent.Tell(new Akka.Cluster.Sharding.Passivate("stop")));
    }

    protected override void PreStart() => _journal.Started(_id, _host);

    protected override void PostStop() => _journal.Stopped(_id, _host);
}
