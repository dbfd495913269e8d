using AkkaKube.Api.Meta.V1;

namespace AkkaKube.Api.Tests.Selectors;

/// <summary>Label selectors in their text form and as objects.</summary>
public sealed class SelectorTests
{
    private static readonly ValueMap<string> Labels = ValueMap.Of(("app", "web"), ("tier", "front"), ("gen", "4"));

    [Theory]
    [InlineData("", true)]
    [InlineData("app=web", true)]
    [InlineData("app==web,tier!=back", true)]
    [InlineData("app=api", false)]
    [InlineData("app in (api, web)", true)]
    [InlineData("app notin (api,web)", false)]
    [InlineData("other notin (a)", true)]
    [InlineData("other!=a", true)]
    [InlineData("tier", true)]
    [InlineData("!tier", false)]
    [InlineData("! other , app", true)]
    [InlineData("gen>3,gen<5", true)]
    [InlineData("gen>4", false)]
    [InlineData("app=", false)]
    [InlineData("in in (in)", false)]
    public void A_selector_selects(string text, bool matches) => Selector.Parse(text).Matches(Labels).ShouldBe(matches);

    [Theory]
    [InlineData("a=b=c", "found '=', expected: ',' or 'end of string'")]
    [InlineData("a=b,", "found '', expected: identifier after ','")]
    [InlineData(",a", "found ',', expected: !, identifier, or 'end of string'")]
    [InlineData("a in b", "unable to parse requirement: found 'b' expected: '('")]
    [InlineData("a in (b", "unable to parse requirement: found '', expected: ',' or ')'")]
    [InlineData("a b", "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt")]
    public void What_is_no_selector_is_refused_in_kubernetes_words(string text, string message) =>
        Should.Throw<FormatException>(() => Selector.Parse(text)).Message.ShouldBe(message);

    [Fact]
    public void The_text_form_is_sorted_by_key() => Selector.Parse("tier notin (b,a),app=web,!x").ToString().ShouldBe("app=web,tier notin (a,b),!x");

    [Fact]
    public void No_selector_selects_nothing_and_an_empty_one_everything()
    {
        Selector.From((LabelSelector?)null).Matches(Labels).ShouldBeFalse();
        Selector.From(new LabelSelector()).Matches([]).ShouldBeTrue();
        var both = new LabelSelector { MatchLabels = ValueMap.Of(("app", "web")), MatchExpressions = [new() { Key = "tier", Operator = "Exists" }] };
        Selector.From(both).Matches(Labels).ShouldBeTrue();
        Selector.From(both).Matches(Labels.Remove("tier")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("metadata.name=a", "a", true)]
    [InlineData("metadata.name!=a", "a", false)]
    [InlineData("metadata.name==a,spec.nodeName=", "a", true)]
    [InlineData("=", "a", true)]
    public void A_field_selector_selects(string text, string name, bool matches) =>
        FieldSelector.Parse(text).Matches(field => field == "metadata.name" ? name : null).ShouldBe(matches);

    [Fact]
    public void A_field_selector_knows_escapes()
    {
        FieldSelector.Parse(@"a=x\,y\=z").RequiredValue("a").ShouldBe("x,y=z");
        Should.Throw<FormatException>(() => FieldSelector.Parse("nonsense")).Message.ShouldBe("invalid selector: 'nonsense'; can't understand 'nonsense'");
    }
}
