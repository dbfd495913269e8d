using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Membership;
using Akka.Cluster.Ownership;

namespace Akka.Cluster.Tests.TestHosts;

/// <summary>The membership table, as the hosts of a test share it; it changes at once, and hosts read it now and then.</summary>
internal sealed class Table
{
    private readonly Dictionary<string, ImmutableHashSet<string>> _remembered = [];
    private int _ups;

    public ImmutableList<MemberRow> Members { get; private set; } = [];
    public ImmutableDictionary<string, LeaseRow> Leases { get; private set; } = ImmutableDictionary<string, LeaseRow>.Empty;
    public ImmutableHashSet<int> Dead { get; private set; } = [];
    public List<(string Name, int Owner, long Epoch)> Taken { get; } = [];

    public void Up(int uid, params string[] roles) =>
        Members = Members.Add(new MemberRow(uid, $"akka.ssl.tcp://test@10.0.0.{uid}:7100", [.. roles], MemberStatus.Up, ++_ups, 1, []));

    public void Move(int uid, MemberStatus status) => Members = [.. Members.Select(m => m.Uid == uid ? m with { Status = status } : m)];

    /// <summary>It is dead, and has been silent for so long that what it had is free.</summary>
    public void Kill(int uid)
    {
        Dead = Dead.Add(uid);
        Members = Members.RemoveAll(m => m.Uid == uid);
    }

    public OwnershipProtocol.View ViewOf(int uid) => new(uid, Members, Leases, Dead, []);

    public int? OwnerOf(string lease) => Leases.TryGetValue(lease, out var row) && row.Owner is { } owner && !Dead.Contains(owner) ? owner : null;

    public long? Take(string name, int uid, long seenEpoch)
    {
        var epoch = Leases.TryGetValue(name, out var row) ? row.Epoch : 0;
        if (epoch != seenEpoch || OwnerOf(name) is not null || Members.All(m => m.Uid != uid)) return null;
        Leases = Leases.SetItem(name, new LeaseRow(name, uid, epoch + 1));
        Taken.Add((name, uid, epoch + 1));
        return epoch + 1;
    }

    public void Release(string name, int uid)
    {
        if (Leases.TryGetValue(name, out var row) && row.Owner == uid) Leases = Leases.SetItem(name, row with { Owner = null });
    }

    public void Remember(string shard, IReadOnlyList<string> entities, bool keep) =>
        _remembered[shard] = keep ? Remembered(shard).Union(entities) : Remembered(shard).Except(entities);

    public ImmutableHashSet<string> Remembered(string shard) => _remembered.GetValueOrDefault(shard, []);
}

/// <summary>The ownership actor of one host over a test's table: reads it every half second and after each change of its own.</summary>
internal sealed class TestOwnership : ReceiveActor, IWithTimers
{
    private readonly HashSet<IActorRef> _subscribers = [];
    private OwnershipProtocol.View _view;

    public TestOwnership(Table table, int uid)
    {
        _view = table.ViewOf(uid);
        Receive<OwnershipProtocol.Subscribe>(_ =>
        {
            _subscribers.Add(Sender);
            Sender.Tell(_view);
        });
        Receive<string>(_ => Read(table, uid));
        Receive<OwnershipProtocol.Take>(take =>
        {
            var seen = _view.Leases.TryGetValue(take.Name, out var row) ? row.Epoch : 0;
            var epoch = _view.IsFree(take.Name) ? table.Take(take.Name, uid, seen) : null;
            Sender.Tell(epoch is { } e ? new OwnershipProtocol.Taken(take.Name, e) : new OwnershipProtocol.NotTaken(take.Name));
            Read(table, uid);
        });
        Receive<OwnershipProtocol.Release>(release =>
        {
            table.Release(release.Name, uid);
            Sender.Tell(new OwnershipProtocol.Released(release.Name));
            Read(table, uid);
        });
        Receive<OwnershipProtocol.Remember>(r =>
        {
            table.Remember(r.Shard, r.Entities, r.Keep);
            Sender.Tell(new OwnershipProtocol.Remembered(r));
        });
        Receive<OwnershipProtocol.GetRemembered>(r => Sender.Tell(new OwnershipProtocol.RememberedEntities(r.Shard, table.Remembered(r.Shard))));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Timers.StartPeriodicTimer("read", "read", TimeSpan.FromSeconds(0.5));

    private void Read(Table table, int uid)
    {
        var view = table.ViewOf(uid);
        if (ReferenceEquals(view.Members, _view.Members) && ReferenceEquals(view.Leases, _view.Leases) && ReferenceEquals(view.Dead, _view.Dead)) return;
        _view = view;
        foreach (var subscriber in _subscribers) subscriber.Tell(_view);
    }
}
