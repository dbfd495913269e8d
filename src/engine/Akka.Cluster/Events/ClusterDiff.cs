using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Membership;
using Akka.Util;

namespace Akka.Cluster;

/// <summary>From rows to states, and from two states to the events between them. Pure.</summary>
internal static class ClusterDiff
{
    /// <summary>A role of the row, never shown, that carries the version of the program.</summary>
    private const string VersionPrefix = "app-version=";

    public static ImmutableHashSet<string> RolesOfRow(ImmutableHashSet<string> roles, AppVersion version) => roles.Add(VersionPrefix + version.Version);

    public static Member MemberOf(MemberRow row)
    {
        var version = row.Roles.FirstOrDefault(static r => r.StartsWith(VersionPrefix, StringComparison.Ordinal));
        return new Member(
            new UniqueAddress(Address.Parse(row.Address), row.Uid),
            row.UpNumber == 0 ? int.MaxValue : row.UpNumber,
            row.Status,
            version is null ? row.Roles : row.Roles.Remove(version),
            version is null ? AppVersion.Zero : AppVersion.Create(version[VersionPrefix.Length..]));
    }

    /// <summary>The state of rows, where <paramref name="unreachable"/> are the uids that somebody cannot reach.</summary>
    public static ClusterEvent.CurrentClusterState StateOf(IEnumerable<MemberRow> rows, ImmutableHashSet<int> unreachable)
    {
        var members = rows.Select(MemberOf).ToImmutableSortedSet();
        var cut = members.Where(m => unreachable.Contains(m.UniqueAddress.Uid)).ToImmutableHashSet();
        return new ClusterEvent.CurrentClusterState(
            members,
            cut,
            members.Where(static m => m.Status is MemberStatus.Up or MemberStatus.Leaving).Select(static m => m.Address).ToImmutableHashSet(),
            LeaderOf(members, cut),
            members.SelectMany(static m => m.Roles).Distinct().ToImmutableDictionary(
                static r => r, r => LeaderOf(members.Where(m => m.HasRole(r)), cut)));
    }

    public static IEnumerable<ClusterEvent.IClusterDomainEvent> Events(ClusterEvent.CurrentClusterState old, ClusterEvent.CurrentClusterState now)
    {
        foreach (var member in old.Members)
        {
            if (now.Members.Contains(member)) continue;
            // What was missed between two reads: a member goes by way of Exiting or of Down.
            var last = member;
            if (last.Status == MemberStatus.Leaving) yield return new ClusterEvent.MemberExited(last = last.Copy(MemberStatus.Exiting));
            else if (last.Status is not (MemberStatus.Exiting or MemberStatus.Down)) yield return new ClusterEvent.MemberDowned(last = last.Copy(MemberStatus.Down));
            yield return new ClusterEvent.MemberRemoved(last.Copy(MemberStatus.Removed), last.Status);
        }

        foreach (var member in now.Members)
        {
            if (old.Members.TryGetValue(member, out var before) && before.Status == member.Status) continue;
            yield return member.Status switch
            {
                MemberStatus.Joining => new ClusterEvent.MemberJoined(member),
                MemberStatus.Up => new ClusterEvent.MemberUp(member),
                MemberStatus.Leaving => new ClusterEvent.MemberLeft(member),
                MemberStatus.Exiting => new ClusterEvent.MemberExited(member),
                MemberStatus.Down => new ClusterEvent.MemberDowned(member),
                _ => throw new InvalidOperationException($"A row of the membership table has the status {member.Status}, which no host writes."),
            };
        }

        foreach (var member in now.Unreachable.Except(old.Unreachable)) yield return new ClusterEvent.UnreachableMember(member);
        foreach (var member in old.Unreachable.Except(now.Unreachable))
        {
            if (now.Members.TryGetValue(member, out var still)) yield return new ClusterEvent.ReachableMember(still);
        }

        if (!Equals(old.Leader, now.Leader)) yield return new ClusterEvent.LeaderChanged(now.Leader);
        foreach (var role in old.AllRoles.Union(now.AllRoles).Order(StringComparer.Ordinal))
        {
            if (!Equals(old.RoleLeader(role), now.RoleLeader(role))) yield return new ClusterEvent.RoleLeaderChanged(role, now.RoleLeader(role));
        }
    }

    private static Address? LeaderOf(IEnumerable<Member> members, ImmutableHashSet<Member> unreachable) =>
        members.Where(m => m.Status is MemberStatus.Up or MemberStatus.Leaving && !unreachable.Contains(m))
            .OrderBy(static m => m.Status).ThenBy(static m => m).FirstOrDefault()?.Address;
}
