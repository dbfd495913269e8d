using Akka.Actor;
using Akka.Cluster.Membership;
using Akka.Cluster.Ownership;

namespace Akka.Cluster.Tests.Hosts;

/// <summary>Hosts come, go and break; times are those of the settings' defaults.</summary>
public sealed class MembershipTests : IDisposable
{
    private readonly TestHosts _hosts = new(seed: 1);

    public void Dispose() => _hosts.Dispose();

    private static string[] Names(int count) => [.. Enumerable.Range(0, count).Select(static i => $"shard/x/{i}")];

    private void TakeLeases(int count) => _hosts.OnStart = host => host.System.ActorOf(Props.Create(() => new LeaseTaker(Names(count))), "taker");

    [Fact]
    public void A_host_that_is_alone_comes_up_at_once()
    {
        _hosts.Start("h1");
        _hosts.Until("it is up", () => _hosts["h1"].Status == MemberStatus.Up).ShouldBeLessThan(0.2);
        _hosts["h1"].Cluster.IsUp.ShouldBeTrue();
        _hosts["h1"].Cluster.HostLease.IsValid.ShouldBeTrue();
        _hosts["h1"].Cluster.State.Leader.ShouldBe(_hosts["h1"].Address);
        _hosts["h1"].Cluster.SelfMember.HasRole("host-h1").ShouldBeTrue();
        _hosts["h1"].Cluster.SelfMember.Roles.Count.ShouldBe(1);
    }

