namespace AkkaKube.Client.WorkQueue;

/// <summary>Keys that wait for their turn: each at most once, at once or later, none by two workers at a time.</summary>
/// <remarks>Knows no clock: whoever calls says what time it is.</remarks>
public sealed class WorkQueue<TKey>
    where TKey : notnull
{
    private readonly Backoff _backoff;
    private readonly TimeSpan _pace;
    private readonly Queue<TKey> _ready = [];
    private readonly HashSet<TKey> _waiting = [];
    private readonly HashSet<TKey> _taken = [];
    private readonly Dictionary<TKey, int> _failures = [];
    private readonly Dictionary<TKey, DateTimeOffset> _lastTaken = [];
    private readonly Dictionary<TKey, DateTimeOffset> _due = [];
    private readonly PriorityQueue<TKey, DateTimeOffset> _later = new();

    /// <summary>An empty queue.</summary>
    /// <param name="backoff">The delays of <see cref="AddRateLimited"/>.</param>
    /// <param name="pace">A key is taken at most once in this time; what comes meanwhile is one more turn at its end.</param>
    public WorkQueue(Backoff backoff, TimeSpan pace = default) => (_backoff, _pace) = (backoff, pace);

    /// <summary>How many keys can be taken now, those aside whose time has come since.</summary>
    public int Count => _ready.Count;

    /// <summary>When the next delayed key is due; null if none is.</summary>
    public DateTimeOffset? NextDue => _later.TryPeek(out _, out var due) ? due : null;

    /// <summary>Adds a key; one that waits already stays where it is, one that is being worked on comes again afterwards.</summary>
    public void Add(TKey key, DateTimeOffset now)
    {
        if (_waiting.Contains(key)) return;
        if (!_taken.Contains(key) && _lastTaken.TryGetValue(key, out var last) && now - last < _pace) AddAt(key, last + _pace);
        else if (_waiting.Add(key) && !_taken.Contains(key)) _ready.Enqueue(key);
    }

    /// <summary>Adds a key after a delay; of several delays the shortest counts.</summary>
    public void AddAfter(TKey key, TimeSpan delay, DateTimeOffset now)
    {
        if (delay <= TimeSpan.Zero) Add(key, now);
        else AddAt(key, now + delay);
    }

    /// <summary>Adds a key after the delay that its failures so far ask for, and counts one more failure.</summary>
    public void AddRateLimited(TKey key, DateTimeOffset now)
    {
        var failures = _failures.GetValueOrDefault(key);
        _failures[key] = failures + 1;
        AddAfter(key, _backoff.After(failures), now);
    }

    /// <summary>The key has succeeded: its failures no longer count.</summary>
    public void Forget(TKey key) => _failures.Remove(key);

    /// <summary>How often the key has failed since it last succeeded.</summary>
    public int FailuresOf(TKey key) => _failures.GetValueOrDefault(key);

    /// <summary>Takes the next key; it is not given out again before <see cref="Done"/>.</summary>
    public bool TryTake(DateTimeOffset now, out TKey key)
    {
        while (_later.TryPeek(out var late, out var due) && due <= now)
        {
            _later.Dequeue();
            if (_due.TryGetValue(late, out var asked) && asked <= due && _due.Remove(late) && _waiting.Add(late) && !_taken.Contains(late)) _ready.Enqueue(late);
        }

        if (!_ready.TryDequeue(out key!)) return false;
        _waiting.Remove(key);
        _taken.Add(key);
        if (_pace > TimeSpan.Zero) RememberTurn(key, now);
        return true;
    }

    /// <summary>The work on a taken key is over; if it was added meanwhile, it waits again.</summary>
    public void Done(TKey key, DateTimeOffset now)
    {
        if (!_taken.Remove(key) || !_waiting.Remove(key)) return;
        Add(key, now);
    }

    private void AddAt(TKey key, DateTimeOffset due)
    {
        if (_due.TryGetValue(key, out var earlier) && earlier <= due) return;
        _due[key] = due;
        _later.Enqueue(key, due);
    }

    private void RememberTurn(TKey key, DateTimeOffset now)
    {
        if (_lastTaken.Count >= 4096)
            foreach (var old in _lastTaken.Where(t => now - t.Value >= _pace).Select(t => t.Key).ToList()) _lastTaken.Remove(old);
        _lastTaken[key] = now;
    }
}
