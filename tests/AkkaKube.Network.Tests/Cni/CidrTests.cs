using AkkaKube.Network.Cni;
using FsCheck;
using FsCheck.Fluent;

namespace AkkaKube.Network.Tests.Cni;

public class CidrTests
{
    [Theory]
    [InlineData("10.244.3.0/24", 0, "10.244.3.0")]
    [InlineData("10.244.3.0/24", 255, "10.244.3.255")]
    [InlineData("10.0.0.0/8", 65536, "10.1.0.0")]
    [InlineData("192.168.1.130/25", 1, "192.168.1.129")]
    public void An_address_is_counted_from_the_start_of_its_block(string block, long index, string address)
    {
        Cidr.Parse(block).AddressAt(index).ShouldBe(address);
        Cidr.Parse(block).IndexOf(address).ShouldBe(index);
    }

    [Theory]
    [InlineData("10.244.3.0")]
    [InlineData("10.244.3.0/33")]
    [InlineData("10.244.3/24")]
    [InlineData("fd00::/64")]
    [InlineData("")]
    public void What_is_no_IPv4_block_is_refused(string text) => Should.Throw<FormatException>(() => Cidr.Parse(text));

    [Theory]
    [InlineData("10.128.0.0/9", "10.96.0.0/12", false)]
    [InlineData("10.0.0.0/8", "10.96.0.0/12", true)]
    [InlineData("10.96.0.0/12", "10.111.255.0/24", true)]
    [InlineData("10.96.0.0/12", "10.112.0.0/24", false)]
    public void Blocks_overlap_when_they_share_an_address(string a, string b, bool overlap)
    {
        Cidr.Parse(a).Overlaps(Cidr.Parse(b)).ShouldBe(overlap);
        Cidr.Parse(b).Overlaps(Cidr.Parse(a)).ShouldBe(overlap);
    }

    [Fact]
    public void Blocks_of_one_length_inside_another_never_overlap() =>
        Prop.ForAll(Gen.Choose(0, 4095).Two().ToArbitrary(), pair =>
        {
            var cluster = Cidr.Parse("10.240.0.0/12");
            var (a, b) = (cluster.Block(24, pair.Item1), cluster.Block(24, pair.Item2));
            return a.Overlaps(b) == (pair.Item1 == pair.Item2) && cluster.Overlaps(a);
        }).QuickCheckThrowOnFailure();
}