    [Fact]
    public void Three_hosts_come_up_and_all_know_all_of_them_within_a_second()
    {
        foreach (var name in new[] { "h1", "h2", "h3" }) _hosts.Start(name);
        _hosts.Until("all are up", () => _hosts.All.All(static h => h.Cluster.State.Members.Count(static m => m.Status == MemberStatus.Up) == 3)).ShouldBeLessThan(1);
        _hosts.All.Select(static h => h.Cluster.State.Leader).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public void A_change_that_one_host_makes_is_known_to_the_others_before_their_next_beat()
    {
        _hosts.StartAll("h1", "h2", "h3");
        TakeOn("h1", "shard/a");
        _hosts.Until("others see it", () => _hosts.Table.View().Leases.ContainsKey("shard/a"));
        var probe = Watch("h3");
        _hosts.Until("h3 sees the owner", () => probe().Leases.TryGetValue("shard/a", out var row) && row.Owner == _hosts["h1"].Uid).ShouldBeLessThan(0.1);
    }

    [Fact]
    public void Word_of_a_change_makes_the_others_look_and_not_write()
    {
        _hosts.StartAll("h1", "h2", "h3");
        _hosts.Pass(2);
        var calls = new List<string>();
        _hosts.Table.Before = call =>
        {
            if (call.System == _hosts["h3"].System) calls.Add(call.Operation);
            return Task.CompletedTask;
        };
        _hosts["h1"].System.ActorOf(Props.Create(() => new LeaseTaker(Names(3))));
        _hosts["h2"].System.ActorOf(Props.Create(() => new LeaseTaker(Names(3))));
        _hosts.Pass(5);
        calls.Count(static c => c == nameof(IMembershipTable.Renew)).ShouldBe(10);
        calls.Count(static c => c == nameof(IMembershipTable.Read)).ShouldBeInRange(1, 10);
        calls.Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public void A_killed_host_is_declared_dead_and_its_leases_are_taken_within_the_time_of_a_lease_the_margin_and_two_beats()
    {
        TakeLeases(9);
        _hosts.StartAll("h1", "h2", "h3");
        _hosts.Until("leases are spread", () => AllTaken(9));
        _hosts.Pass(3.3);
        _hosts.Kill("h1");
        var took = _hosts.Until("the others have all leases", () => AllTaken(9));
        took.ShouldBeInRange(2.5, 3 + 0.5 + 2 * 0.5 + 0.2);
        _hosts.Until("its row is gone", () => _hosts.Table.View().Members.Count == 2, 5);
        _hosts["h2"].Cluster.State.Members.Count.ShouldBe(2);
    }

    [Fact]
    public void Two_of_three_are_killed_and_the_third_goes_on_with_everything()
    {
        TakeLeases(9);
        _hosts.StartAll("h1", "h2", "h3");
        _hosts.Until("leases are spread", () => AllTaken(9));
        _hosts.Kill("h1");
        _hosts.Kill("h2");
        _hosts.Until("h3 has all leases", () => Names(9).All(_hosts["h3"].Has), 5);
        _hosts["h3"].Status.ShouldBe(MemberStatus.Up);
    }

    [Fact]
    public void A_database_that_nobody_reaches_kills_nobody_and_all_go_on_when_it_is_back()
    {
        TakeLeases(6);
        _hosts.StartAll("h1", "h2", "h3");
        _hosts.Until("leases are spread", () => AllTaken(6));
        var uids = _hosts.All.Select(static h => h.Uid).ToList();
        var epochs = _hosts.Table.View().Leases.Values.Select(static l => l.Epoch).ToList();
        foreach (var name in new[] { "h1", "h2", "h3" }) _hosts.CutFromTable(name);
        _hosts.Pass(3.6);
        Names(6).ShouldAllBe(n => _hosts.All.All(h => !h.Has(n)), "nobody can be sure of anything any more");
        _hosts.Pass(60);
        foreach (var name in new[] { "h3", "h1", "h2" })
        {
            _hosts.HealTable(name);
            _hosts.Pass(1);
        }

        _hosts.Until("all leases are valid again", () => AllTaken(6), 3);
        _hosts.Pass(10);
        _hosts.Table.View().Members.Select(static m => m.Uid).ShouldBe(uids, ignoreOrder: true);
        _hosts.Table.View().Members.ShouldAllBe(static m => m.Status == MemberStatus.Up);
        _hosts.Table.View().Leases.Values.Select(static l => l.Epoch).ShouldBe(epochs, ignoreOrder: true);
    }

    [Fact]
    public void A_host_that_is_cut_from_the_database_alone_is_dead_and_learns_it_from_the_others()
    {
        TakeLeases(6);
        _hosts.StartAll("h1", "h2", "h3");
        _hosts.Until("leases are spread", () => AllTaken(6));
        var cut = _hosts["h1"];
        _hosts.CutFromTable("h1");
        _hosts.Until("it stops", () => cut.HasEnded, 6);
        CoordinatedShutdown.Get(cut.System).ShutdownReason.ShouldBeOfType<CoordinatedShutdown.ClusterDowningReason>();
        _hosts.Until("the others have all leases", () => AllTaken(6), 1);
    }

    [Fact]
    public void A_process_that_was_stopped_for_twenty_seconds_has_nothing_when_it_wakes_up_and_learns_that_it_is_dead()
    {
        TakeLeases(6);
        _hosts.StartAll("h1", "h2", "h3");
        _hosts.Until("leases are spread", () => AllTaken(6));
        var stopped = _hosts["h1"];
        stopped.IsFrozen = true;
        _hosts.Pass(20);
        Names(6).ShouldAllBe(n => !stopped.Has(n));
        stopped.IsFrozen = false;
        Names(6).ShouldAllBe(n => !stopped.Has(n), "before it has handled a message");
        _hosts.Until("it stops", () => stopped.HasEnded, 1);
        _hosts["h2"].Status.ShouldBe(MemberStatus.Up);
        _hosts["h3"].Status.ShouldBe(MemberStatus.Up);
    }

    [Fact]
    public void A_host_that_was_stopped_for_two_seconds_goes_on()
    {
        _hosts.StartAll("h1", "h2", "h3");
        _hosts["h2"].IsFrozen = true;
        _hosts.Pass(2);
        _hosts["h2"].IsFrozen = false;
        _hosts.Pass(10);
        _hosts.Table.View().Members.Count.ShouldBe(3);
        _hosts.Table.View().Members.ShouldAllBe(static m => m.Status == MemberStatus.Up && m.Suspects.IsEmpty);
    }

    [Fact]
    public void Of_two_hosts_that_cannot_reach_each_other_the_older_stays()
    {
        _hosts.StartAll("h1", "h2");
        var older = _hosts.Table.View().Members.OrderBy(static m => m.UpNumber).First().Uid;
        _hosts.Cut("h1", "h2");
        _hosts.Until("one is gone", () => _hosts.All.Any(static h => h.HasEnded), 10);
        _hosts.Pass(10);
        _hosts.All.Single(static h => !h.HasEnded).Uid.ShouldBe(older);
    }

    [Fact]
    public void A_way_that_is_cut_in_one_direction_is_cut()
    {
        _hosts.StartAll("h1", "h2", "h3");
        _hosts.CutOneWay("h2", "h1");
        _hosts.CutOneWay("h2", "h3");
        _hosts.Until("h2 is gone", () => _hosts["h2"].HasEnded, 10);
        _hosts.Pass(10);
        _hosts["h1"].Status.ShouldBe(MemberStatus.Up);
        _hosts["h3"].Status.ShouldBe(MemberStatus.Up);
    }

    [Fact]
    public void The_larger_part_stays_even_when_the_oldest_is_in_the_other()
    {
        _hosts.StartAll("h1");
        foreach (var name in new[] { "h2", "h3", "h4", "h5" }) _hosts.Start(name);
        _hosts.Until("all are up", () => _hosts.All.All(static h => h.Status == MemberStatus.Up));
        foreach (var a in new[] { "h1", "h2" })
        {
            foreach (var b in new[] { "h3", "h4", "h5" }) _hosts.Cut(a, b);
        }

        _hosts.Until("the smaller part is gone", () => _hosts["h1"].HasEnded && _hosts["h2"].HasEnded, 10);
        _hosts.Pass(10);
        foreach (var name in new[] { "h3", "h4", "h5" }) _hosts[name].Status.ShouldBe(MemberStatus.Up);
    }

    [Fact]
    public void When_all_three_are_cut_from_each_other_one_stays()
    {
        TakeLeases(6);
        _hosts.StartAll("h1", "h2", "h3");
        _hosts.Cut("h1", "h2");
        _hosts.Cut("h1", "h3");
        _hosts.Cut("h2", "h3");
        _hosts.Until("two are gone", () => _hosts.All.Count(static h => h.HasEnded) == 2, 10);
        _hosts.Until("the third has all leases", () => AllTaken(6), 10);
        _hosts.Pass(20);
        _hosts.All.Count(static h => !h.HasEnded).ShouldBe(1);
    }

    [Fact]
    public void Who_is_still_cut_off_when_it_starts_again_does_not_come_up_until_it_reaches_the_others()
    {
        _hosts.RestartsWhoIsDown = true;
        _hosts.StartAll("h1", "h2", "h3");
        _hosts.Cut("h3", "h1");
        _hosts.Cut("h3", "h2");
        _hosts.Until("h3 starts again", () => _hosts.All.Count == 4, 10);
        _hosts.Pass(20);
        _hosts["h3"].Status.ShouldBe(MemberStatus.Joining);
        _hosts.All.Count.ShouldBe(4);
        _hosts.Heal();
        _hosts.Until("h3 is up", () => _hosts["h3"].Status == MemberStatus.Up, 3);
    }

    [Fact]
    public void A_host_that_starts_again_at_once_replaces_its_incarnation_before()
    {
        TakeLeases(6);
        _hosts.StartAll("h1", "h2", "h3");
        _hosts.Until("leases are spread", () => AllTaken(6));
        _hosts.Kill("h2");
        _hosts.Start("h2");
        _hosts.Until("all is well again", () => AllTaken(6) && _hosts.Table.View().Members.Count == 3, 8);
    }

    [Fact]
    public void A_whole_cluster_that_was_killed_starts_again_within_seconds()
    {
        TakeLeases(6);
        _hosts.StartAll("h1", "h2", "h3");
        _hosts.Until("leases are spread", () => AllTaken(6));
        foreach (var name in new[] { "h1", "h2", "h3" }) _hosts.Kill(name);
        foreach (var name in new[] { "h1", "h2", "h3" }) _hosts.Start(name);
        _hosts.Until("all are up", () => _hosts.ByName.Values.All(static h => h.Status == MemberStatus.Up)).ShouldBeLessThan(2);
        _hosts.Until("all leases are taken", () => AllTaken(6), 6);
    }

    [Fact]
    public void A_host_that_leaves_hands_over_and_is_removed_without_anybody_waiting_for_its_silence()
    {
        TakeLeases(6);
        _hosts.StartAll("h1", "h2", "h3");
        _hosts.Until("leases are spread", () => AllTaken(6));
        var left = _hosts["h2"];
        var task = left.Cluster.LeaveAsync();
        _hosts.Until("it has left", () => left.HasEnded, 3);
        _hosts.Until("the others have everything", () => AllTaken(6) && _hosts["h1"].Cluster.State.Members.Count == 2).ShouldBeLessThan(0.5);
        task.IsCompletedSuccessfully.ShouldBeTrue();
        left.Status.ShouldBe(MemberStatus.Removed);
        left.Cluster.IsTerminated.ShouldBeTrue();
        CoordinatedShutdown.Get(left.System).ShutdownReason.ShouldBeOfType<CoordinatedShutdown.ClusterLeavingReason>();
    }

    [Fact]
    public void Any_host_can_be_asked_to_leave_or_declared_dead_from_another()
    {
        _hosts.StartAll("h1", "h2", "h3");
        _hosts["h1"].Cluster.Leave(_hosts["h2"].Address);
        _hosts.Until("h2 has left", () => _hosts["h2"].HasEnded, 3);
        _hosts["h1"].Cluster.Down(_hosts["h3"].Address);
        _hosts.Until("h3 has stopped", () => _hosts["h3"].HasEnded, 3);
        CoordinatedShutdown.Get(_hosts["h3"].System).ShutdownReason.ShouldBeOfType<CoordinatedShutdown.ClusterDowningReason>();
        _hosts.Until("h1 is alone", () => _hosts["h1"].Cluster.State.Members.Count == 1, 5);
    }

    [Fact]
    public void A_system_that_ends_by_itself_takes_its_row_along()
    {
        _hosts.StartAll("h1", "h2");
        _ = _hosts["h2"].System.Terminate();
        _hosts.Until("h1 is alone", () => _hosts["h1"].Cluster.State.Members.Count == 1, 2);
    }

    [Fact]
    public void No_host_comes_up_before_there_are_enough()
    {
        using var hosts = new TestHosts(seed: 3, "akka.cluster.min-nr-of-members = 3");
        hosts.Start("h1");
        hosts.Start("h2");
        hosts.Pass(3);
        hosts.All.ShouldAllBe(static h => h.Status == MemberStatus.Joining);
        hosts.Start("h3");
        hosts.Until("all are up", () => hosts.All.All(static h => h.Status == MemberStatus.Up), 2);
    }

    [Fact]
    public void A_host_that_finds_no_database_joins_when_there_is_one()
    {
        _hosts.Table.Before = static _ => throw new IOException("no route to the database");
        _hosts.Start("h1");
        _hosts.Pass(10);
        _hosts["h1"].Status.ShouldBe(MemberStatus.Removed);
        _hosts.Table.Before = null;
        _hosts.Until("it is up", () => _hosts["h1"].Status == MemberStatus.Up, 2);
    }

    [Fact]
    public void A_renewal_that_never_comes_back_does_not_stop_the_beats()
    {
        _hosts.StartAll("h1", "h2");
        var hung = false;
        _hosts.Table.After = call =>
        {
            if (hung || call.Operation != nameof(IMembershipTable.Renew)) return Task.CompletedTask;
            hung = true;
            return new TaskCompletionSource().Task;
        };
        _hosts.Pass(10);
        hung.ShouldBeTrue();
        _hosts.All.ShouldAllBe(static h => h.Cluster.HostLease.IsValid && h.Status == MemberStatus.Up);
    }

    private bool AllTaken(int count) => Names(count).All(n => _hosts.All.Count(h => !h.IsKilled && !h.HasEnded && h.Has(n)) == 1);

    private void TakeOn(string host, string lease) => _hosts[host].System.ActorOf(Props.Create(() => new LeaseTaker(new[] { lease })));

    private Func<OwnershipProtocol.View> Watch(string host)
    {
        OwnershipProtocol.View? seen = null;
        Action<OwnershipProtocol.View> look = v => seen = v;
        _hosts[host].System.ActorOf(Props.Create(() => new Looker(look)));
        return () => seen ?? new OwnershipProtocol.View(0, [], TableView.Empty.Leases, [], []);
    }

    private sealed class Looker : ReceiveActor
    {
        public Looker(Action<OwnershipProtocol.View> look)
        {
            Cluster.Get(Context.System).Ownership.Tell(new OwnershipProtocol.Subscribe());
            Receive<OwnershipProtocol.View>(v => look(v));
        }
    }
}
