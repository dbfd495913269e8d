using Akka.Actor;
using Akka.Configuration;

namespace Akka.Persistence.Tests.Contracts;

/// <summary>What every snapshot store must do, whatever it writes to.</summary>
public abstract class SnapshotStoreContract(Config config) : TestKit.Xunit2.TestKit(config)
{
    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>A snapshot that the store under test can keep.</summary>
    protected abstract object SnapshotOf(string text);

    protected IActorRef Store => Persistence.Instance.Apply(Sys).SnapshotStoreFor(null);

    private static SnapshotMetadata At(long number) => new("p", number, Start.AddMinutes(number));

    private void SaveFive()
    {
        for (var n = 10; n <= 50; n += 10)
        {
            Store.Tell(new SaveSnapshot(At(n), SnapshotOf($"s-{n}")));
            ExpectMsg<SaveSnapshotSuccess>(s => s.Metadata == At(n));
        }
    }

    private (long Nr, object Snapshot)? Load(SnapshotSelectionCriteria criteria, long to = long.MaxValue, string id = "p")
    {
        Store.Tell(new LoadSnapshot(id, criteria, to));
        return ExpectMsg<LoadSnapshotResult>(r => r.ToSequenceNr == to).Snapshot is { } s ? (s.Metadata.SequenceNr, s.Snapshot) : null;
    }

    [Fact]
    public void A_snapshot_store_must_load_the_newest_snapshot_that_the_criteria_allow()
    {
        SaveFive();
        Load(SnapshotSelectionCriteria.Latest).ShouldBe((50, SnapshotOf("s-50")));
        Load(new SnapshotSelectionCriteria(35)).ShouldBe((30, SnapshotOf("s-30")));
        Load(SnapshotSelectionCriteria.Latest, to: 20).ShouldBe((20, SnapshotOf("s-20")));
        Load(new SnapshotSelectionCriteria(long.MaxValue, Start.AddMinutes(12))).ShouldBe((10, SnapshotOf("s-10")));
        Load(new SnapshotSelectionCriteria(45, DateTime.MaxValue, 41)).ShouldBeNull();
        Load(SnapshotSelectionCriteria.None).ShouldBeNull();
        Load(SnapshotSelectionCriteria.Latest, id: "other").ShouldBeNull();
    }

    [Fact]
    public void A_snapshot_store_must_replace_a_snapshot_of_the_same_number()
    {
        SaveFive();
        Store.Tell(new SaveSnapshot(new SnapshotMetadata("p", 50, Start.AddHours(5)), SnapshotOf("again")));
        ExpectMsg<SaveSnapshotSuccess>();
        Load(SnapshotSelectionCriteria.Latest).ShouldBe((50, SnapshotOf("again")));
    }

    [Fact]
    public void A_snapshot_store_must_delete_one_snapshot()
    {
        SaveFive();
        Store.Tell(new DeleteSnapshot(new SnapshotMetadata("p", 50)));
        ExpectMsg<DeleteSnapshotSuccess>(d => d.Metadata.SequenceNr == 50);
        Load(SnapshotSelectionCriteria.Latest).ShouldBe((40, SnapshotOf("s-40")));
        Store.Tell(new DeleteSnapshot(At(40)));
        ExpectMsg<DeleteSnapshotSuccess>();
        Load(SnapshotSelectionCriteria.Latest).ShouldBe((30, SnapshotOf("s-30")));
    }

    [Fact]
    public void A_snapshot_store_must_delete_the_snapshots_that_the_criteria_allow()
    {
        SaveFive();
        Store.Tell(new DeleteSnapshots("p", new SnapshotSelectionCriteria(40, DateTime.MaxValue, 20)));
        ExpectMsg<DeleteSnapshotsSuccess>();
        Load(new SnapshotSelectionCriteria(49)).ShouldBe((10, SnapshotOf("s-10")));
        Load(SnapshotSelectionCriteria.Latest).ShouldBe((50, SnapshotOf("s-50")));
    }

    [Fact]
    public void A_snapshot_store_must_keep_large_snapshots()
    {
        var large = new string('x', 3 << 20);
        Store.Tell(new SaveSnapshot(At(1), SnapshotOf(large)));
        ExpectMsg<SaveSnapshotSuccess>(TimeSpan.FromSeconds(10));
        Load(SnapshotSelectionCriteria.Latest).ShouldBe((1, SnapshotOf(large)));
    }
}
