using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Sharding;

namespace AkkaKube.Console.Hosts;

/// <summary>The hosts of an actor cluster. A host is called by its role <c>host-NAME</c>.</summary>
public sealed class ClusterHosts(string self) : IHosts
{
    private const string RolePrefix = "host-";

    /// <inheritdoc/>
    public string Self => self;

    /// <inheritdoc/>
    public bool IsCluster => true;

    /// <inheritdoc/>
    public IReadOnlyList<HostEntry> All(ActorSystem system)
    {
        var cluster = Akka.Cluster.Cluster.Get(system);
        var state = cluster.State;
        return [.. state.Members
            .Select(m => new HostEntry(NameOf(m), m.Address, m.Status.ToString(), [.. m.Roles.Order(StringComparer.Ordinal)])
            {
                IsReachable = !state.Unreachable.Contains(m),
                IsLeader = m.Address.Equals(state.Leader),
                IsSelf = m.Address.Equals(cluster.SelfAddress),
            })
            .OrderBy(h => h.Name, StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public ICanTell ConsoleOf(ActorSystem system, HostEntry host) =>
        host.IsSelf ? system.ActorSelection("/user/console") : system.ActorSelection(new RootActorPath(host.Address) / "user" / "console");

    /// <inheritdoc/>
    public IReadOnlyList<string> EntityTypes(ActorSystem system) => [.. ClusterSharding.Get(system).ShardTypeNames.Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public IActorRef? RegionOf(ActorSystem system, string type)
    {
        var sharding = ClusterSharding.Get(system);
        return sharding.ShardTypeNames.Contains(type) ? sharding.ShardRegion(type) : null;
    }

    /// <inheritdoc/>
    public void Join(ActorSystem system, Address member) => Akka.Cluster.Cluster.Get(system).Join(member);

    /// <inheritdoc/>
    public void Leave(ActorSystem system, HostEntry member) => Akka.Cluster.Cluster.Get(system).Leave(member.Address);

    /// <inheritdoc/>
    public void Down(ActorSystem system, HostEntry member) => Akka.Cluster.Cluster.Get(system).Down(member.Address);

    /// <inheritdoc/>
    public void Follow(ActorSystem system, IActorRef listener) => Akka.Cluster.Cluster.Get(system).Subscribe(
        listener, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsSnapshot, typeof(ClusterEvent.IMemberEvent), typeof(ClusterEvent.IReachabilityEvent), typeof(ClusterEvent.LeaderChanged));

    /// <inheritdoc/>
    public string? Describe(object message) => message switch
    {
        ClusterEvent.MemberRemoved removed => $"{NameOf(removed.Member)} is Removed, was {removed.PreviousStatus}",
        ClusterEvent.IMemberEvent change => $"{NameOf(change.Member)} is {change.Member.Status}",
        ClusterEvent.UnreachableMember lost => $"{NameOf(lost.Member)} is unreachable",
        ClusterEvent.ReachableMember back => $"{NameOf(back.Member)} is reachable again",
        ClusterEvent.LeaderChanged leader => leader.Leader is { } address ? $"the leader is {address}" : "nobody leads",
        _ => null,
    };

    private static string NameOf(Member member) =>
        member.Roles.FirstOrDefault(r => r.StartsWith(RolePrefix, StringComparison.Ordinal)) is { } role ? role[RolePrefix.Length..] : $"{member.Address.Host}:{member.Address.Port}";
}
