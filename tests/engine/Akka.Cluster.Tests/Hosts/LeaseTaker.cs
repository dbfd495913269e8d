using Akka.Actor;
using Akka.Cluster.Membership;
using Akka.Cluster.Ownership;
using static Akka.Cluster.Ownership.OwnershipProtocol;

namespace Akka.Cluster.Tests.Hosts;

/// <summary>What a shard region is to ownership: takes the leases that are its host's by a rule over the view, and gives back those that are not any more.</summary>
internal sealed class LeaseTaker : ReceiveActor
{
    private readonly string[] _names;
    private readonly HashSet<string> _asked = [];
    private readonly Dictionary<string, long> _has = [];
    private View? _view;

    public LeaseTaker(string[] names)
    {
        _names = names;
        var ownership = Cluster.Get(Context.System).Ownership;
        ownership.Tell(new Subscribe());
        Receive<View>(v =>
        {
            _view = v;
            Decide(ownership);
        });
        Receive<Taken>(t =>
        {
            _asked.Remove(t.Name);
            _has[t.Name] = t.Epoch;
            Decide(ownership);
        });
        Receive<NotTaken>(t => _asked.Remove(t.Name));
        Receive<Released>(r =>
        {
            _asked.Remove(r.Name);
            Decide(ownership);
        });
        Receive<Lost>(l => _has.Remove(l.Name));
    }

    private void Decide(IActorRef ownership)
    {
        if (_view is not { } view) return;
        var homes = view.Members.Where(m => m.Status == MemberStatus.Up && !view.Unreachable.Contains(m.Uid)).Select(static m => m.Uid).ToList();
        for (var i = 0; i < _names.Length; i++)
        {
            var name = _names[i];
            if (_asked.Contains(name) || homes.Count == 0) continue;
            var mine = homes[i % homes.Count] == view.Self;
            if (mine && !_has.ContainsKey(name) && view.IsFree(name))
            {
                _asked.Add(name);
                ownership.Tell(new Take(name));
            }
            else if (!mine && _has.Remove(name))
            {
                _asked.Add(name);
                ownership.Tell(new Release(name));
            }
        }
    }
}
