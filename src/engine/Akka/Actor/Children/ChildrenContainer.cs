using System.Diagnostics.CodeAnalysis;

namespace Akka.Actor;

/// <summary>What a cell waits for when its last dying child is gone.</summary>
internal enum SuspendReason
{
    None,
    UserRequest,
    Creation,
    Recreation,
    Termination,
}

/// <summary>The children of a cell by name. The cell changes it; any thread may read it, and the guardian's any thread may add to.</summary>
internal sealed class ChildrenContainer
{
    private static readonly ChildrenContainer TerminatedInstance = new() { IsTerminated = true };

    private readonly Dictionary<string, LocalActorRef?> _byName = new(StringComparer.Ordinal);
    private HashSet<LocalActorRef>? _dying;
    private SuspendReason _reason;
    private Exception? _cause;

    /// <summary>The container of every cell that is gone.</summary>
    public static ChildrenContainer Terminated => TerminatedInstance;

    public bool IsTerminated { get; private init; }
    public bool IsTerminating => IsTerminated || _reason == SuspendReason.Termination;
    public bool IsWaiting => _reason is SuspendReason.Creation or SuspendReason.Recreation or SuspendReason.Termination;

    /// <summary>What the pending restart is for.</summary>
    public Exception? Cause => _cause;

    public int Count
    {
        get { lock (_byName) return _byName.Count; }
    }

    /// <summary>Takes a name before the child exists.</summary>
    public void Reserve(string name)
    {
        lock (_byName)
        {
            if (IsTerminating) throw new InvalidOperationException($"Cannot reserve actor name '{name}'. It is terminating.");
            if (!_byName.TryAdd(name, null)) throw new InvalidActorNameException($"Actor name \"{name}\" is not unique!");
        }
    }

    /// <summary>Gives a reserved name back.</summary>
    public void Unreserve(string name)
    {
        lock (_byName)
        {
            if (_byName.TryGetValue(name, out var child) && child is null) _byName.Remove(name);
        }
    }

    /// <summary>Puts the child under its reserved name.</summary>
    public void Add(string name, LocalActorRef child)
    {
        lock (_byName) _byName[name] = child;
    }

    public bool Contains(IActorRef child) => TryGet(child, out _);

    public bool TryGet(IActorRef child, [NotNullWhen(true)] out LocalActorRef? found)
    {
        found = child as LocalActorRef;
        if (found is null || IsTerminated) return false;
        lock (_byName) return _byName.TryGetValue(found.Cell.Name, out var present) && ReferenceEquals(present, found);
    }

    public LocalActorRef? ByName(string name)
    {
        lock (_byName) return _byName.GetValueOrDefault(name);
    }

    /// <summary>The children there are, in the order they were started.</summary>
    public LocalActorRef[] Snapshot()
    {
        lock (_byName)
        {
            if (_byName.Count == 0) return [];
            var children = new LocalActorRef[_byName.Count];
            var count = 0;
            foreach (var child in _byName.Values)
            {
                if (child is not null) children[count++] = child;
            }

            if (count != children.Length) Array.Resize(ref children, count);
            return children;
        }
    }

    /// <summary>Notes that the child is to die; its name stays taken until it has.</summary>
    public void ShallDie(LocalActorRef child)
    {
        lock (_byName)
        {
            if (_reason == SuspendReason.None) _reason = SuspendReason.UserRequest;
            (_dying ??= []).Add(child);
        }
    }

    /// <summary>Says what to do when the last dying child is gone; false when none is dying.</summary>
    public bool SetReason(SuspendReason reason, Exception? cause)
    {
        lock (_byName)
        {
            if (_reason == SuspendReason.None) return false;
            _reason = reason;
            _cause = cause;
            return true;
        }
    }

    /// <summary>Takes a dead child out. Says what the cell waited for, when that child was the last.</summary>
    public SuspendReason Remove(LocalActorRef child)
    {
        lock (_byName)
        {
            if (_byName.TryGetValue(child.Cell.Name, out var present) && ReferenceEquals(present, child)) _byName.Remove(child.Cell.Name);
            if (_dying is null || !_dying.Remove(child) || _dying.Count > 0) return SuspendReason.None;
            _dying = null;
            var reached = _reason;
            if (reached != SuspendReason.Termination) _reason = SuspendReason.None;
            return reached;
        }
    }
}
