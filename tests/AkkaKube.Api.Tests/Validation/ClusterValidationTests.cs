using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Discovery.V1;
using SubsetPort = AkkaKube.Api.Core.V1.EndpointPort;

namespace AkkaKube.Api.Tests.Validation;

public class ClusterValidationTests
{
    [Fact]
    public void Plain_objects_are_valid()
    {
        Faults.Of(Valid.Namespace()).ShouldBeEmpty();
        Faults.Of(Valid.Node()).ShouldBeEmpty();
        Faults.Of(Valid.Endpoints()).ShouldBeEmpty();
        Faults.Of(Valid.EndpointSlice()).ShouldBeEmpty();
        Faults.Of(Valid.Event()).ShouldBeEmpty();
        Faults.Of(Valid.Lease()).ShouldBeEmpty();
        Faults.Of(Valid.ServiceAccount()).ShouldBeEmpty();
    }

    [Fact]
    public void Taints_have_a_key_and_a_known_effect_once()
    {
        var taint = new Taint { Key = "a", Value = "b", Effect = "NoSchedule" };
        Taints(taint).ShouldBeEmpty();
        Taints(taint with { Effect = "" }).ShouldBe(["metadata.taints[0].effect: Required value"]);
        Taints(taint with { Effect = "Maybe" }).ShouldBe(["metadata.taints[0].effect: Unsupported value: \"Maybe\": supported values: \"NoSchedule\", \"PreferNoSchedule\", \"NoExecute\""]);
        Taints(taint, taint).Single().ShouldStartWith("metadata.taints[1]: Duplicate value: {");

        static string[] Taints(params Taint[] taints) => Faults.Of(Valid.Node() with { Spec = new NodeSpec { Taints = taints } });
    }

    [Fact]
    public void A_node_keeps_the_addresses_of_its_pods_and_its_provider()
    {
        var old = Valid.Node() with { Spec = new NodeSpec { PodCIDR = "10.1.0.0/24", PodCIDRs = ["10.1.0.0/24"], ProviderID = "cloud://1" } };
        Faults.OfUpdate(old, node => node with { Spec = node.Spec with { PodCIDR = "10.2.0.0/24", PodCIDRs = ["10.2.0.0/24"] } })
            .ShouldBe(["spec.podCIDRs: Forbidden: node updates may not change podCIDR except from \"\" to valid"]);
        Faults.OfUpdate(old, node => node with { Spec = node.Spec with { ProviderID = "cloud://2" } })
            .ShouldBe(["spec.providerID: Forbidden: node updates may not change providerID except from \"\" to valid"]);
        Faults.OfUpdate(old, node => node with { Spec = node.Spec with { Unschedulable = true } }).ShouldBeEmpty();
        Faults.OfUpdate(Valid.Node(), node => node with { Spec = new NodeSpec { PodCIDR = "10.1.0.0/24", PodCIDRs = ["10.1.0.0/24"] } }).ShouldBeEmpty();
    }

    [Fact]
    public void A_namespace_bears_a_label_of_dns() =>
        Faults.Of(Valid.Namespace() with { Metadata = Valid.Meta("a.b") with { Namespace = null } }).Single().ShouldStartWith("metadata.name: Invalid value: \"a.b\": must not contain dots");

    [Fact]
    public void The_finalizers_of_a_namespace_are_qualified() =>
        Faults.OfUpdate(Valid.Namespace(), ns => ns with { Spec = new NamespaceSpec { Finalizers = ["kubernetes", "plain"] } }, "finalize")
            .Single().ShouldStartWith("spec.finalizers[1]: Invalid value: \"plain\"");

    [Fact]
    public void A_namespace_ends_only_when_it_is_deleted() =>
        Faults.OfUpdate(Valid.Namespace() with { Status = new NamespaceStatus { Phase = "Active" } }, ns => ns with { Status = new NamespaceStatus { Phase = "Terminating" } }, "status")
            .ShouldBe(["status.Phase: Invalid value: \"Terminating\": may only be 'Active' if `deletionTimestamp` is empty"]);

    [Fact]
    public void Endpoints_have_addresses_that_can_be_reached()
    {
        Subset(new EndpointSubset { Ports = [new SubsetPort { Port = 80, Protocol = "TCP" }] }).ShouldBe(["subsets[0]: Required value: must specify `addresses` or `notReadyAddresses`"]);
        Subset(new EndpointSubset { Addresses = [new EndpointAddress { Ip = "127.0.0.1" }] })
            .ShouldBe(["subsets[0].addresses[0].ip: Invalid value: \"127.0.0.1\": may not be in the loopback range (127.0.0.0/8, ::1/128)"]);

        static string[] Subset(EndpointSubset subset) => Faults.Of(Valid.Endpoints() with { Subsets = [subset] });
    }

    [Fact]
    public void A_slice_holds_addresses_of_its_one_type()
    {
        var slice = Valid.EndpointSlice();
        Faults.Of(slice with { AddressType = "" }).ShouldContain("addressType: Required value");
        Faults.Of(slice with { AddressType = "IPv6" }).ShouldContain("endpoints[0].addresses: Invalid value: \"10.1.0.4\": must be an IPv6 address");
        Faults.Of(slice with { Endpoints = [new Endpoint()] }).ShouldBe(["endpoints[0].addresses: Required value: must contain at least 1 address"]);
        Faults.Of(slice with { Ports = [slice.Ports[0], slice.Ports[0]] }).ShouldBe(["ports[1].name: Duplicate value: \"http\""]);
        Faults.OfUpdate(slice, now => now with { AddressType = "FQDN", Endpoints = [] }).ShouldContain("addressType: Invalid value: \"FQDN\": field is immutable");
    }
}
