using Akka.Actor;
using Akka.Cluster.Membership;

namespace Akka.Cluster.Tests.Hosts;

/// <summary>
/// Several hosts in one process and one thread, with a network and a table between them that break as the test says. Time passes by steps; within a
/// step all do what there is to do, in an order that the seed decides. A host that was declared dead starts again as another incarnation.
/// </summary>
internal sealed class TestHosts(int seed, string settings = "") : IDisposable
{
    private static int s_tables;

    private readonly Random _chance = new(seed);
    private readonly List<TestHost> _all = [];
    private readonly HashSet<(string From, string To)> _cut = [];
    private readonly HashSet<string> _cutFromTable = [];
    private readonly PriorityQueue<Action, (TimeSpan Due, long Order)> _due = new();
    private long _order;
    private int _uids = 100;

    public static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    public string TableName { get; } = $"hosts-{Interlocked.Increment(ref s_tables)}";

    public InMemoryMembership Table => InMemoryMembership.Of(TableName);

    /// <summary>The incarnation of each host that runs now, or ran last.</summary>
    public Dictionary<string, TestHost> ByName { get; } = [];

    /// <summary>All incarnations, also those that have ended.</summary>
    public IReadOnlyList<TestHost> All => _all;

    public TimeSpan Now { get; private set; }

    public Random Chance => _chance;

    /// <summary>Looks on after every step.</summary>
    public Action? AfterStep { get; set; }

    /// <summary>Called with every incarnation that starts.</summary>
    public Action<TestHost>? OnStart { get; set; }

    /// <summary>Whether who was declared dead starts again.</summary>
    public bool RestartsWhoIsDown { get; set; }

    /// <summary>How long a message is on its way, at least and at most.</summary>
    public (double Least, double Most) NetworkMs { get; set; } = (0.2, 5);

    public TestHost this[string name] => ByName[name];

    public TestHost Start(string name)
    {
        var host = new TestHost(this, name, ++_uids, seed * 31 + _uids, settings);
        _all.Add(host);
        ByName[name] = host;
        if (_cutFromTable.Contains(name)) Table.Cut(host.System);
        OnStart?.Invoke(host);
        return host;
    }

    public void StartAll(params string[] names)
    {
        foreach (var name in names) Start(name);
        Until("all are up", () => names.All(n => ByName[n].Status == MemberStatus.Up && ByName[n].Cluster.State.Members.Count == names.Length));
    }

    /// <summary>kill -9.</summary>
    public void Kill(string name) => ByName[name].IsKilled = true;

    /// <summary>Cuts the way from one host to the other.</summary>
    public void CutOneWay(string from, string to) => _cut.Add((from, to));

    public void Cut(string a, string b)
    {
        CutOneWay(a, b);
        CutOneWay(b, a);
    }

    public void CutFromTable(string name)
    {
        _cutFromTable.Add(name);
        Table.Cut(ByName[name].System);
    }

    public void HealTable(string name)
    {
        _cutFromTable.Remove(name);
        Table.Heal(ByName[name].System);
    }

    public void Heal()
    {
        _cut.Clear();
        foreach (var name in _cutFromTable.ToList()) HealTable(name);
    }

    public void Send(TestHost from, Address to, string path, object message)
    {
        var toName = to.Host!;
        if (from.IsKilled || _cut.Contains((from.Name, toName))) return;
        After(TimeSpan.FromMilliseconds(NetworkMs.Least + _chance.NextDouble() * (NetworkMs.Most - NetworkMs.Least)), () =>
        {
            if (_cut.Contains((from.Name, toName)) || !ByName.TryGetValue(toName, out var target) || target.IsKilled || target.HasEnded) return;
            target.Tell(path, message);
        });
    }

    /// <summary>Does something later, on the clock of the test.</summary>
    public void After(TimeSpan delay, Action action) => _due.Enqueue(action, (Now + delay, _order++));

    /// <summary>Has every call to the table be on its way for so long, there and back.</summary>
    public void SlowTable(double leastMs, double mostMs)
    {
        Task Wait()
        {
            var arrived = new TaskCompletionSource();
            After(TimeSpan.FromMilliseconds(leastMs + _chance.NextDouble() * (mostMs - leastMs)), () => arrived.SetResult());
            return arrived.Task;
        }

        Table.Before = _ => Wait();
        Table.After = _ => Wait();
    }

    public void Pass(double seconds)
    {
        for (var end = Now + TimeSpan.FromSeconds(seconds); Now < end;) PassStep();
    }

    /// <summary>Lets time pass until the condition holds; returns how many seconds it took.</summary>
    public double Until(string what, Func<bool> holds, double seconds = 30)
    {
        var start = Now;
        while (!holds())
        {
            if (Now - start > TimeSpan.FromSeconds(seconds)) throw new InvalidOperationException($"Seed {seed}: {seconds} s were not enough until {what}.\n{Describe()}");
            PassStep();
        }

        return (Now - start).TotalSeconds;
    }

    private void PassStep()
    {
        // A test has a context of xunit's, under which what waits for the table would go on in another thread.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            DoStep();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private void DoStep()
    {
        Work();
        Now += Step;
        while (_due.TryPeek(out _, out var due) && due.Due <= Now)
        {
            _due.Dequeue()();
            Work();
        }

        foreach (var host in _all) host.LetPass(Step);
        Work();
        if (RestartsWhoIsDown)
        {
            foreach (var host in ByName.Values.Where(static h => h.HasEnded && !h.IsKilled).ToList()) Start(host.Name);
        }

        AfterStep?.Invoke();
    }

    private void Work()
    {
        for (var any = true; any;)
        {
            any = false;
            foreach (var host in _all.ToList())
            {
                while (host.RunNext()) any = true;
            }
        }
    }

    public string Describe() => string.Join("\n",
        ByName.Values.Select(h => $"{h.Name} uid {h.Uid} status {h.Status}{(h.IsKilled ? " killed" : "")}{(h.IsFrozen ? " frozen" : "")}{(h.HasEnded ? " ended" : "")}")
            .Append("rows: " + string.Join("; ", Table.View().Members.Select(static m => $"{m.Uid} {m.Address} {m.Status} up {m.UpNumber} beat {m.Beat} suspects [{string.Join(",", m.Suspects)}]")))
            .Append("leases: " + string.Join("; ", Table.View().Leases.Values.Select(static l => $"{l.Name} {l.Owner} {l.Epoch}"))));

    // Virtual systems have no threads of their own; what was not ended is garbage like any other.
    public void Dispose()
    {
        Table.Before = null;
        Table.After = null;
    }
}
