using System.Collections.Immutable;
using Akka.Cluster.Membership;

namespace Akka.Cluster.Tests.Membership;

/// <summary>What every membership table has to do, whatever it stands on. A test of one derives from it and says how its table is made.</summary>
public abstract class MembershipTableContract
{
    private static readonly ImmutableHashSet<string> Roles = ["host-h1", "api"];

    /// <summary>One more connection to the same table, which is empty when the test begins.</summary>
    private protected abstract IMembershipTable Connect();

    [Fact]
    public async Task A_new_table_is_empty()
    {
        using var table = Connect();
        var view = await table.Read();
        view.Members.ShouldBeEmpty();
        view.Leases.ShouldBeEmpty();
        (await table.Remembered("etcd/pods")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_joins_is_there_as_joining_with_its_address_and_roles()
    {
        using var table = Connect();
        await table.Join(7, "akka.ssl.tcp://akkakube@10.0.0.1:7100", Roles);
        var row = (await table.Read()).Members.ShouldHaveSingleItem();
        (row.Uid, row.Address, row.Status, row.UpNumber).ShouldBe((7, "akka.ssl.tcp://akkakube@10.0.0.1:7100", MemberStatus.Joining, 0));
        row.Roles.SetEquals(Roles).ShouldBeTrue();
        row.Suspects.ShouldBeEmpty();
    }

    [Fact]
    public async Task Negative_uids_and_hosts_without_roles_are_like_others()
    {
        using var table = Connect();
        await table.Join(int.MinValue, "a", []);
        await table.Join(-1, "b", []);
        (await table.Renew(-1, [int.MinValue]))!.Members.Single(m => m.Uid == -1).Suspects.ShouldBe([int.MinValue]);
        (await table.Read()).Members.Select(static m => m.Uid).ShouldBe([int.MinValue, -1], ignoreOrder: true);
    }

    [Fact]
    public async Task Joining_again_at_the_same_address_downs_the_incarnation_before()
    {
        using var table = Connect();
        await Up(table, 1, "a");
        await Up(table, 2, "b");
        await table.Join(3, "a", Roles);
        Status(await table.Read(), 1).ShouldBe(MemberStatus.Down);
        Status(await table.Read(), 2).ShouldBe(MemberStatus.Up);
        Status(await table.Read(), 3).ShouldBe(MemberStatus.Joining);
    }

    [Fact]
    public async Task A_join_that_is_asked_for_again_changes_nothing()
    {
        using var table = Connect();
        await Up(table, 1, "a");
        await table.Join(1, "a", Roles);
        Status(await table.Read(), 1).ShouldBe(MemberStatus.Up);
        (await table.Down(1, null)).ShouldBeTrue();
        await table.Join(1, "a", Roles);
        Status(await table.Read(), 1).ShouldBe(MemberStatus.Down);
    }

    [Fact]
    public async Task A_renewal_counts_the_beat_and_returns_the_table_with_it()
    {
        using var table = Connect();
        await table.Join(1, "a", Roles);
        await table.Join(2, "b", Roles);
        var first = (await table.Renew(1, [2])).ShouldNotBeNull();
        var second = (await table.Renew(1, [])).ShouldNotBeNull();
        Row(second, 1).Beat.ShouldBeGreaterThan(Row(first, 1).Beat);
        Row(first, 1).Suspects.ShouldBe([2]);
        Row(second, 1).Suspects.ShouldBeEmpty();
        Row(second, 2).Beat.ShouldBe(Row(first, 2).Beat);
        Row(await table.Read(), 1).Beat.ShouldBe(Row(second, 1).Beat);
    }

    [Fact]
    public async Task A_renewal_of_who_is_down_or_gone_is_null_and_writes_nothing()
    {
        using var table = Connect();
        await table.Join(1, "a", Roles);
        var before = Row((await table.Renew(1, []))!, 1);
        await table.Down(1, null);
        (await table.Renew(1, [5])).ShouldBeNull();
        var after = Row(await table.Read(), 1);
        after.Beat.ShouldBe(before.Beat);
        after.Suspects.ShouldBeEmpty();
        await table.Remove(1);
        (await table.Renew(1, [])).ShouldBeNull();
        (await table.Read()).Members.ShouldBeEmpty();
        (await table.Renew(99, [])).ShouldBeNull();
    }

    [Fact]
    public async Task A_move_from_another_status_than_it_has_does_nothing()
    {
        using var table = Connect();
        await table.Join(1, "a", Roles);
        (await table.Move(1, MemberStatus.Up, MemberStatus.Leaving)).ShouldBeFalse();
        (await table.Move(1, MemberStatus.Joining, MemberStatus.Up)).ShouldBeTrue();
        (await table.Move(1, MemberStatus.Joining, MemberStatus.Up)).ShouldBeFalse();
        (await table.Move(1, MemberStatus.Up, MemberStatus.Leaving)).ShouldBeTrue();
        (await table.Move(1, MemberStatus.Leaving, MemberStatus.Exiting)).ShouldBeTrue();
        (await table.Move(2, MemberStatus.Joining, MemberStatus.Up)).ShouldBeFalse();
        Status(await table.Read(), 1).ShouldBe(MemberStatus.Exiting);
    }

    [Fact]
    public async Task Who_comes_up_later_has_a_greater_number_and_keeps_it()
    {
        using var table = Connect();
        await Up(table, 9, "a");
        await Up(table, 3, "b");
        await Up(table, 6, "c");
        await table.Move(9, MemberStatus.Up, MemberStatus.Leaving);
        var view = await table.Read();
        view.Members.OrderBy(static m => m.UpNumber).Select(static m => m.Uid).ShouldBe([9, 3, 6]);
        Row(view, 9).UpNumber.ShouldBeGreaterThan(0);
        await table.Down(6, null);
        await table.Remove(6);
        await Up(table, 1, "d");
        (await table.Read()).Members.OrderBy(static m => m.UpNumber).Select(static m => m.Uid).ShouldBe([9, 3, 1]);
    }

    [Fact]
    public async Task Declaring_dead_with_a_beat_fails_once_there_is_another_beat()
    {
        using var table = Connect();
        await Up(table, 1, "a");
        var seen = Row(await table.Read(), 1).Beat;
        var newer = Row((await table.Renew(1, []))!, 1).Beat;
        (await table.Down(1, seen)).ShouldBeFalse();
        Status(await table.Read(), 1).ShouldBe(MemberStatus.Up);
        (await table.Down(1, newer)).ShouldBeTrue();
        (await table.Down(1, newer)).ShouldBeFalse();
        (await table.Down(1, null)).ShouldBeFalse();
        (await table.Down(2, null)).ShouldBeFalse();
        Status(await table.Read(), 1).ShouldBe(MemberStatus.Down);
    }

    [Fact]
    public async Task Only_who_is_down_or_exiting_can_be_removed_and_its_leases_stay_with_their_epochs_and_without_an_owner()
    {
        using var table = Connect();
        await Up(table, 1, "a");
        await Up(table, 2, "b");
        await table.Take("shard/etcd/pods", 1, 0);
        await table.Take("shard/etcd/nodes", 2, 0);
        await table.Remove(1);
        (await table.Read()).Members.Count.ShouldBe(2);
        await table.Down(1, null);
        await table.Remove(1);
        await table.Remove(1);
        var view = await table.Read();
        view.Members.ShouldHaveSingleItem().Uid.ShouldBe(2);
        view.Leases["shard/etcd/pods"].ShouldBe(new LeaseRow("shard/etcd/pods", null, 1));
        view.Leases["shard/etcd/nodes"].ShouldBe(new LeaseRow("shard/etcd/nodes", 2, 1));
        await table.Move(2, MemberStatus.Up, MemberStatus.Leaving);
        await table.Move(2, MemberStatus.Leaving, MemberStatus.Exiting);
        await table.Remove(2);
        (await table.Read()).Members.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_lease_is_taken_with_the_epoch_that_was_seen_last_and_with_no_other()
    {
        using var table = Connect();
        await Up(table, 1, "a");
        await Up(table, 2, "b");
        (await table.Take("singleton/scheduler", 1, 0)).ShouldBe(new LeaseRow("singleton/scheduler", 1, 1));
        (await table.Take("singleton/scheduler", 2, 0)).ShouldBeNull();
        (await table.Take("singleton/scheduler", 2, 1)).ShouldBe(new LeaseRow("singleton/scheduler", 2, 2));
        (await table.Take("singleton/scheduler", 1, 1)).ShouldBeNull();
        (await table.Take("singleton/other", 1, 1)).ShouldBeNull();
        (await table.Read()).Leases.Values.ShouldHaveSingleItem().ShouldBe(new LeaseRow("singleton/scheduler", 2, 2));
    }

    [Theory]
    [InlineData(MemberStatus.Joining, false)]
    [InlineData(MemberStatus.Up, true)]
    [InlineData(MemberStatus.Leaving, true)]
    [InlineData(MemberStatus.Exiting, false)]
    [InlineData(MemberStatus.Down, false)]
    [InlineData(MemberStatus.Removed, false)]
    public async Task Only_who_is_up_or_leaving_takes_leases(MemberStatus status, bool takes)
    {
        using var table = Connect();
        await table.Join(1, "a", Roles);
        if (status is not (MemberStatus.Joining or MemberStatus.Down)) await table.Move(1, MemberStatus.Joining, MemberStatus.Up);
        if (status is MemberStatus.Leaving or MemberStatus.Exiting) await table.Move(1, MemberStatus.Up, MemberStatus.Leaving);
        if (status is MemberStatus.Exiting) await table.Move(1, MemberStatus.Leaving, MemberStatus.Exiting);
        if (status is MemberStatus.Down or MemberStatus.Removed) await table.Down(1, null);
        if (status is MemberStatus.Removed) await table.Remove(1);
        ((await table.Take("singleton/x", 1, 0)) is not null).ShouldBe(takes);
    }

    [Fact]
    public async Task A_lease_is_given_back_by_its_owner_of_that_epoch_alone()
    {
        using var table = Connect();
        await Up(table, 1, "a");
        await Up(table, 2, "b");
        await table.Take("shard/x", 1, 0);
        (await table.Release("shard/x", 2, 1)).ShouldBeFalse();
        (await table.Release("shard/x", 1, 2)).ShouldBeFalse();
        (await table.Release("shard/y", 1, 1)).ShouldBeFalse();
        (await table.Release("shard/x", 1, 1)).ShouldBeTrue();
        (await table.Release("shard/x", 1, 1)).ShouldBeFalse();
        (await table.Read()).Leases["shard/x"].ShouldBe(new LeaseRow("shard/x", null, 1));
        (await table.Take("shard/x", 2, 1)).ShouldBe(new LeaseRow("shard/x", 2, 2));
    }

    [Fact]
    public async Task What_is_remembered_is_remembered_per_shard_until_it_is_forgotten()
    {
        using var table = Connect();
        await table.Remember("kubelet/7", ["node-1"], true);
        await table.Remember("kubelet/7", ["node-1", "node-2"], true);
        await table.Remember("kubelet/8", ["node-3"], true);
        (await table.Remembered("kubelet/7")).ShouldBe(["node-1", "node-2"], ignoreOrder: true);
        await table.Remember("kubelet/7", ["node-1"], false);
        await table.Remember("kubelet/7", ["node-9"], false);
        (await table.Remembered("kubelet/7")).ShouldBe(["node-2"]);
        (await table.Remembered("kubelet/8")).ShouldBe(["node-3"]);
    }

    [Fact]
    public async Task Of_many_who_take_a_lease_at_once_one_gets_it()
    {
        var tables = Enumerable.Range(0, 8).Select(_ => Connect()).ToList();
        foreach (var i in Enumerable.Range(0, 8)) await Up(tables[i], i, $"host-{i}");
        for (var epoch = 0L; epoch < 5; epoch++)
        {
            var seen = epoch;
            var taken = await Task.WhenAll(tables.Select((table, uid) => Task.Run(() => table.Take("shard/x", uid, seen))));
            var winner = taken.Where(static t => t is not null).ShouldHaveSingleItem()!;
            winner.Epoch.ShouldBe(seen + 1);
            (await tables[0].Read()).Leases["shard/x"].ShouldBe(winner);
        }

        tables.ForEach(static t => t.Dispose());
    }

    [Fact]
    public async Task Hosts_that_come_up_at_once_get_numbers_of_their_own()
    {
        var tables = Enumerable.Range(0, 8).Select(_ => Connect()).ToList();
        await Task.WhenAll(tables.Select((table, uid) => Task.Run(() => Up(table, uid, $"host-{uid}"))));
        var numbers = (await tables[0].Read()).Members.Select(static m => m.UpNumber).ToList();
        numbers.Count.ShouldBe(8);
        numbers.ShouldBeUnique();
        tables.ForEach(static t => t.Dispose());
    }

    [Fact]
    public async Task Either_the_beat_or_the_death_that_was_decided_on_the_beat_before_wins()
    {
        using var mine = Connect();
        using var other = Connect();
        for (var uid = 1; uid <= 20; uid++)
        {
            var me = uid;
            await Up(mine, me, $"host-{me}");
            var seen = Row(await mine.Read(), me).Beat;
            var renewal = Task.Run(() => mine.Renew(me, []));
            var death = Task.Run(() => other.Down(me, seen));
            var renewed = await renewal is not null;
            (await death).ShouldBe(!renewed);
            Status(await mine.Read(), me).ShouldBe(renewed ? MemberStatus.Up : MemberStatus.Down);
        }
    }

    private static async Task Up(IMembershipTable table, int uid, string address)
    {
        await table.Join(uid, address, Roles);
        (await table.Move(uid, MemberStatus.Joining, MemberStatus.Up)).ShouldBeTrue();
    }

    private static MemberRow Row(TableView view, int uid) => view.Members.Single(m => m.Uid == uid);

    private static MemberStatus Status(TableView view, int uid) => Row(view, uid).Status;
}
