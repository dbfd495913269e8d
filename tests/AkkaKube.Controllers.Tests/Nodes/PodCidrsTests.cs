using AkkaKube.Controllers.Nodes;

namespace AkkaKube.Controllers.Tests.Nodes;

public sealed class PodCidrsTests
{
    [Fact]
    public void Nodes_get_ranges_in_order_and_keep_them()
    {
        var ranges = new PodCidrs(["10.244.0.0/16"], 24);
        ranges.Allocate("a").ShouldBe("10.244.0.0/24");
        ranges.Allocate("b").ShouldBe("10.244.1.0/24");
        ranges.Allocate("a").ShouldBe("10.244.0.0/24");
    }

    [Fact]
    public void A_range_that_a_node_has_is_not_given_to_another()
    {
        var ranges = new PodCidrs(["10.244.0.0/16"], 24);
        ranges.Occupy("old", "10.244.0.0/24");
        ranges.Allocate("a").ShouldBe("10.244.1.0/24");
    }

    [Fact]
    public void When_one_range_is_full_the_next_one_is_used_and_when_all_are_nobody_gets_one()
    {
        var ranges = new PodCidrs(["10.1.0.0/23", "10.9.0.0/24"], 24);
        Enumerable.Range(0, 4).Select(i => ranges.Allocate($"n{i}")).ShouldBe(["10.1.0.0/24", "10.1.1.0/24", "10.9.0.0/24", null]);
        ranges.Release("n1");
        ranges.Allocate("n3").ShouldBe("10.1.1.0/24");
    }
}
