using Akka.Actor;

namespace AkkaKube.Etcd.Tests.Proxy;

/// <summary>What a shard promises, without a journal: the durable changes are a list that its incarnations share, and its messages may get lost.</summary>
internal sealed class ModelShard : ReceiveActor
{
    /// <summary>What all incarnations write to, and what the network does meanwhile.</summary>
    public sealed class World(int seed)
    {
        public List<Change> Log { get; } = [];

        public Random Random { get; } = new(seed);

        public long Incarnations { get; set; }

        /// <summary>Of ten messages, so many get lost.</summary>
        public int Loss { get; set; }

        /// <summary>The lease of the owner's host is valid.</summary>
        public bool IsCurrent { get; set; } = true;

        public IActorRef Owner { get; set; } = ActorRefs.Nobody;

        public long Revision => Log.Count + 1;

        public long? RevisionOf(string key) => Log.LastOrDefault(change => change.Key == key)?.Revision;

        public bool Loses() => Random.Next(10) < Loss;
    }

    private readonly World _world;
    private readonly long _incarnation;
    private readonly Dictionary<IActorRef, long> _sessions = [];
    private readonly HashSet<IActorRef> _followers = [];
    private readonly Dictionary<long, EtcdShard.Written> _written = [];

    public ModelShard(World world)
    {
        _world = world;
        _incarnation = ++world.Incarnations;
        Receive<EtcdShard.Request>(request =>
        {
            if (_world.Loses()) return;
            if (!_world.IsCurrent || (request.For is { } wanted && wanted != _incarnation)) Answer(new EtcdShard.Unavailable(request.Tag, "not current") { Refused = true });
            else On(request);
        });
        Receive<EtcdShard.Unfollow>(_ => _followers.Remove(Sender));
        Receive<EtcdShard.HandOver>(_ =>
        {
            foreach (var (session, last) in _sessions) if (!_world.Loses()) session.Tell(new EtcdShard.HandedOver(_incarnation, last));
            Context.Stop(Self);
        });
    }

    private void On(EtcdShard.Request request)
    {
        switch (request)
        {
            case EtcdShard.Open:
                _sessions.TryAdd(Sender, 0);
                Answer(new EtcdShard.Opened(null, _world.Revision) { TakesRepeats = true });
                break;
            case EtcdShard.Put { Tag: long number } when _written.TryGetValue(number, out var before): Answer(before); break;
            case EtcdShard.Put put when _world.RevisionOf(put.Key) == put.ExpectedRevision:
                var change = new Change(put.Key, put.Value, _world.Revision + 1, false);
                _world.Log.Add(change);
                _sessions[Sender] = Math.Max(_sessions[Sender], (long)put.Tag!);
                Answer(_written[(long)put.Tag] = new EtcdShard.Written(put.Tag, change));
                foreach (var follower in _followers) if (!_world.Loses()) follower.Tell(new EtcdShard.Changes([change]));
                break;
            case EtcdShard.Put put: Answer(new EtcdShard.Conflict(put.Tag, null)); break;
            case EtcdShard.Get get: Answer(new EtcdShard.Found(get.Tag, null, _world.Revision)); break;
            case EtcdShard.GetRevision get: Answer(new EtcdShard.AtRevision(get.Tag, _world.Revision)); break;
            case EtcdShard.Follow follow:
                _followers.Add(Sender);
                Answer(new EtcdShard.Following(follow.Tag, _world.Revision));
                var missed = _world.Log.Where(one => one.Revision > follow.Revision).ToList();
                if (missed.Count > 0 && !_world.Loses()) Sender.Tell(new EtcdShard.Changes(missed));
                break;
        }
    }

    private void Answer(EtcdShard.Reply reply)
    {
        if (!_world.Loses()) Sender.Tell(reply with { Incarnation = _incarnation });
    }

    /// <summary>Brings what is for the shard to its owner, or nowhere while there is none.</summary>
    public sealed class Region : ReceiveActor
    {
        public Region(World world) => Receive<EtcdEntity.ToShard>(to =>
        {
            if (!world.Loses()) world.Owner.Forward(to.Message);
        });
    }
}
