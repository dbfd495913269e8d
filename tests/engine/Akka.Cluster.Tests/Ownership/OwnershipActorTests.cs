using Akka.Actor;
using Akka.Cluster.Membership;
using Akka.Cluster.Ownership;
using Akka.Cluster.Tests.Hosts;
using static Akka.Cluster.Ownership.OwnershipProtocol;

namespace Akka.Cluster.Tests.Ownership;

/// <summary>The protocol of the ownership actor, with two hosts and a table that fails where the test says.</summary>
public sealed class OwnershipActorTests : IDisposable
{
    private const string Lease = "shard/x/1";
    private readonly Hosts.TestHosts _hosts = new(seed: 7);
    private readonly Asker _one;
    private readonly Asker _two;

    public OwnershipActorTests()
    {
        _hosts.StartAll("h1", "h2");
        _one = new Asker(_hosts["h1"]);
        _two = new Asker(_hosts["h2"]);
        _hosts.Pass(1);
    }

    public void Dispose() => _hosts.Dispose();

    [Fact]
    public void A_subscriber_gets_a_view_at_once_and_another_one_when_something_changes_and_none_else()
    {
        _one.Say(new Subscribe());
        _hosts.Pass(0.1);
        _one.Heard<View>().ShouldHaveSingleItem().Members.Select(static m => m.Status).ShouldBe([MemberStatus.Up, MemberStatus.Up]);
        _hosts.Pass(5);
        _one.Heard<View>().Count.ShouldBe(1, "beats are no change");
        _two.Say(new Take(Lease));
        _hosts.Pass(0.2);
        _one.Heard<View>()[^1].Leases[Lease].ShouldBe(new LeaseRow(Lease, _hosts["h2"].Uid, 1));
    }

    [Fact]
    public void A_lease_that_was_taken_stands_in_the_view_when_the_taker_is_told()
    {
        _one.Say(new Subscribe());
        _one.Say(new Take(Lease));
        _hosts.Until("it is taken", () => _one.Heard<Taken>().Count == 1, 1);
        _one.Heard<Taken>()[0].Epoch.ShouldBe(1);
        _one.Heard<View>()[^1].Leases[Lease].Owner.ShouldBe(_hosts["h1"].Uid);
        _hosts["h1"].EpochOf(Lease).ShouldBe(1);
    }

    [Fact]
    public void Taking_what_one_has_gives_the_same_epoch_and_somebody_else_of_the_host_does_not_get_it()
    {
        var other = new Asker(_hosts["h1"]);
        _one.Say(new Take(Lease));
        _hosts.Pass(0.1);
        _one.Say(new Take(Lease));
        other.Say(new Take(Lease));
        _hosts.Pass(0.1);
        _one.Heard<Taken>().ShouldBe([new Taken(Lease, 1), new Taken(Lease, 1)]);
        other.Heard<NotTaken>().Count.ShouldBe(1);
        other.Say(new Release(Lease));
        _hosts.Pass(0.1);
        _hosts["h1"].Has(Lease).ShouldBeTrue("it was not the other's to release");
    }

    [Fact]
    public void Two_hosts_that_take_at_once_do_not_both_get_it()
    {
        _one.Say(new Take(Lease));
        _two.Say(new Take(Lease));
        _hosts.Pass(1);
        (_one.Heard<Taken>().Count + _two.Heard<Taken>().Count).ShouldBe(1);
        (_one.Heard<NotTaken>().Count + _two.Heard<NotTaken>().Count).ShouldBe(1);
    }

    [Fact]
    public void What_is_released_is_free_for_the_other_at_once_and_has_the_next_epoch()
    {
        _one.Say(new Take(Lease));
        _hosts.Pass(1);
        _two.Say(new Take(Lease));
        _hosts.Pass(0.1);
        _two.Heard<NotTaken>().Count.ShouldBe(1);
        _one.Say(new Release(Lease));
        _hosts.Until("it is released", () => _one.Heard<Released>().Count == 1, 1);
        _hosts["h1"].Has(Lease).ShouldBeFalse();
        _hosts.Pass(0.1);
        _two.Say(new Take(Lease));
        _hosts.Pass(0.1);
        _two.Heard<Taken>().ShouldBe([new Taken(Lease, 2)]);
    }

    [Fact]
    public void When_the_reply_to_a_taking_is_lost_the_lease_goes_back()
    {
        FailAfter(nameof(IMembershipTable.Take));
        _one.Say(new Take(Lease));
        _hosts.Pass(0.1);
        _one.Heard<NotTaken>().Count.ShouldBe(1);
        _hosts["h1"].Has(Lease).ShouldBeFalse();
        _hosts.Table.After = null;
        _hosts.Pass(1);
        _hosts.Table.View().Leases[Lease].ShouldBe(new LeaseRow(Lease, null, 1));
        _two.Say(new Take(Lease));
        _hosts.Pass(0.1);
        _two.Heard<Taken>().ShouldBe([new Taken(Lease, 2)]);
    }

