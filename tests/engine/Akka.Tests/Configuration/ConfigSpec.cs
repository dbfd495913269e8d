using Akka.Configuration;

namespace Akka.Tests.Configuration;

/// <summary>Reading values and putting layers over each other.</summary>
public class ConfigSpec
{
    private static Config Parse(string text) => ConfigurationFactory.ParseString(text);

    public static TheoryData<string, TimeSpan> Durations => new()
    {
        { "10", TimeSpan.FromMilliseconds(10) }, { "10 ms", TimeSpan.FromMilliseconds(10) }, { "1.5s", TimeSpan.FromSeconds(1.5) },
        { "2 seconds", TimeSpan.FromSeconds(2) }, { "3m", TimeSpan.FromMinutes(3) }, { "1 minute", TimeSpan.FromMinutes(1) },
        { "4h", TimeSpan.FromHours(4) }, { "5 d", TimeSpan.FromDays(5) }, { "7us", TimeSpan.FromMicroseconds(7) },
        { "300ns", TimeSpan.FromTicks(3) }, { "infinite", Timeout.InfiniteTimeSpan }, { "0", TimeSpan.Zero }, { "\"-1 s\"", TimeSpan.FromSeconds(-1) },
    };

    [Theory]
    [MemberData(nameof(Durations))]
    public void A_duration_has_a_unit(string text, TimeSpan expected) => Parse($"a = {text}").GetTimeSpan("a").ShouldBe(expected);

    [Theory]
    [InlineData("1", 1)]
    [InlineData("2 kB", 2_000)]
    [InlineData("2K", 2_048)]
    [InlineData("2KiB", 2_048)]
    [InlineData("1.5 MiB", 1_572_864)]
    [InlineData("3MB", 3_000_000)]
    [InlineData("1 gibibyte", 1_073_741_824)]
    [InlineData("128000b", 128_000)]
    public void A_size_has_a_unit(string text, long expected) => Parse($"a = {text}").GetByteSize("a").ShouldBe(expected);

    [Theory]
    [InlineData("yes", true)]
    [InlineData("on", true)]
    [InlineData("true", true)]
    [InlineData("no", false)]
    [InlineData("off", false)]
    [InlineData("false", false)]
    public void A_boolean_has_three_spellings(string text, bool expected) => Parse($"a = {text}").GetBoolean("a", !expected).ShouldBe(expected);

    [Fact]
    public void A_wrong_setting_of_a_section_is_named_by_its_whole_path()
    {
        var section = ConfigurationFactory.ParseString("a { b { n = many } }").GetConfig("a").WithFallback(ConfigurationFactory.ParseString("m = 1"));
        Should.Throw<ConfigurationException>(() => section.GetConfig("b").GetInt("n")).Message.ShouldContain(" a.b.n: expected a whole number");
        Should.Throw<ConfigurationException>(() => section.GetInt("b.n")).Message.ShouldContain(" a.b.n: expected a whole number");
    }

    [Theory]
    [InlineData("a = maybe", "hocon:1:5: a: expected true, on, yes, false, off or no, found 'maybe'")]
    [InlineData("a { b = 1 }", "hocon:1:3: a: expected a text, found an object")]
    public void A_value_of_the_wrong_kind_is_an_error(string text, string message) =>
        Should.Throw<ConfigurationException>(() => Parse(text).GetBoolean("a")).Message.ShouldBe(message);

    [Fact]
    public void A_duration_of_an_unknown_unit_is_an_error()
    {
        Should.Throw<ConfigurationException>(() => Parse("a = 3 weeks").GetTimeSpan("a")).Message.ShouldContain("expected a duration");
        Should.Throw<ConfigurationException>(() => Parse("a = infinite").GetTimeSpan("a", allowInfinite: false));
    }

    [Fact]
    public void What_is_missing_has_its_default()
    {
        var config = Parse("a.b = 1");
        config.GetString("a.c").ShouldBeNull();
        config.GetString("a.c", "x").ShouldBe("x");
        config.GetInt("a.b.c", 4).ShouldBe(4);
        config.GetConfig("no").ShouldBeNull();
        config.GetByteSize("no", 3).ShouldBe(3);
        config.GetTimeSpan("no").ShouldBe(TimeSpan.Zero);
        config.GetTimeSpan("no", TimeSpan.FromSeconds(1)).ShouldBe(TimeSpan.FromSeconds(1));
        config.GetStringList("no").ShouldBeEmpty();
        config.GetStringList("no", ["d"]).ShouldBe(["d"]);
    }

    [Fact]
    public void A_layer_hides_what_is_below_and_objects_are_merged()
    {
        var config = Parse("a { x = 1, y { z = 2 } }, l = [1]").WithFallback(Parse("a { x = 0, w = 3, y { v = 4 } }, l = [2, 3], m = 5")).WithFallback(Parse("a = 9, n = 6"));
        config.GetInt("a.x").ShouldBe(1);
        config.GetInt("a.w").ShouldBe(3);
        config.GetInt("a.y.z").ShouldBe(2);
        config.GetInt("a.y.v").ShouldBe(4);
        config.GetIntList("l").ShouldBe([1]);
        config.GetInt("m").ShouldBe(5);
        config.GetInt("n").ShouldBe(6);
        config.GetConfig("a").WithFallback(Parse("q = 1")).GetInt("q").ShouldBe(1);
    }

    [Fact]
    public void The_top_level_can_be_enumerated() =>
        Parse("b = 1").WithFallback(Parse("a { c = 2 }, b = 3")).AsEnumerable().Select(e => $"{e.Key}={e.Value.ToString()!.Trim()}").ShouldBe(["b=1", "a=c : 2"]);

    [Fact]
    public void Emptiness_can_be_asked_for()
    {
        Config.Empty.IsEmpty.ShouldBeTrue();
        ((Config?)null).IsNullOrEmpty().ShouldBeTrue();
        Parse("a = 1").IsEmpty.ShouldBeFalse();
        Config.Empty.WithFallback(Parse("a = 1")).GetInt("a").ShouldBe(1);
        ((Config?)null).SafeWithFallback(Parse("a = 1")).GetInt("a").ShouldBe(1);
        (Parse("a = 1") + "a = 2, b = 3").GetInt("b").ShouldBe(3);
    }
}
