using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace AkkaKube.Etcd.Tests;

public sealed class EtcdCodecTests
{
    private static readonly Gen<Change> Changes =
        from key in Gen.Elements("a", "ns/ü", "ns/pod-1", "")
        from value in Gen.Choose(0, 255).Select(i => (byte)i).ArrayOf()
        from revision in Gen.Choose(2, int.MaxValue)
        from deleted in Gen.Elements(true, false)
        select new Change(key, value, revision, deleted) { IsCreate = !deleted && revision % 2 == 0 };

    private static (string, string, long, bool) Facts(Change change) => (change.Key, Convert.ToHexString(change.Value.Span), change.Revision, change.IsDelete);

    [Fact]
    public void A_batch_comes_back_as_it_was() => Prop.ForAll(Changes.ListOf().ToArbitrary(), changes =>
        EtcdCodec.DecodeBatch(EtcdCodec.Encode(new ChangeBatch([.. changes]))).Changes.Select(Facts).SequenceEqual(changes.Select(Facts))).QuickCheckThrowOnFailure();

    [Fact]
    public void A_snapshot_comes_back_as_it_was()
    {
        var current = new Entry("a", Encoding.UTF8.GetBytes("now"), 9);
        var history = new[] { new Change("a", Encoding.UTF8.GetBytes("before"), 7, false), new Change("b", Encoding.UTF8.GetBytes("gone"), 8, true), new Change("a", current.Value, 9, false) };
        var bytes = EtcdCodec.Encode(new ShardSnapshot(9, 6, [current], history));
        var snapshot = EtcdCodec.DecodeSnapshot(bytes);
        snapshot.Revision.ShouldBe(9);
        snapshot.CompactedRevision.ShouldBe(6);
        snapshot.Entries.Single().ShouldSatisfyAllConditions(e => e.Key.ShouldBe("a"), e => e.Revision.ShouldBe(9), e => e.Value.ToArray().ShouldBe(current.Value.ToArray()));
        snapshot.History.Select(Facts).ShouldBe(history.Select(Facts));
        Encoding.UTF8.GetString(bytes).Split("now").Length.ShouldBe(2, "a value that is in both is written once");
    }
}
