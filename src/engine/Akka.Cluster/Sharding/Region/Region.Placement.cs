using Akka.Actor;
using Akka.Cluster.Membership;
using Akka.Cluster.Ownership;
using Akka.Event;

namespace Akka.Cluster.Sharding;

/// <summary>Where shards should be, and what this host does about it: it takes free ones that should be its own, and asks others to take theirs.</summary>
internal sealed partial class Region
{
    // What this region asked others to take, and what others asked it to take: until the table tells.
    private readonly SortedDictionary<string, int> _asked = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _told = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taking = new(StringComparer.Ordinal);
    private OwnershipProtocol.View? _view;
    private int _candidates;

    private bool Hosts => _entityProps is not null;

    /// <summary>A proxy has nothing itself, even where its host has.</summary>
    private bool IsSelf(int uid) => Hosts && uid == _view!.Self;

    private MemberRow? MemberOf(int uid) => _view?.Members.Find(m => m.Uid == uid);

    private bool HasRole(MemberRow member) => _settings.Role is not { } role || member.Roles.Contains(role);

    private bool IsGone(int uid) => _view is { } view && (view.Dead.Contains(uid) || MemberOf(uid) is { Status: MemberStatus.Down or MemberStatus.Exiting or MemberStatus.Removed });

    private void On(OwnershipProtocol.View view)
    {
        _view = view;
        foreach (var uid in _hosts.Keys.Where(IsGone).ToList()) ForgetHost(uid);
        foreach (var subscriber in _subscribers.Where(s => IsGone(s.Value)).Select(static s => s.Key).ToList()) ForgetSubscriber(subscriber);
        foreach (var (name, row) in view.Leases)
        {
            if (!name.StartsWith(_leasePrefix, StringComparison.Ordinal)) continue;
            var shard = name[_leasePrefix.Length..];
            _routes.Saw(shard, row.Owner, row.Epoch);
            if (view.IsFree(name)) continue;
            _asked.Remove(shard);
            if (_told.TryGetValue(shard, out var epoch) && row.Epoch > epoch) _told.Remove(shard);
        }

        Evaluate();
    }

    private void OnTick(bool balance)
    {
        if (_view is null)
        {
            _ownership.Tell(new OwnershipProtocol.Subscribe(), Self);
            return;
        }

        if (balance)
        {
            Balance();
            return;
        }

        _asked.Clear();
        PressHandOffs();
        Evaluate();
    }

    private void Evaluate()
    {
        Greet();
        TakeWhatShouldBeHere();
        foreach (var shard in _buffers.Shards.ToList()) Seek(shard);
        // A host that comes gets its share at once, while there is little to move: a young cluster has not begun its work.
        var candidates = Candidates().Count;
        if (MustLeave || candidates > _candidates) Balance();
        _candidates = candidates;
        CheckHandedOver();
    }

    /// <summary>The hosts that may have shards, the oldest first.</summary>
    private List<int> Candidates() =>
    [
        .. _view!.Members
            .Where(m => m.Status == MemberStatus.Up && HasRole(m) && !_view.Dead.Contains(m.Uid))
            .Where(m => IsSelf(m.Uid) ? !_closing : _hosts.TryGetValue(m.Uid, out var host) && !host.Closing)
            .Select(static m => m.Uid),
    ];

    /// <summary>Every known shard with who has it: what the table says, and over that what this region knows itself.</summary>
    private Dictionary<string, int?> Owners()
    {
        var (view, owners) = (_view!, new Dictionary<string, int?>(StringComparer.Ordinal));
        foreach (var (name, row) in view.Leases)
        {
            if (!name.StartsWith(_leasePrefix, StringComparison.Ordinal)) continue;
            var shard = name[_leasePrefix.Length..];
            owners[shard] = view.IsFree(name) || row.Epoch <= _routes.ClosedEpoch(shard) ? null : row.Owner;
        }

        foreach (var shard in _buffers.Shards) owners.TryAdd(shard, null);
        foreach (var (shard, uid) in _asked) owners[shard] = uid;
        foreach (var (shard, route) in _routes.All) owners[shard] = route.Uid;
        foreach (var shard in _told.Keys) owners[shard] = view.Self;
        foreach (var shard in _taking) owners[shard] = view.Self;
        foreach (var own in _own.Values) owners[own.Id] = own.At == OwnShard.Phase.Lost ? null : own.At == OwnShard.Phase.Running ? view.Self : own.Target;
        return owners;
    }

