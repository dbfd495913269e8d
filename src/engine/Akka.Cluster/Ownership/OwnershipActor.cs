using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Membership;
using Akka.Event;
using static Akka.Cluster.Ownership.OwnershipProtocol;

namespace Akka.Cluster.Ownership;

/// <summary>
/// Writes the leases of this host and tells all who have subscribed what the table says. What this host has written stands in its views at once, before
/// a read of the table shows it. At <c>/system/cluster/ownership</c>.
/// </summary>
internal sealed class OwnershipActor : ReceiveActor
{
    private readonly Cluster _cluster;
    private readonly IMembershipTable _table;
    private readonly IActorRef _membership;
    private readonly HeldLeases _held;
    private readonly int _self;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly HashSet<IActorRef> _subscribers = [];
    private readonly Dictionary<string, Held> _holders = new(StringComparer.Ordinal);

    // What is being written now, and what was written and not read back yet.
    private readonly Dictionary<string, Writing> _writing = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LeaseRow> _written = new(StringComparer.Ordinal);
    private Seen? _seen;
    private View? _view;

    public OwnershipActor(Cluster cluster, IMembershipTable table, IActorRef membership)
    {
        _cluster = cluster;
        _table = table;
        _membership = membership;
        _held = HeldLeases.Of(cluster.System);
        _self = cluster.SelfUniqueAddress.Uid;
        Receive<Seen>(OnSeen);
        Receive<Subscribe>(_ => OnSubscribe());
        Receive<Take>(OnTake);
        Receive<Release>(OnRelease);
        Receive<TakeEnded>(OnTakeEnded);
        Receive<ReleaseEnded>(OnReleaseEnded);
        Receive<Terminated>(t => OnGone(t.ActorRef));
        Receive<Remember>(OnRemember);
        Receive<GetRemembered>(OnGetRemembered);
        Receive<Ended>(_ => OnEnded());
    }

    private void OnSubscribe()
    {
        if (_subscribers.Add(Sender)) Context.Watch(Sender);
        if (_view is not null) Sender.Tell(_view);
    }

    private void OnSeen(Seen seen)
    {
        _seen = seen;
        foreach (var (name, mine) in _written.ToList())
        {
            if (seen.Table.Leases.TryGetValue(name, out var row) && (row.Epoch > mine.Epoch || row == mine)) _written.Remove(name);
        }

        foreach (var (name, held) in _holders.ToList())
        {
            // A view that is older than the taking shows an older epoch.
            if (_writing.ContainsKey(name) || !seen.Table.Leases.TryGetValue(name, out var row) || row.Epoch < held.Epoch || row.Epoch == held.Epoch && row.Owner == _self) continue;
            _log.Error("Cluster Node [{0}] - the lease {1} was taken away from this host", _cluster.SelfAddress, name);
            Lose(name, held);
        }

        foreach (var row in seen.Table.Leases.Values)
        {
            // Taken or given back with a reply that was lost: nobody here has it.
            if (row.Owner == _self && !_holders.ContainsKey(row.Name) && !_writing.ContainsKey(row.Name) && !_written.ContainsKey(row.Name)) GiveBack(row.Name, row.Epoch, null);
        }

        Publish();
    }

    private void OnTake(Take take)
    {
        if (_holders.TryGetValue(take.Name, out var held))
        {
            Sender.Tell(held.Holder.Equals(Sender) ? new Taken(take.Name, held.Epoch) : new NotTaken(take.Name));
            return;
        }

        if (_view is not { } view || _writing.ContainsKey(take.Name) || !view.IsFree(take.Name))
        {
            Sender.Tell(new NotTaken(take.Name));
            return;
        }

        var asker = Sender;
        _writing[take.Name] = Writing.Take;
        _table.Take(take.Name, _self, view.Leases.TryGetValue(take.Name, out var row) ? row.Epoch : 0)
            .PipeTo(Self, Self, success: taken => new TakeEnded(take.Name, asker, taken, null), failure: cause => new TakeEnded(take.Name, asker, null, cause));
    }

    private void OnTakeEnded(TakeEnded ended)
    {
        _writing.Remove(ended.Name);
        if (ended.Row is not { } row)
        {
            if (ended.Cause is { } cause) _log.Warning("Cluster Node [{0}] - could not take the lease {1}: {2}", _cluster.SelfAddress, ended.Name, cause.Message);
            ended.Asker.Tell(new NotTaken(ended.Name));
            // Somebody else may have been quicker than this host's last look.
            _membership.Tell(MembershipActor.Refresh.Instance);
            return;
        }

        _written[ended.Name] = row;
        _holders[ended.Name] = new Held(ended.Asker, row.Epoch);
        _held.Hold(ended.Name, row.Epoch);
        ended.Asker.Tell(new Taken(ended.Name, row.Epoch));
        // One that has died meanwhile is reported at once, and gives the lease back.
        Context.Watch(ended.Asker);
        _membership.Tell(MembershipActor.LeasesChanged.Instance);
        Publish();
    }

    private void OnRelease(Release release)
    {
        if (!_holders.TryGetValue(release.Name, out var held) || !held.Holder.Equals(Sender))
        {
            Sender.Tell(new Released(release.Name));
            return;
        }

        GiveBack(release.Name, held.Epoch, Sender);
    }

