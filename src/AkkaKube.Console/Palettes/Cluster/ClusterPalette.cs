using AkkaKube.Console.Commands;

namespace AkkaKube.Console.Palettes.Cluster;

/// <summary>The members of the actor cluster.</summary>
internal static class ClusterPalette
{
    private static readonly Argument Member = new("MEMBER", ArgumentKind.Member);

    public static IReadOnlyList<ConsoleCommand> Commands { get; } =
    [
        new("cluster", "show", "lists the members: host, address, status, reachability, roles, and the singletons that run there", ClusterShow.Props),
        new("cluster", "status", "says in a few lines how the cluster is", ClusterStatus.Props),
        new("cluster", "leader", "says who leads", ClusterLeader.Props),
        new("cluster", "join", "has the asked host join the cluster of a member, by its address", MembershipChange.Join) { Arguments = [new Argument("ADDRESS", ArgumentKind.Word)] },
        new("cluster", "leave", "has a member hand over what it has and go", MembershipChange.Leave) { Arguments = [Member] },
        new("cluster", "down", "declares a member dead: what it had is taken over", MembershipChange.Down) { Arguments = [Member] },
        new("cluster", "down-unreachable", "declares all members dead that cannot be reached", MembershipChange.DownUnreachable),
        new("cluster", "tail", "shows what happens to the members as it happens", ClusterTail.Props) { Streams = true },
    ];
}
