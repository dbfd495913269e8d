namespace AkkaKube.Persistence;

/// <summary>
/// Faults between this process and its database, for whoever wants to see what they do. They stay, over restarts of the actor system, until healed.
/// Used by any thread.
/// </summary>
public sealed class DatabaseFaults
{
    private readonly object _changed = new();
    private readonly Random _chance;
    private volatile State _state = State.None;

    /// <summary>No faults yet; the seed decides which calls are dropped.</summary>
    public DatabaseFaults(int seed) => _chance = new Random(seed);

    /// <summary>Those of the process: what an actor system has whose <see cref="SqlPersistenceSetup"/> names no others.</summary>
    public static DatabaseFaults Process { get; } = new(0);

    /// <summary>Every call fails from now on, as if the connection broke.</summary>
    public void Cut() => Change(s => s with { Cut = true });

    /// <summary>Every call takes so much longer from now on.</summary>
    public void Slow(TimeSpan by) => Change(s => s with { Slow = by });

    /// <summary>Every write fails from now on, as on a full disk.</summary>
    public void Full() => Change(s => s with { Full = true });

    /// <summary>This share of the calls, from 0 to 1, fails from now on as if the connection broke: half of them before, half of them after they were done.</summary>
    public void Drop(double share) => Change(s => s with { Drop = share });

    /// <summary>All is well from now on; who waits because of <see cref="Slow"/> waits no longer.</summary>
    public void Heal() => Change(_ => State.None);

    /// <summary>What is wrong now, in words; empty when nothing is.</summary>
    public override string ToString() => _state.ToString();

    /// <summary>Makes a call, or what the faults make of it. The calling thread waits where the database is slow.</summary>
    internal T Pass<T>(bool writes, Func<T> call)
    {
        if (ReferenceEquals(_state, State.None)) return call();
        var state = Wait();
        if (state.Cut) throw new DatabaseUnreachableException("The database is cut off by a fault of the console");
        if (writes && state.Full) throw new JournalFullException("The database's disk is full by a fault of the console");
        if (Chance() >= state.Drop) return call();
        if (Chance() < 0.5) call();
        throw new DatabaseUnreachableException("The connection to the database was dropped by a fault of the console");
    }

    private State Wait()
    {
        lock (_changed)
        {
            var until = Environment.TickCount64 + (long)_state.Slow.TotalMilliseconds;
            while (_state.Slow > TimeSpan.Zero && until - Environment.TickCount64 is > 0 and var left) Monitor.Wait(_changed, (int)Math.Min(left, int.MaxValue));
            return _state;
        }
    }

    private double Chance()
    {
        lock (_changed) return _chance.NextDouble();
    }

    private void Change(Func<State, State> change)
    {
        lock (_changed)
        {
            var next = change(_state);
            _state = next == State.None ? State.None : next;
            Monitor.PulseAll(_changed);
        }
    }

    private sealed record State(bool Cut, TimeSpan Slow, bool Full, double Drop)
    {
        public static readonly State None = new(false, TimeSpan.Zero, false, 0);

        public override string ToString() => string.Join(", ", new[]
        {
            Cut ? "cut" : "",
            Slow > TimeSpan.Zero ? FormattableString.Invariant($"slow by {Slow.TotalMilliseconds:0} ms") : "",
            Full ? "disk full" : "",
            Drop > 0 ? FormattableString.Invariant($"drops {Drop * 100:0.##} %") : "",
        }.Where(w => w.Length > 0));
    }
}