    [Fact]
    public void A_release_that_fails_is_answered_and_tried_again()
    {
        _one.Say(new Take(Lease));
        _hosts.Pass(1);
        _hosts.Table.Before = static call => call.Operation == nameof(IMembershipTable.Release) ? throw new IOException("away") : Task.CompletedTask;
        _one.Say(new Release(Lease));
        _hosts.Pass(0.1);
        _one.Heard<Released>().Count.ShouldBe(1);
        _hosts["h1"].Has(Lease).ShouldBeFalse();
        _hosts.Table.View().Leases[Lease].Owner.ShouldBe(_hosts["h1"].Uid);
        _hosts.Table.Before = null;
        _hosts.Pass(1.1);
        _hosts.Table.View().Leases[Lease].Owner.ShouldBeNull();
    }

    [Fact]
    public void When_its_holder_stops_the_lease_goes_back()
    {
        _one.Say(new Take(Lease));
        _hosts.Pass(0.1);
        _hosts["h1"].System.Stop(_one.Actor);
        _hosts.Pass(0.1);
        _hosts.Table.View().Leases[Lease].ShouldBe(new LeaseRow(Lease, null, 1));
    }

    [Fact]
    public void The_holders_of_a_host_that_is_declared_dead_are_told()
    {
        _one.Say(new Take(Lease));
        _hosts.Pass(0.1);
        _hosts["h2"].Cluster.Down(_hosts["h1"].Address);
        _hosts.Until("it is lost", () => _one.Heard<Lost>().Count == 1, 1);
        _hosts["h1"].Has(Lease).ShouldBeFalse();
        _hosts["h1"].EpochOf(Lease).ShouldBeNull();
    }

    [Fact]
    public void A_lease_that_an_operator_gives_away_is_lost()
    {
        _one.Say(new Take(Lease));
        _hosts.Pass(0.1);
        _hosts.Table.Change(rows => rows.Leases[Lease] = new LeaseRow(Lease, _hosts["h2"].Uid, 2));
        _hosts.Pass(0.6);
        _one.Heard<Lost>().Count.ShouldBe(1);
        _hosts["h1"].Has(Lease).ShouldBeFalse();
    }

    [Fact]
    public void What_a_host_had_that_is_dead_stays_its_own_until_its_time_is_over()
    {
        _one.Say(new Take(Lease));
        _hosts.Pass(1);
        _two.Say(new Subscribe());
        _hosts["h1"].IsFrozen = true;
        _hosts["h2"].Cluster.Down(_hosts["h1"].Address);
        _hosts.Until("it is down", () => _hosts.Table.View().Members.Any(static m => m.Status == MemberStatus.Down), 1);
        _hosts.Pass(1);
        _two.Heard<View>()[^1].IsFree(Lease).ShouldBeFalse();
        _two.Say(new Take(Lease));
        _hosts.Pass(0.1);
        _two.Heard<Taken>().ShouldBeEmpty();
        _hosts.Until("it is free", () => _two.Heard<View>()[^1].IsFree(Lease), 4);
        _hosts["h1"].Has(Lease).ShouldBeFalse();
    }

    [Fact]
    public void Remembered_entities_are_kept_in_the_table_and_a_failure_is_said()
    {
        _one.Say(new Remember("shard/x/1", ["a"], true));
        _hosts.Pass(0.1);
        _one.Heard<Remembered>().ShouldHaveSingleItem().Asked.Entities.ShouldBe(["a"]);
        _two.Say(new GetRemembered("shard/x/1"));
        _hosts.Pass(0.1);
        _two.Heard<RememberedEntities>().ShouldHaveSingleItem().Entities!.ShouldBe(["a"]);
        _hosts.CutFromTable("h1");
        _one.Say(new Remember("shard/x/1", ["b"], true));
        _one.Say(new GetRemembered("shard/x/1"));
        _hosts.Pass(0.1);
        _one.Heard<NotRemembered>().Count.ShouldBe(1);
        _one.Heard<RememberedEntities>().ShouldHaveSingleItem().Entities.ShouldBeNull();
    }

    private void FailAfter(string operation) =>
        _hosts.Table.After = call => call.Operation == operation ? throw new IOException("the connection broke") : Task.CompletedTask;

    /// <summary>An actor of a host that asks for leases and keeps what it hears.</summary>
    private sealed class Asker
    {
        private readonly List<object> _heard = [];

        public Asker(TestHost host) => Actor = host.System.ActorOf(Props.Create(() => new Relay(host.Cluster.Ownership, _heard)));

        public IActorRef Actor { get; }

        public void Say(object request) => Actor.Tell(new Relay.Say(request));

        public List<T> Heard<T>() => [.. _heard.OfType<T>()];
    }

    private sealed class Relay : ReceiveActor
    {
        public Relay(IActorRef ownership, List<object> heard)
        {
            Receive<Say>(s => ownership.Tell(s.Request));
            ReceiveAny(heard.Add);
        }

        public sealed record Say(object Request);
    }
}