    private Dictionary<string, int> Desired() => Allocation.Desired(Candidates(), Owners(), _allocation.RebalanceThreshold);

    private void TakeWhatShouldBeHere()
    {
        if (!Hosts || _closing || MemberOf(_view!.Self) is not { Status: MemberStatus.Up } self || !HasRole(self)) return;
        foreach (var (shard, uid) in Desired())
        {
            if (uid == _view.Self && _view.IsFree(LeaseOf(shard))) Take(shard);
        }
    }

    /// <summary>Finds the host of a shard that something waits for.</summary>
    private void Seek(string shard)
    {
        if (_view is not { } view || _own.ContainsKey(shard) || _taking.Contains(shard)) return;
        var lease = LeaseOf(shard);
        if (view.Leases.TryGetValue(lease, out var row) && !view.IsFree(lease) && row.Epoch > _routes.ClosedEpoch(shard))
        {
            // Who owns it has to say so itself.
            if (row.Owner is { } owner && !IsSelf(owner)) Greet(owner);
            return;
        }

        if (_asked.ContainsKey(shard) || !Desired().TryGetValue(shard, out var home)) return;
        if (IsSelf(home))
        {
            Take(shard);
        }
        else if (_hosts.TryGetValue(home, out var host))
        {
            _asked[shard] = home;
            host.Region.Tell(new RegionProtocol.TakeShard(shard, Math.Max(row?.Epoch ?? 0, _routes.ClosedEpoch(shard))));
        }
    }

    private void On(RegionProtocol.TakeShard take)
    {
        if (!Hosts || MustLeave || _own.ContainsKey(take.Shard)) return;
        if (_view is { } view && view.Leases.TryGetValue(LeaseOf(take.Shard), out var row) && row.Epoch > take.Epoch && !view.IsFree(row.Name)) return;
        _told[take.Shard] = take.Epoch;
        Take(take.Shard);
    }

    private void Take(string shard)
    {
        if (_own.ContainsKey(shard) || !_taking.Add(shard)) return;
        _ownership.Tell(new OwnershipProtocol.Take(LeaseOf(shard)), Self);
    }

    private void On(OwnershipProtocol.NotTaken notTaken)
    {
        _taking.Remove(notTaken.Name[_leasePrefix.Length..]);
        CheckHandedOver();
    }

    private void On(OwnershipProtocol.Taken taken)
    {
        var shard = taken.Name[_leasePrefix.Length..];
        _taking.Remove(shard);
        _told.Remove(shard);
        _asked.Remove(shard);
        if (MustLeave)
        {
            _ownership.Tell(new OwnershipProtocol.Release(taken.Name), Self);
            CheckHandedOver();
            return;
        }

        if (_own.ContainsKey(shard)) return;
        _log.Debug("{0}: shard [{1}] is here, epoch {2}", _typeName, shard, taken.Epoch);
        _routes.Close(shard, taken.Epoch - 1);
        _own[shard] = new OwnShard(shard, taken.Epoch, StartShard(shard));
        Flush(shard);
        Announce(new RegionProtocol.Owned(_view!.Self, shard, taken.Epoch));
    }

    private IActorRef StartShard(string shard) => Context.Watch(Context.ActorOf(
        Shard.Props(_typeName, shard, _entityProps!, _settings, _extractor, _stopMessage, _ownership), Uri.EscapeDataString(shard)));
}
