using AkkaKube.Network.Cni;

namespace AkkaKube.Network.Tests.Cni;

public class NodeBlocksTests
{
    [Fact]
    public void Each_node_gets_a_block_of_its_own_and_keeps_it()
    {
        var blocks = new NodeBlocks(Cidr.Parse("10.244.0.0/16"), 24, []);
        blocks.Deal("a").ToString().ShouldBe("10.244.0.0/24");
        blocks.Deal("b").ToString().ShouldBe("10.244.1.0/24");
        blocks.Deal("a").ToString().ShouldBe("10.244.0.0/24");
    }

    [Fact]
    public void A_block_that_a_node_holds_already_is_not_dealt()
    {
        var blocks = new NodeBlocks(Cidr.Parse("10.244.0.0/16"), 24, []);
        blocks.Occupy("old", Cidr.Parse("10.244.0.0/24"));
        blocks.Deal("new").ToString().ShouldBe("10.244.1.0/24");
    }

    [Fact]
    public void Blocks_of_other_networks_are_left_out()
    {
        var blocks = new NodeBlocks(Cidr.Parse("10.0.0.0/8"), 12, [Cidr.Parse("10.16.0.0/24")]);
        blocks.Deal("a").ToString().ShouldBe("10.0.0.0/12");
        blocks.Deal("b").ToString().ShouldBe("10.32.0.0/12");
    }

    [Fact]
    public void When_all_are_dealt_a_node_gets_one_only_after_another_is_gone()
    {
        var blocks = new NodeBlocks(Cidr.Parse("10.244.0.0/23"), 24, []);
        blocks.Deal("a");
        blocks.Deal("b");
        blocks.Deal("c").ShouldBeNull();
        blocks.Release("a");
        blocks.Deal("c").ToString().ShouldBe("10.244.0.0/24");
    }
}
