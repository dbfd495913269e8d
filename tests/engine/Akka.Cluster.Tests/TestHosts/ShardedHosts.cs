using Akka.Actor;
using Akka.Cluster.Membership;
using Akka.Cluster.Sharding;

namespace Akka.Cluster.Tests.TestHosts;

/// <summary>A few hosts with a region each, over one table, in one actor system.</summary>
internal sealed class ShardedHosts(ActorSystem system, Journal journal, ClusterShardingSettings settings, int shards)
{
    public const string Type = "notes";

    private readonly Dictionary<int, IActorRef> _regions = [];
    private readonly HashSet<int> _left = [];
    private readonly Dictionary<int, IActorRef> _ownerships = [];
    private readonly Dictionary<(int From, int To), IActorRef> _links = [];

    public Table Table { get; } = new();

    public IMessageExtractor Extractor { get; } = HashCodeMessageExtractor.Create(shards, m => (m as Note)?.Entity);

    public IReadOnlyList<int> Alive => [.. _regions.Keys.Except(_left).Order()];

    public IActorRef this[int uid] => _regions[uid];

    public string ShardOf(string entity) => Extractor.ShardId(entity);

    public int? OwnerOf(string entity) => Table.OwnerOf(ShardLease.Name(Type, ShardOf(entity)));

    public IActorRef Start(int uid, bool proxy = false)
    {
        Table.Up(uid, "notes");
        journal.Lives(uid);
        var (table, me) = (Table, uid);
        _ownerships[uid] = system.ActorOf(Props.Create(() => new TestOwnership(table, me)), $"ownership-{uid}");
        _regions[uid] = system.ActorOf(
            Region.Props(Type, proxy ? null : id => Props.Create(() => new Recorder(journal, me, id)), settings, Extractor,
                ClusterSharding.DefaultStrategy(settings), PoisonPill.Instance, _ownerships[uid], member => LinkTo(me, member)),
            $"region-{uid}");
        return _regions[uid];
    }

    /// <summary>Ends a host as kill -9 does: nobody hears from it, and after a while the table says that it is dead.</summary>
    public void Kill(int uid)
    {
        journal.Dies(uid);
        system.Stop(_ownerships[uid]);
        system.Stop(_regions[uid]);
        foreach (var link in _links.Where(l => l.Key.From == uid || l.Key.To == uid).ToList())
        {
            system.Stop(link.Value);
            _links.Remove(link.Key);
        }

        _regions.Remove(uid);
    }

    /// <summary>Ends a host as an operator does.</summary>
    public void Leave(int uid)
    {
        _left.Add(uid);
        _regions[uid].Tell(GracefulShutdown.Instance);
    }

    private ICanTell LinkTo(int from, MemberRow to)
    {
        if (!_regions.TryGetValue(to.Uid, out var there) || !_regions.TryGetValue(from, out var here)) return ActorRefs.Nobody;
        if (_links.TryGetValue((from, to.Uid), out var link)) return link;
        _links[(from, to.Uid)] = link = system.ActorOf(Props.Create(() => new Link(here, there)));
        var back = _links[(to.Uid, from)] = system.ActorOf(Props.Create(() => new Link(there, here)));
        link.Tell(new Link.Back(back));
        back.Tell(new Link.Back(link));
        return link;
    }
}
