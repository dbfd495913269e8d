using AkkaKube.Client.Requests;

namespace AkkaKube.Kubelet.Tests.Nodes;

public class KubeletShardsTests
{
    [Theory]
    [InlineData("node-1", "38")]
    [InlineData("node-2", "18")]
    [InlineData("ip-10-0-0-1.eu-central-1.compute.internal", "4")]
    public void A_node_is_in_the_same_shard_for_ever(string node, string shard) => KubeletShards.ShardOf(node, 48).ShouldBe(shard);

    [Fact]
    public void Nodes_spread_over_all_shards()
    {
        var counts = Enumerable.Range(1, 4800).GroupBy(i => KubeletShards.ShardOf($"node-{i}", 48)).Select(g => g.Count()).ToList();
        counts.Count.ShouldBe(48);
        counts.ShouldAllBe(c => c > 65 && c < 140);
    }

    [Fact]
    public void What_is_said_to_kubelets_names_their_node()
    {
        KubeletShards.NodeOf(new KubeletEntity.Run("a")).ShouldBe("a");
        KubeletShards.NodeOf(new ReadLog("web") { Node = "b", User = new UserInfo("u", []) }).ShouldBe("b");
        KubeletShards.NodeOf("else").ShouldBeNull();
    }

    [Fact]
    public void The_extractor_hands_on_what_names_a_node_as_it_is()
    {
        var extractor = new KubeletExtractor(48);
        var read = new ReadLog("web") { Node = "node-1", User = new UserInfo("u", []) };
        (extractor.EntityId(read), extractor.EntityMessage(read)).ShouldBe(("node-1", read));
        extractor.ShardId("node-1").ShouldBe(KubeletShards.ShardOf("node-1", 48));
        extractor.EntityId(new ReadLog("web") { User = new UserInfo("u", []) }).ShouldBeNull();
    }
}
