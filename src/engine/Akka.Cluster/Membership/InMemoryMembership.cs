using System.Collections.Concurrent;
using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Membership;

/// <summary>What <see cref="InMemoryMembershipTable"/>s of one name share: the rows, and the faults that a test puts in between.</summary>
internal sealed class InMemoryMembership
{
    private static readonly ConcurrentDictionary<string, InMemoryMembership> s_named = new(StringComparer.Ordinal);

    // Several actor systems come at once; what each does is short.
    private readonly Lock _gate = new();
    private readonly Rows _rows = new();
    private ImmutableHashSet<ActorSystem> _cut = [];

    /// <summary>A call of one system.</summary>
    public readonly record struct Call(ActorSystem System, string Operation);

    /// <summary>Runs before a call takes effect: a wait of it is a slow request, an exception one that never arrived.</summary>
    public Func<Call, Task>? Before { get; set; }

    /// <summary>Runs after a call took effect: a wait of it is a slow reply, an exception a reply that was lost.</summary>
    public Func<Call, Task>? After { get; set; }

    /// <summary>The one of a name; made when it is asked for first.</summary>
    public static InMemoryMembership Of(string name) => s_named.GetOrAdd(name, static _ => new InMemoryMembership());

    /// <summary>The rows now, whatever is cut.</summary>
    public TableView View()
    {
        lock (_gate) return _rows.View();
    }

    /// <summary>Every call of a system fails until healed.</summary>
    public void Cut(ActorSystem system) => ImmutableInterlocked.Update(ref _cut, static (cut, s) => cut.Add(s), system);

    /// <summary>Takes a <see cref="Cut"/> back.</summary>
    public void Heal(ActorSystem system) => ImmutableInterlocked.Update(ref _cut, static (cut, s) => cut.Remove(s), system);

    /// <summary>Changes rows without a host: what an operator does to the database by hand.</summary>
    public void Change(Action<Rows> change)
    {
        lock (_gate) change(_rows);
    }

    public Task<T> Do<T>(ActorSystem system, string operation, Func<Rows, T> work)
    {
        // Without a fault in between the task has ended when it is returned: a run under virtual time stays in its one thread.
        if (Before is null && After is null && !_cut.Contains(system)) return Task.FromResult(Apply(work));
        return DoSlowly(new Call(system, operation), work);
    }

    private async Task<T> DoSlowly<T>(Call call, Func<Rows, T> work)
    {
        if (Before is { } before) await before(call).ConfigureAwait(false);
        CheckReaches(call);
        var result = Apply(work);
        if (After is { } after) await after(call).ConfigureAwait(false);
        CheckReaches(call);
        return result;
    }

    private void CheckReaches(Call call)
    {
        if (_cut.Contains(call.System)) throw new IOException($"{call.Operation}: the membership table does not answer: cut off by the test.");
    }

    private T Apply<T>(Func<Rows, T> work)
    {
        lock (_gate) return work(_rows);
    }

    /// <summary>The rows.</summary>
    public sealed class Rows
    {
        public Dictionary<int, MemberRow> Members { get; } = [];
        public Dictionary<string, LeaseRow> Leases { get; } = new(StringComparer.Ordinal);
        public HashSet<(string Shard, string Entity)> Remembered { get; } = [];
        public int CameUp { get; set; }

        public TableView View() => new([.. Members.Values.OrderBy(static m => m.Uid)], Leases.ToImmutableDictionary(StringComparer.Ordinal));
    }
}
