using Akka.Actor;

namespace AkkaKube.Etcd;

/// <summary>
/// The writes that were accepted and are not durable yet: one batch on its way to the journal and one that gathers meanwhile.
/// A command is checked against what its key will be once they are all durable.
/// </summary>
internal sealed class PendingWrites
{
    private readonly Dictionary<string, Change> _newest = new(StringComparer.Ordinal);
    private List<Waiting> _inFlight = [];
    private List<Waiting> _gathering = [];

    /// <summary>Who gets which reply once its batch is durable. A refusal that a pending write caused waits for that write.</summary>
    public sealed record Waiting(IActorRef Client, object? Tag, Change? Change, string Key, bool Brief = false);

    public bool IsWriting { get; private set; }

    public bool HasGathered => _gathering.Count > 0;

    /// <summary>The last pending change of a key; null where none is pending.</summary>
    public Change? Newest(string key) => _newest.GetValueOrDefault(key);

    public void Add(Change change, IActorRef client, object? tag, bool brief)
    {
        _newest[change.Key] = change;
        _gathering.Add(new Waiting(client, tag, change, change.Key, brief));
    }

    /// <summary>The refusal is told when the write that caused it is durable.</summary>
    public void AddRefusal(string key, IActorRef client, object? tag)
    {
        var batch = _inFlight.Any(waiting => ReferenceEquals(waiting.Change, _newest[key])) ? _inFlight : _gathering;
        batch.Add(new Waiting(client, tag, null, key));
    }

    /// <summary>What gathered so far goes to the journal, up to so many changes and about so many bytes.</summary>
    public ChangeBatch StartWriting(int maxChanges, long maxBytes)
    {
        var count = 0;
        var changes = new List<Change>(Math.Min(_gathering.Count, maxChanges));
        for (var bytes = 0L; count < _gathering.Count && changes.Count < maxChanges && (bytes < maxBytes || changes.Count == 0); count++)
        {
            if (_gathering[count].Change is not { } change) continue;
            changes.Add(change);
            bytes += change.Value.Length;
        }
        _inFlight = count == _gathering.Count ? _gathering : _gathering.GetRange(0, count);
        _gathering = count == _gathering.Count ? [] : _gathering.GetRange(count, _gathering.Count - count);
        IsWriting = true;
        return new ChangeBatch(changes);
    }

    /// <summary>The batch on its way is durable; returns who waited for it.</summary>
    public IReadOnlyList<Waiting> FinishWriting()
    {
        var done = _inFlight;
        _inFlight = [];
        IsWriting = false;
        foreach (var waiting in done)
        {
            if (waiting.Change is { } change && ReferenceEquals(_newest.GetValueOrDefault(change.Key), change)) _newest.Remove(change.Key);
        }
        return done;
    }

    /// <summary>Everybody who waits for anything.</summary>
    public IEnumerable<Waiting> All => _inFlight.Concat(_gathering);
}