    private void GiveBack(string name, long epoch, IActorRef? asker)
    {
        _held.Drop(name);
        _holders.Remove(name);
        _writing[name] = Writing.Release;
        _table.Release(name, _self, epoch)
            .PipeTo(Self, Self, success: done => new ReleaseEnded(name, epoch, asker, done, null), failure: cause => new ReleaseEnded(name, epoch, asker, false, cause));
    }

    private void OnReleaseEnded(ReleaseEnded ended)
    {
        _writing.Remove(ended.Name);
        ended.Asker?.Tell(new Released(ended.Name));
        if (ended.Cause is { } cause)
        {
            // The next view shows it as this host's still, and it is given back again.
            _log.Warning("Cluster Node [{0}] - could not give the lease {1} back, tries again: {2}", _cluster.SelfAddress, ended.Name, cause.Message);
            _written.Remove(ended.Name);
            return;
        }

        if (ended.Done)
        {
            _written[ended.Name] = new LeaseRow(ended.Name, null, ended.Epoch);
            _membership.Tell(MembershipActor.LeasesChanged.Instance);
        }
        else
        {
            _written.Remove(ended.Name);
        }

        _membership.Tell(MembershipActor.Refresh.Instance);
        Publish();
    }

    private void OnGone(IActorRef actor)
    {
        _subscribers.Remove(actor);
        foreach (var (name, held) in _holders.Where(h => h.Value.Holder.Equals(actor)).ToList()) GiveBack(name, held.Epoch, null);
    }

    private void OnRemember(Remember remember)
    {
        var asker = Sender;
        _table.Remember(remember.Shard, remember.Entities, remember.Keep).PipeTo(asker, Self,
            success: () => new Remembered(remember),
            failure: _ => new NotRemembered(remember));
    }

    private void OnGetRemembered(GetRemembered get)
    {
        var asker = Sender;
        _table.Remembered(get.Shard).PipeTo(asker, Self, success: entities => new RememberedEntities(get.Shard, entities), failure: _ => new RememberedEntities(get.Shard, null));
    }

    // The host is out: whatever it has is not its own any more.
    private void OnEnded()
    {
        _held.Clear();
        foreach (var (name, held) in _holders.ToList()) Lose(name, held);
        Become(Out);
    }

    private void Out()
    {
        Receive<Subscribe>(_ =>
        {
            if (_view is not null) Sender.Tell(_view);
        });
        Receive<Take>(t => Sender.Tell(new NotTaken(t.Name)));
        Receive<Release>(r => Sender.Tell(new Released(r.Name)));
        Receive<TakeEnded>(e => e.Asker.Tell(new NotTaken(e.Name)));
        Receive<ReleaseEnded>(e => e.Asker?.Tell(new Released(e.Name)));
        Receive<Remember>(r => Sender.Tell(new NotRemembered(r)));
        Receive<GetRemembered>(g => Sender.Tell(new RememberedEntities(g.Shard, null)));
        ReceiveAny(static _ => { });
    }

    private void Lose(string name, Held held)
    {
        _held.Drop(name);
        _holders.Remove(name);
        _written.Remove(name);
        held.Holder.Tell(new Lost(name));
    }

    private void Publish()
    {
        if (_seen is not { } seen) return;
        var members = seen.Table.Members.FindAll(static m => m.Status is not MemberStatus.Joining)
            .Sort(static (a, b) => (a.UpNumber, a.Uid).CompareTo((b.UpNumber, b.Uid)));
        var view = new View(_self, members, _written.Count == 0 ? seen.Table.Leases : seen.Table.Leases.SetItems(_written), seen.Dead, seen.Unreachable);
        if (_view is not null && Same(_view, view)) return;
        _view = view;
        foreach (var subscriber in _subscribers) subscriber.Tell(view);
    }

    // Beats and suspicions come and go; nobody decides on them here.
    private static bool Same(View a, View b) =>
        a.Dead.SetEquals(b.Dead) && a.Unreachable.SetEquals(b.Unreachable)
        && a.Members.Select(static m => (m.Uid, m.Status, m.UpNumber)).SequenceEqual(b.Members.Select(static m => (m.Uid, m.Status, m.UpNumber)))
        && a.Leases.Count == b.Leases.Count && a.Leases.All(l => b.Leases.TryGetValue(l.Key, out var other) && other == l.Value);

    /// <summary>From the membership actor: the table, who is dead, and whom this host cannot reach.</summary>
    public sealed record Seen(TableView Table, ImmutableHashSet<int> Dead, ImmutableHashSet<int> Unreachable);

    /// <summary>From the membership actor: this host is Down or out.</summary>
    public sealed record Ended
    {
        public static readonly Ended Instance = new();
    }

    private enum Writing
    {
        Take,
        Release,
    }

    private readonly record struct Held(IActorRef Holder, long Epoch);

    private sealed record TakeEnded(string Name, IActorRef Asker, LeaseRow? Row, Exception? Cause);

    private sealed record ReleaseEnded(string Name, long Epoch, IActorRef? Asker, bool Done, Exception? Cause);
}
