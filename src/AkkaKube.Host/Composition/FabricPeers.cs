using Akka.Actor;
using Akka.Cluster;
using AkkaKube.Fabric;
using ActorCluster = Akka.Cluster.Cluster;

namespace AkkaKube.Host.Composition;

/// <summary>Tells this host's fabric who the fabrics of the other hosts are: those of the members that are up, as soon as they answer.</summary>
internal sealed class FabricPeers : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan BetweenQuestions = TimeSpan.FromMilliseconds(300);
    private readonly IActorRef _fabric;
    private readonly ActorCluster _cluster = ActorCluster.Get(Context.System);
    private readonly Dictionary<UniqueAddress, IActorRef?> _peers = [];

    public FabricPeers(IActorRef fabric)
    {
        _fabric = fabric;
        Receive<ClusterEvent.CurrentClusterState>(state =>
        {
            foreach (var member in state.Members) if (member.Status is MemberStatus.Up or MemberStatus.Leaving) Add(member);
        });
        Receive<ClusterEvent.MemberUp>(up => Add(up.Member));
        Receive<ClusterEvent.MemberDowned>(down => Remove(down.Member));
        Receive<ClusterEvent.MemberRemoved>(removed => Remove(removed.Member));
        Receive<ClusterEvent.IMemberEvent>(_ => { });
        Receive<ActorIdentity>(On);
        Receive<Ask>(_ => AskAll());
    }

    public static Props Props(IActorRef fabric) => Akka.Actor.Props.Create(() => new FabricPeers(fabric));

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => _cluster.Subscribe(Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsSnapshot, typeof(ClusterEvent.IMemberEvent));

    protected override void PostStop() => _cluster.Unsubscribe(Self);

    private void Add(Member member)
    {
        if (member.UniqueAddress.Equals(_cluster.SelfUniqueAddress) || !_peers.TryAdd(member.UniqueAddress, null)) return;
        AskAll();
    }

    private void Remove(Member member)
    {
        if (_peers.Remove(member.UniqueAddress, out var fabric) && fabric is not null) Tell();
    }

    private void On(ActorIdentity identity)
    {
        if (identity.Subject is not { } fabric || identity.MessageId is not int uid) return;
        // By the uid, so that what an earlier process at the address answered is not taken for its successor.
        if (_peers.Keys.FirstOrDefault(peer => peer.Uid == uid) is not { } peer || _peers[peer] is not null) return;
        _peers[peer] = fabric;
        Tell();
    }

    private void AskAll()
    {
        var silent = _peers.Where(peer => peer.Value is null).Select(peer => peer.Key).ToList();
        foreach (var peer in silent) Context.ActorSelection(new RootActorPath(peer.Address) / "user" / "fabric").Tell(new Identify(peer.Uid));
        if (silent.Count > 0) Timers.StartSingleTimer(nameof(Ask), new Ask(), BetweenQuestions);
    }

    private void Tell() => _fabric.Tell(new FabricActor.Peers([.. _peers.Values.OfType<IActorRef>()]));

    private sealed record Ask;
}
