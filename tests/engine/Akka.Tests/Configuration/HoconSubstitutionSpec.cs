using Akka.Configuration;

namespace Akka.Tests.Configuration;

/// <summary>References between settings.</summary>
public class HoconSubstitutionSpec
{
    private static Config Parse(string text) => ConfigurationFactory.ParseString(text);

    [Fact]
    public void A_reference_takes_the_final_value_wherever_it_stands()
    {
        var config = Parse("a = ${b.c}\nb.c = 1\nb.c = 2\nd = x ${b.c} y\ne = ${b} { d = 3 }");
        config.GetInt("a").ShouldBe(2);
        config.GetString("d").ShouldBe("x 2 y");
        config.GetInt("e.c").ShouldBe(2);
        config.GetInt("e.d").ShouldBe(3);
    }

    [Fact]
    public void A_reference_to_itself_takes_what_stood_before()
    {
        var config = Parse("path = /usr\npath = ${path}/bin\nlist = [1]\nlist = ${list} [2]\nobj { x = 1 }\nobj = ${obj} { y = ${obj.x} }");
        config.GetString("path").ShouldBe("/usr/bin");
        config.GetIntList("list").ShouldBe([1, 2]);
        config.GetInt("obj.x").ShouldBe(1);
        config.GetInt("obj.y").ShouldBe(1);
    }

    [Fact]
    public void A_field_may_refer_to_its_sibling() => Parse("bar { foo = 42, baz = ${bar.foo} }\nbar.foo = 43").GetInt("bar.baz").ShouldBe(43);

    [Fact]
    public void An_optional_reference_to_nothing_vanishes()
    {
        var config = Parse("a = ${?no.such}\nb = 1\nb = ${?no.such}\nc = x${?no.such}y\nd = [1, ${?no.such}]\nl = ${?l} [1]");
        config.HasPath("a").ShouldBeFalse();
        config.GetInt("b").ShouldBe(1);
        config.GetString("c").ShouldBe("xy");
        config.GetIntList("d").ShouldBe([1]);
        config.GetIntList("l").ShouldBe([1]);
    }

    [Fact]
    public void A_reference_falls_back_to_the_environment()
    {
        Environment.SetEnvironmentVariable("HOCON_SPEC_HOME", "/home/a");
        var config = Parse("home = ${HOCON_SPEC_HOME}/x\nwins = ${HOCON_SPEC_HOME}\nHOCON_SPEC_HOME = here");
        config.GetString("wins").ShouldBe("here");
        Parse("home = ${HOCON_SPEC_HOME}/x").GetString("home").ShouldBe("/home/a/x");
    }

    [Fact]
    public void A_reference_is_resolved_against_all_layers()
    {
        var config = Parse("a = ${b}, c = [0] ${c}").WithFallback(Parse("b = 1, c = [1]"));
        config.GetInt("a").ShouldBe(1);
        config.GetIntList("c").ShouldBe([0, 1]);
        Parse("b = 2").WithFallback(config).GetInt("a").ShouldBe(2);
    }

    [Fact]
    public void An_object_inherited_by_reference_can_be_overridden_in_a_higher_layer()
    {
        var config = Parse("child { port = 2 }").WithFallback(Parse("base { host = h, port = 1 }\nchild = ${base} { name = c }"));
        config.GetString("child.host").ShouldBe("h");
        config.GetInt("child.port").ShouldBe(2);
        config.GetString("child.name").ShouldBe("c");
    }

    [Theory]
    [InlineData("x = 1\na = ${no.such}", "hocon:2:5: substitution ${no.such} refers to nothing")]
    [InlineData("a = ${b}\nb = ${a}", "hocon:2:5: substitution ${a} refers to itself")]
    [InlineData("a = ${a}", "hocon:1:5: substitution ${a} refers to itself")]
    [InlineData("a { b = ${a} }", "hocon:1:9: substitution ${a} refers to itself")]
    public void A_required_reference_to_nothing_is_an_error(string text, string message) =>
        Should.Throw<ConfigurationException>(() => Parse(text).GetString("x")).Message.ShouldBe(message);
}
