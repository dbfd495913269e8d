using AkkaKube.Network.Cni;
using FsCheck;
using FsCheck.Fluent;

namespace AkkaKube.Network.Tests.Cni;

public class PodAddressesTests
{
    [Fact]
    public void The_first_pod_gets_the_address_behind_the_gateway() =>
        new PodAddresses(Cidr.Parse("10.244.1.0/24")).Take().ShouldBe("10.244.1.2");

    [Fact]
    public void An_address_that_came_back_is_dealt_last()
    {
        var addresses = new PodAddresses(Cidr.Parse("10.244.1.0/29"));
        addresses.Take().ShouldBe("10.244.1.2");
        addresses.Release("10.244.1.2");
        addresses.Take().ShouldBe("10.244.1.3");
        addresses.Take();
        addresses.Take();
        addresses.Take().ShouldBe("10.244.1.6");
        addresses.Take().ShouldBe("10.244.1.2");
        addresses.Take().ShouldBeNull();
    }

    [Fact]
    public void A_pod_may_take_its_former_address_if_it_is_free_and_of_this_node()
    {
        var addresses = new PodAddresses(Cidr.Parse("10.244.1.0/24"));
        addresses.TryTake("10.244.1.9").ShouldBeTrue();
        addresses.TryTake("10.244.1.9").ShouldBeFalse();
        addresses.TryTake("10.244.2.9").ShouldBeFalse();
        addresses.TryTake("10.244.1.1").ShouldBeFalse();
    }

    [Fact]
    public void No_two_pods_hold_one_address_whatever_the_order_of_taking_and_giving_back() =>
        Prop.ForAll(ArbMap.Default.ArbFor<List<bool>>(), moves =>
        {
            var addresses = new PodAddresses(Cidr.Parse("10.244.1.0/28"));
            var held = new List<string>();
            foreach (var take in moves)
            {
                if (take && addresses.Take() is { } address)
                {
                    if (held.Contains(address)) return false;
                    held.Add(address);
                }
                else if (!take && held.Count > 0)
                {
                    addresses.Release(held[0]);
                    held.RemoveAt(0);
                }
            }
            return held.Count <= 13;
        }).QuickCheckThrowOnFailure();
}
