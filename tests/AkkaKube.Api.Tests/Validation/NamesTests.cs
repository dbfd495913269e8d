using System.Text.RegularExpressions;
using AkkaKube.Api.Validation;
using FsCheck;
using FsCheck.Fluent;

namespace AkkaKube.Api.Tests.Validation;

public class NamesTests
{
    private static readonly Regex LabelPattern = new("^[a-z0-9]([-a-z0-9]*[a-z0-9])?\\z");
    private static readonly Regex SubdomainPattern = new("^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\\z");
    private static readonly Regex LabelValuePattern = new("^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?\\z");
    private static readonly Regex HttpHeaderPattern = new("^[-A-Za-z0-9]+\\z");
    private static readonly Regex ConfigKeyPattern = new("^[-._a-zA-Z0-9]+\\z");

    /// <summary>Texts of the characters that matter to names, so that many of them are almost right.</summary>
    private static readonly Arbitrary<string> NameLike =
        Gen.Elements('a', 'z', '0', '9', '-', '.', '_', 'A', '/', ' ', 'é').ListOf().Select(chars => string.Concat(chars)).ToArbitrary();

    [Fact]
    public void A_label_is_what_its_pattern_matches_up_to_63_characters() =>
        Prop.ForAll(NameLike, name => Names.Label(name).Length == 0 == (LabelPattern.IsMatch(name) && name.Length <= 63)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_subdomain_is_what_its_pattern_matches_up_to_253_characters() =>
        Prop.ForAll(NameLike, name => Names.Subdomain(name).Length == 0 == (SubdomainPattern.IsMatch(name) && name.Length <= 253)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_label_value_is_what_its_pattern_matches_up_to_63_characters() =>
        Prop.ForAll(NameLike, value => Labels.Value(value).Length == 0 == (LabelValuePattern.IsMatch(value) && value.Length <= 63)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_header_name_is_what_its_pattern_matches() =>
        Prop.ForAll(NameLike, name => Names.HttpHeader(name).Length == 0 == HttpHeaderPattern.IsMatch(name)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_key_of_a_config_map_is_what_its_pattern_matches_except_names_of_directories() =>
        Prop.ForAll(NameLike, key => Names.ConfigKey(key).Length == 0
            == (ConfigKeyPattern.IsMatch(key) && key.Length <= 253 && key != "." && !key.StartsWith("..", StringComparison.Ordinal))).QuickCheckThrowOnFailure();

    [Fact]
    public void A_label_key_is_a_name_with_an_optional_subdomain_before_it() =>
        Prop.ForAll(NameLike, NameLike, (prefix, name) =>
            Labels.Key(prefix + "/" + name).Length == 0
            == (prefix.Length > 0 && Names.IsSubdomain(prefix) && name.Length > 0 && Labels.Key(name).Length == 0)).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("a234567890123456789012345678901234567890123456789012345678901234", "must be no more than 63 characters")]
    [InlineData("Web", "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')")]
    public void A_wrong_label_is_told_why(string name, string why) => Names.Label(name).ShouldBe([why]);

    [Theory]
    [InlineData("http-2")]
    [InlineData("p")]
    [InlineData("8080-tcp")]
    public void A_port_name_is_short_lower_case_and_has_a_letter(string name) => Names.PortName(name).ShouldBeEmpty();

    [Theory]
    [InlineData("a-very-long-name", "must be no more than 15 characters")]
    [InlineData("8080", "must contain at least one letter (a-z)")]
    [InlineData("a--b", "must not contain consecutive hyphens")]
    [InlineData("-a", "must not begin or end with a hyphen")]
    [InlineData("A", "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)")]
    public void A_wrong_port_name_is_told_why(string name, string why) => Names.PortName(name).ShouldContain(why);

    [Theory]
    [InlineData("with=equals")]
    [InlineData("")]
    [InlineData("line\nbreak")]
    public void Some_texts_are_no_environment_variable(string name) => Names.EnvironmentVariable(name).ShouldNotBeEmpty();

    [Theory]
    [InlineData("PATH")]
    [InlineData("a.b-c_d")]
    [InlineData("with space")]
    public void Nearly_everything_printable_is_an_environment_variable(string name) => Names.EnvironmentVariable(name).ShouldBeEmpty();

    [Fact]
    public void A_path_segment_may_not_lead_elsewhere()
    {
        Names.PathSegment(".", false).ShouldBe(["may not be '.'"]);
        Names.PathSegment("..", false).ShouldBe(["may not be '..'"]);
        Names.PathSegment("a/b%", false).ShouldBe(["may not contain '/'", "may not contain '%'"]);
        Names.PathSegment("Any thing", false).ShouldBeEmpty();
    }

    [Fact]
    public void A_generated_name_may_end_with_a_dash_before_its_random_letters()
    {
        Names.LabelName("web-", true).ShouldBeEmpty();
        Names.LabelName("web-", false).ShouldNotBeEmpty();
    }
}
