using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Membership;
using Akka.Util;
using static Akka.Cluster.ClusterEvent;

namespace Akka.Cluster.Tests.Events;

public sealed class ClusterDiffTests
{
    [Fact]
    public void A_member_goes_through_its_life_event_by_event()
    {
        Steps(MemberStatus.Joining, MemberStatus.Up, MemberStatus.Leaving, MemberStatus.Exiting, null)
            .ShouldBe(["MemberJoined", "MemberUp", "MemberLeft", "MemberExited", "MemberRemoved after Exiting"]);
        Steps(MemberStatus.Up, MemberStatus.Down, null).ShouldBe(["MemberUp", "MemberDowned", "MemberRemoved after Down"]);
    }

    [Fact]
    public void What_was_missed_between_two_reads_is_made_up_for()
    {
        Steps(MemberStatus.Leaving, null).ShouldBe(["MemberLeft", "MemberExited", "MemberRemoved after Exiting"]);
        Steps(MemberStatus.Up, null).ShouldBe(["MemberUp", "MemberDowned", "MemberRemoved after Down"]);
    }

    [Fact]
    public void A_host_that_started_again_is_another_member_at_the_same_address()
    {
        var before = ClusterDiff.StateOf([Row(1, "a", MemberStatus.Up, 1)], []);
        var after = ClusterDiff.StateOf([Row(1, "a", MemberStatus.Down, 1), Row(2, "a", MemberStatus.Joining, 0)], []);
        ClusterDiff.Events(before, after).OfType<IMemberEvent>().Select(static e => (e.GetType().Name, e.Member.UniqueAddress.Uid))
            .ShouldBe([("MemberDowned", 1), ("MemberJoined", 2)], ignoreOrder: true);
    }

    [Fact]
    public void Who_cannot_be_reached_is_told_once_and_once_more_when_it_can()
    {
        var rows = new[] { Row(1, "a", MemberStatus.Up, 1), Row(2, "b", MemberStatus.Up, 2) };
        var (all, cut) = (ClusterDiff.StateOf(rows, []), ClusterDiff.StateOf(rows, [2]));
        ClusterDiff.Events(all, cut).OfType<UnreachableMember>().ShouldHaveSingleItem().Member.UniqueAddress.Uid.ShouldBe(2);
        ClusterDiff.Events(cut, cut).ShouldBeEmpty();
        ClusterDiff.Events(cut, all).OfType<ReachableMember>().ShouldHaveSingleItem().Member.UniqueAddress.Uid.ShouldBe(2);
    }

    [Fact]
    public void The_leader_is_the_first_by_address_of_those_that_are_up_and_reached()
    {
        var rows = new[] { Row(1, "b", MemberStatus.Up, 1, "x"), Row(2, "a", MemberStatus.Joining, 0, "y"), Row(3, "c", MemberStatus.Up, 2, "x") };
        ClusterDiff.StateOf(rows, []).Leader!.Host.ShouldBe("b");
        ClusterDiff.StateOf(rows, [1]).Leader!.Host.ShouldBe("c");
        ClusterDiff.StateOf(rows, [1]).RoleLeader("x")!.Host.ShouldBe("c");
        ClusterDiff.StateOf(rows, []).RoleLeader("y").ShouldBeNull();
        ClusterDiff.Events(ClusterDiff.StateOf(rows, []), ClusterDiff.StateOf(rows, [1])).OfType<LeaderChanged>().ShouldHaveSingleItem().Leader!.Host.ShouldBe("c");
        ClusterDiff.Events(ClusterDiff.StateOf(rows, []), ClusterDiff.StateOf(rows, [1])).OfType<RoleLeaderChanged>().ShouldHaveSingleItem().Role.ShouldBe("x");
    }

    [Fact]
    public void The_version_of_the_program_travels_with_the_roles_and_is_none_of_them()
    {
        var roles = ClusterDiff.RolesOfRow(["api"], AppVersion.Create("1.2.3"));
        var member = ClusterDiff.MemberOf(Row(1, "a", MemberStatus.Up, 1) with { Roles = roles });
        member.AppVersion.Version.ShouldBe("1.2.3");
        member.Roles.ShouldBe(["api"]);
        var state = ClusterDiff.StateOf([Row(1, "a", MemberStatus.Up, 1) with { Roles = roles }, Row(2, "b", MemberStatus.Up, 2)], []);
        state.HasMoreThanOneAppVersion.ShouldBeTrue();
        state.AllRoles.ShouldBe(["api"]);
    }

    [Fact]
    public void The_one_that_came_up_first_is_the_oldest_and_who_is_not_up_is_the_youngest()
    {
        var members = new[] { Row(5, "c", MemberStatus.Up, 3), Row(6, "b", MemberStatus.Joining, 0), Row(7, "z", MemberStatus.Up, 1) }.Select(ClusterDiff.MemberOf).ToList();
        members.Order(Member.AgeOrdering).Select(static m => m.Address.Host).ShouldBe(["z", "c", "b"]);
        members[2].IsOlderThan(members[0]).ShouldBeTrue();
        members.Order().Select(static m => m.Address.Host).ShouldBe(["b", "c", "z"]);
    }

    private static List<string> Steps(params MemberStatus?[] statuses)
    {
        var state = new CurrentClusterState();
        var seen = new List<string>();
        foreach (var status in statuses)
        {
            var next = ClusterDiff.StateOf(status is { } s ? [Row(1, "a", s, s == MemberStatus.Joining ? 0 : 1)] : [], []);
            foreach (var @event in ClusterDiff.Events(state, next).OfType<IMemberEvent>())
                seen.Add(@event.GetType().Name + (@event is MemberRemoved removed ? $" after {removed.PreviousStatus}" : ""));
            state = next;
        }

        return seen;
    }

    private static MemberRow Row(int uid, string host, MemberStatus status, int upNumber, params string[] roles) =>
        new(uid, new Address("akka.tcp", "akkakube", host, 7100).ToString(), [.. roles], status, upNumber, 1, []);
}
