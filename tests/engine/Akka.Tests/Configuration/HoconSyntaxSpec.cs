using Akka.Configuration;

namespace Akka.Tests.Configuration;

/// <summary>What can be written, and what is read from it.</summary>
public class HoconSyntaxSpec
{
    private static Config Parse(string text) => ConfigurationFactory.ParseString(text);

    [Theory]
    [InlineData("a = 1")]
    [InlineData("a : 1")]
    [InlineData("{ a : 1 }")]
    [InlineData("{ \"a\" : \"1\", }")]
    [InlineData("# first\na = 1 # behind\n// last")]
    [InlineData("\ufeffa =\n  1")]
    [InlineData("a = 0\na = 1")]
    [InlineData("z { x = 2 }, a = 1")]
    public void A_field_can_be_written_in_many_ways(string text) => Parse(text).GetString("a").ShouldBe("1");

    [Theory]
    [InlineData("a.b.c = 1")]
    [InlineData("a { b { c = 1 } }")]
    [InlineData("a { b.c = 1 }")]
    [InlineData("a . b . c = 1")]
    [InlineData("a = { b : { \"c\" = 1 } }")]
    [InlineData("a.b { c = 1 }\na { d = 2 }")]
    [InlineData("a = 5, a { b.c = 1 }")]
    public void A_dotted_key_is_a_nested_object(string text) => Parse(text).GetInt("a.b.c").ShouldBe(1);

    [Fact]
    public void A_quoted_key_may_hold_a_dot()
    {
        var config = Parse("a.\"b.c\".d = 1\n\"x y\" = 2\nfoo bar = 3");
        config.GetInt("a.\"b.c\".d").ShouldBe(1);
        config.HasPath("a.b").ShouldBeFalse();
        config.GetInt("x y").ShouldBe(2);
        config.GetInt("foo bar").ShouldBe(3);
    }

    [Theory]
    [InlineData("a = one two  three", "one two  three")]
    [InlineData("a = one \"two, \" three", "one two,  three")]
    [InlineData("a = \"tab\\tquote\\\" \\u0041\"", "tab\tquote\" A")]
    [InlineData("a = \"\"\"two\nlines \"quoted\"\"\"\"", "two\nlines \"quoted\"")]
    [InlineData("a = \"\"", "")]
    [InlineData("a = 1.5e+3", "1.5e+3")]
    [InlineData("a = /usr/bin // comment", "/usr/bin")]
    [InlineData("a = akka.actor-x_y", "akka.actor-x_y")]
    [InlineData("a = x }", "x")]
    public void A_text_is_what_stands_between_the_separators(string text, string expected) =>
        Parse(text.EndsWith('}') ? "{" + text : text).GetString("a").ShouldBe(expected);

    [Fact]
    public void Lists_take_commas_or_new_lines()
    {
        var config = Parse("a = [1, 2,\n3\n4,]\nb = []\nc = [[1], {d = 2}]\n");
        config.GetIntList("a").ShouldBe([1, 2, 3, 4]);
        config.GetStringList("b").ShouldBeEmpty();
        config.GetValue("c").GetArray()[1].GetObject().GetKey("d").GetInt().ShouldBe(2);
    }

    [Fact]
    public void Lists_side_by_side_are_one_list_and_plus_equals_adds_to_it()
    {
        var config = Parse("a = [1] [2]\na += 3\nb += 4\nc { d = [1] }\nc.d += 2\nc { d += 3 }");
        config.GetIntList("a").ShouldBe([1, 2, 3]);
        config.GetIntList("b").ShouldBe([4]);
        config.GetIntList("c.d").ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void Numbered_keys_are_a_list() => Parse("a { 1 = y, 0 = x }\na.2 = z").GetStringList("a").ShouldBe(["x", "y", "z"]);

    [Fact]
    public void Objects_side_by_side_are_one_object()
    {
        var config = Parse("a = { x = 1, y = 1 } { y = 2 }");
        config.GetInt("a.x").ShouldBe(1);
        config.GetInt("a.y").ShouldBe(2);
    }

    [Fact]
    public void Null_takes_a_value_away()
    {
        var config = Parse("a = 1, b = 2\na = null");
        config.HasPath("a").ShouldBeFalse();
        config.GetInt("a", 7).ShouldBe(7);
        config.WithFallback(Parse("a = 3")).HasPath("a").ShouldBeFalse();
    }

    [Theory]
    [InlineData("a = ", "hocon:1:5: expected a value, found the end of the text")]
    [InlineData("a = 1\nb = {\n  c = 2\n", "hocon:2:5: expected a closing '}', found the end of the text")]
    [InlineData("a = 1\n  b ! 2", "hocon:2:5: expected ':', '=', '+=' or '{', found '!'")]
    [InlineData("a = \"x\nb = 1", "hocon:1:5: expected a closing '\"' on the same line")]
    [InlineData("a = [1 2\n", "hocon:1:5: expected a closing ']', found the end of the text")]
    [InlineData("a = 1,, b = 2", "hocon:1:7: expected a key, found ','")]
    [InlineData("a = {} } ", "hocon:1:8: expected a key, found '}'")]
    [InlineData("a = ${b", "hocon:1:8: expected '}', found the end of the text")]
    [InlineData("a = [1] {}", "hocon:1:5: expected an object, for it stands beside one")]
    [InlineData("a = [1] x", "hocon:1:9: expected a list, for it stands beside one")]
    [InlineData("a = \"\\q\"", @"hocon:1:6: expected one of \"" \\ \/ \b \f \n \r \t \uXXXX")]
    [InlineData("a. = 1", "hocon:1:4: expected a key after '.', found '='")]
    [InlineData("[1]", "hocon:1:1: expected a key, found '['")]
    [InlineData("a = \"b\" = 2", "hocon:1:9: expected a value, found '='")]
    public void An_error_names_line_and_column(string text, string message) =>
        Should.Throw<ConfigurationException>(() => Parse(text)).Message.ShouldBe(message);

    [Fact]
    public void Objects_of_the_program_become_settings()
    {
        var config = ConfigurationFactory.FromObject(new { akka = new { loglevel = "INFO", sizes = new[] { 1, 2 }, on = true, wait = TimeSpan.FromSeconds(2) } });
        config.GetString("akka.loglevel").ShouldBe("INFO");
        config.GetIntList("akka.sizes").ShouldBe([1, 2]);
        config.GetBoolean("akka.on").ShouldBeTrue();
        config.GetTimeSpan("akka.wait").ShouldBe(TimeSpan.FromSeconds(2));
    }
}
