using AkkaKube.Api.Meta.V1;

namespace AkkaKube.Api.Tests.Selectors;

public class SelectorMessageTests
{
    private static readonly ValueMap<string> Web = [new("app", "web"), new("tier", "1")];

    [Theory]
    [InlineData("a=b=c", "found '=', expected: ',' or 'end of string'")]
    [InlineData("a=b,", "found '', expected: identifier after ','")]
    [InlineData("=a", "found '=', expected: !, identifier, or 'end of string'")]
    [InlineData("a b", "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt")]
    [InlineData("a in b", "unable to parse requirement: found 'b' expected: '('")]
    [InlineData("a in (b", "unable to parse requirement: found '', expected: ',' or ')'")]
    [InlineData("a>b", "unable to parse requirement: values[0]: Invalid value: \"b\": for 'Gt', 'Lt' operators, the value must be an integer")]
    public void A_text_that_is_no_selector_is_refused_in_the_words_of_Kubernetes(string text, string why)
    {
        Should.Throw<FormatException>(() => Selector.Parse(text)).Message.ShouldBe(why);
    }

    [Fact]
    public void A_key_that_is_no_label_is_refused() =>
        Should.Throw<FormatException>(() => Selector.Parse("-a")).Message.ShouldStartWith("unable to parse requirement: <nil>: Invalid value: \"-a\": name part must consist of");

    [Theory]
    [InlineData("b=1,a")]
    [InlineData("a in (x,y),!b")]
    public void The_text_form_reads_as_the_same_selector(string text) => Selector.Parse(Selector.Parse(text).ToString()).Requirements.ShouldBe(Selector.Parse(text).Requirements);

    [Fact]
    public void The_selector_of_an_object_selects_nothing_where_there_is_none()
    {
        Selector.From((LabelSelector?)null).Matches(Web).ShouldBeFalse();
        Selector.From(new LabelSelector()).Matches(Web).ShouldBeTrue();
        Selector.From(new LabelSelector { MatchLabels = [new("app", "web")], MatchExpressions = [new() { Key = "tier", Operator = "In", Values = ["1", "2"] }] }).Matches(Web).ShouldBeTrue();
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("=", true)]
    [InlineData("spec.nodeName=n1", true)]
    [InlineData("spec.nodeName!=n1", false)]
    [InlineData("spec.nodeName=", false)]
    [InlineData("metadata.name=,spec.nodeName==n1", true)]
    public void A_field_selector_selects_by_fields(string text, bool selected) =>
        FieldSelector.Parse(text).Matches(field => field == "spec.nodeName" ? "n1" : null).ShouldBe(selected);

    [Fact]
    public void A_field_selector_without_a_sign_is_refused() =>
        Should.Throw<FormatException>(() => FieldSelector.Parse("a,b=c")).Message.ShouldBe("invalid selector: 'a,b=c'; can't understand 'a'");
}
