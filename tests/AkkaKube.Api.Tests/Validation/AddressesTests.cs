using AkkaKube.Api.Errors;
using AkkaKube.Api.Validation;

namespace AkkaKube.Api.Tests.Validation;

public class AddressesTests
{
    private static readonly FieldPath Path = new("ip");

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("::1")]
    [InlineData("fd00::a:1")]
    [InlineData("2001:db8::192.0.2.1")]
    public void Addresses_of_both_families_are_valid(string address) => Errors(address).ShouldBeEmpty();

    [Theory]
    [InlineData("")]
    [InlineData("10.0.0")]
    [InlineData("10.0.0.256")]
    [InlineData("10.0.0.1 ")]
    [InlineData("fe80::1%eth0")]
    [InlineData("0x7f.1.1.1")]
    [InlineData("12345::")]
    public void Other_texts_are_not(string address) =>
        Errors(address).ShouldBe([$"ip: Invalid value: \"{address}\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"]);

    [Fact]
    public void Leading_zeros_are_refused_because_parsers_read_them_differently() =>
        Errors("010.0.0.1").ShouldBe(["ip: Invalid value: \"010.0.0.1\": must not have leading 0s"]);

    [Fact]
    public void An_address_of_version_4_in_the_clothes_of_version_6_is_refused() =>
        Errors("::ffff:1.2.3.4").ShouldBe(["ip: Invalid value: \"::ffff:1.2.3.4\": must not be an IPv4-mapped IPv6 address"]);

    [Fact]
    public void What_an_old_object_already_has_may_stay()
    {
        var errors = new FieldErrors();
        Addresses.Check(errors, Path, "010.0.0.1", ["010.0.0.1"]);
        errors.Count.ShouldBe(0);
    }

    [Theory]
    [InlineData("10.0.0.0/8", 0)]
    [InlineData("2001:db8::/32", 0)]
    [InlineData("10.0.0.0", 1)]
    [InlineData("10.0.0.0/33", 1)]
    [InlineData("10.0.0.1/8", 1)]
    [InlineData("10.0.0.0/08", 1)]
    public void A_block_is_a_network_address_with_a_length(string block, int faults)
    {
        var errors = new FieldErrors();
        Addresses.CheckBlock(errors, Path, block);
        errors.Count.ShouldBe(faults);
    }

    [Theory]
    [InlineData("127.0.0.1", "may not be in the loopback range (127.0.0.0/8, ::1/128)")]
    [InlineData("0.0.0.0", "may not be unspecified (0.0.0.0)")]
    [InlineData("169.254.1.1", "may not be in the link-local range (169.254.0.0/16, fe80::/10)")]
    [InlineData("224.0.0.5", "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)")]
    public void Nobody_else_reaches_the_addresses_of_this_machine_and_its_link(string address, string why)
    {
        var errors = new FieldErrors();
        Addresses.CheckReachable(errors, Path, address);
        errors.Found.Select(error => error.Detail).ShouldBe([why]);
    }

    [Theory]
    [InlineData("010.0.0.1", "ip: non-standard IP address \"010.0.0.1\" is invalid: use \"10.0.0.1\"")]
    [InlineData("2001:DB8::1", "ip: IPv6 address \"2001:DB8::1\" should be in RFC 5952 canonical format (\"2001:db8::1\")")]
    public void Unusual_forms_are_warned_about(string address, string warning)
    {
        var warnings = new List<string>();
        Addresses.Warn(warnings, Path, address);
        warnings.ShouldBe([warning]);
    }

    private static string[] Errors(string address)
    {
        var errors = new FieldErrors();
        Addresses.Check(errors, Path, address);
        return [.. errors.Found.Select(error => error.ToString())];
    }
}
