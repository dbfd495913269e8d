namespace AkkaKube.Runtime.Shell;

/// <summary>What a shell does when a signal arrives, and the signals that have arrived.</summary>
internal sealed class Traps
{
    private readonly Dictionary<Signal, string> _actions = [];
    private readonly Queue<Signal> _arrived = new();

    /// <summary>Completed by the next signal that has an action: <c>wait</c> does not wait on then.</summary>
    public Pending<int>? Interrupts { get; set; }

    public bool IsEmpty => _actions.Count == 0;

    public bool IsPending => _arrived.Count > 0;

    public IEnumerable<KeyValuePair<Signal, string>> Actions => _actions;

    public string? Action(Signal signal) => _actions.GetValueOrDefault(signal);

    /// <summary>Null: as if nothing had been said about it.</summary>
    public void Set(Signal signal, string? action)
    {
        if (action is null) _actions.Remove(signal);
        else _actions[signal] = action;
    }

    public void Clear() => _actions.Clear();

    /// <summary>Notes a signal; false if the shell has said nothing about it.</summary>
    public bool Catch(Signal signal)
    {
        if (!_actions.TryGetValue(signal, out var action)) return false;
        if (action.Length == 0) return true;
        _arrived.Enqueue(signal);
        Interrupts?.Complete(128 + (int)signal);
        Interrupts = null;
        return true;
    }

    /// <summary>The action of the next signal that has arrived.</summary>
    public string? Next()
    {
        while (_arrived.TryDequeue(out var signal))
        {
            if (_actions.TryGetValue(signal, out var action) && action.Length > 0) return action;
        }

        return null;
    }

    /// <summary>A subshell goes on ignoring what is ignored, and forgets the rest.</summary>
    public Traps ForSubshell()
    {
        var traps = new Traps();
        foreach (var (signal, action) in _actions.Where(a => a.Value.Length == 0)) traps._actions[signal] = action;
        return traps;
    }
}
