using Akka.Cluster.Sharding;

namespace Akka.Cluster.Tests.Sharding;

public class HashCodeMessageExtractorTests
{
    private readonly HashCodeMessageExtractor _extractor = HashCodeMessageExtractor.Create(48, m => m as string, m => "inside " + m);

    [Fact]
    public void Ids_spread_evenly() =>
        Enumerable.Range(0, 4800).CountBy(i => _extractor.ShardId($"node-{i}")).ShouldAllBe(c => c.Value > 50 && c.Value < 160);

    [Fact]
    public void A_shard_never_changes() => (_extractor.ShardId("node-1"), _extractor.ShardId("node-2"), _extractor.ShardId("é")).ShouldBe(("12", "33", "7"));

    [Fact]
    public void The_functions_say_who_gets_what() => (_extractor.EntityId("a"), _extractor.EntityId(1), _extractor.EntityMessage("a")).ShouldBe(("a", null, "inside a"));
}
