namespace AkkaKube.Scheduler.Framework;

/// <summary>What plugins keep for one pod between their extension points; each plugin has a state type of its own.</summary>
internal sealed class CycleState
{
    private readonly Dictionary<Type, object> _states = [];
    private readonly HashSet<object> _skipped = [];

    /// <summary>Keeps <paramref name="state"/> for the later points of this cycle.</summary>
    public void Write<T>(T state) where T : class => _states[typeof(T)] = state;

    /// <summary>The state of this type, or null where the plugin has not written one.</summary>
    public T? Read<T>() where T : class => _states.TryGetValue(typeof(T), out var state) ? (T)state : null;

    /// <summary>Leaves <paramref name="plugin"/> out of the rest of the cycle.</summary>
    public void Skip(object plugin) => _skipped.Add(plugin);

    public bool IsSkipped(object plugin) => _skipped.Count > 0 && _skipped.Contains(plugin);
}
