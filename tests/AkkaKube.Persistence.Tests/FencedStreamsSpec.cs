using Akka.Actor;
using Akka.Cluster.Ownership;
using Akka.Persistence;

namespace AkkaKube.Persistence.Tests;

/// <summary>A host of a cluster: its persistent actors write under the leases that it holds.</summary>
public sealed class FencedStreamsSpec : IDisposable
{
    private readonly DatabaseFolder _folder = new();
    private readonly Akka.TestKit.Xunit2.TestKit _kit;
    private readonly SqlMembershipTable _members;

    public FencedStreamsSpec()
    {
        _members = new SqlMembershipTable(_folder.Shared(), new DatabaseFaults(0));
        _kit = new Akka.TestKit.Xunit2.TestKit(_folder.Config("akkakube.persistence { fencing = required, sqlite.shared = on }"));
    }

    public void Dispose()
    {
        _kit.Dispose();
        _members.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("etcd/pods", "shard/etcd/pods")]
    [InlineData("singleton/service-writer", "singleton/service-writer")]
    public void A_stream_has_the_lease_of_its_shard_or_of_its_singleton(string persistenceId, string lease) => Fence.LeaseOf(persistenceId).ShouldBe(lease);

    [Fact]
    public void A_fence_stays_what_it_was_at_the_recovery()
    {
        var epoch = 1L;
        var streams = new FencedStreams(new Now(id => epoch > 0 ? new Fence(Fence.LeaseOf(id), epoch) : throw new FencedException("none")));
        Should.Throw<FencedException>(() => streams.Of("p")).Message.ShouldContain("p was not recovered");
        streams.Recover("p")!.Epoch.ShouldBe(1);
        epoch = 5;
        streams.Of("p")!.Epoch.ShouldBe(1);
        streams.Recover("p")!.Epoch.ShouldBe(5);
        streams.Of("p")!.Epoch.ShouldBe(5);
        epoch = 0;
        Should.Throw<FencedException>(() => streams.Recover("p"));
    }

    [Fact]
    public async Task An_actor_whose_host_holds_no_lease_does_not_come_up()
    {
        var actor = Start();
        _kit.Watch(actor);
        _kit.ExpectTerminated(actor);
        await Own(1);
        var again = Start();
        again.Tell("a");
        _kit.ExpectMsg("a 1");
    }

    [Fact]
    public async Task An_actor_whose_lease_another_host_has_taken_stops_at_its_next_write_which_is_lost()
    {
        await Own(1);
        var actor = Start();
        actor.Tell("a");
        _kit.ExpectMsg("a 1");
        await _members.Join(2, "other", []);
        await _members.Move(2, Akka.Cluster.MemberStatus.Joining, Akka.Cluster.MemberStatus.Up);
        (await _members.Take("shard/n", 2, 1)).ShouldNotBeNull();
        _kit.Watch(actor);
        actor.Tell("late");
        _kit.ExpectTerminated(actor);

        // The host takes it back and has it with another epoch.
        await Own(3);
        Start().Tell("b");
        _kit.ExpectMsg("b 2");
    }

    private async Task Own(long epoch)
    {
        if (epoch == 1)
        {
            await _members.Join(1, "self", []);
            await _members.Move(1, Akka.Cluster.MemberStatus.Joining, Akka.Cluster.MemberStatus.Up);
        }
        (await _members.Take("shard/n", 1, epoch - 1)).ShouldNotBeNull();
        HeldLeases.Of(_kit.Sys).Hold("shard/n", epoch);
    }

    private IActorRef Start()
    {
        var listener = _kit.TestActor;
        return _kit.Sys.ActorOf(Props.Create(() => new Notebook(listener)));
    }

    private sealed class Now(Func<string, Fence?> fence) : IFencing
    {
        public Fence? FenceOf(string persistenceId) => fence(persistenceId);
    }

    private sealed class Notebook : ReceivePersistentActor
    {
        public Notebook(IActorRef listener)
        {
            Recover<Noted>(_ => { });
            Command<string>(text => Persist(new Noted(text), _ => listener.Tell($"{text} {LastSequenceNr}")));
        }

        public override string PersistenceId => "n";
    }
}
