using Akka.Configuration;
using FsCheck;
using FsCheck.Fluent;
using Config = Akka.Configuration.Config;

namespace Akka.Tests.Configuration;

/// <summary>Laws of printing and merging.</summary>
public class HoconPropertySpec
{
    private static readonly string[] Keys = ["a", "b", "c", "d.e", "x y", "\"q\"", "include", ""];

    private static Gen<string> Scalar => Gen.OneOf(
        ArbMap.Default.GeneratorFor<int>().Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ArbMap.Default.GeneratorFor<string>().Select(s => Quote(s ?? "")),
        Gen.Elements("true", "null", "plain words here", "10 ms"));

    private static Gen<string> Value(int depth) => depth == 0
        ? Scalar
        : Gen.OneOf(Scalar, Fields(depth - 1).Select(f => "{" + f + "}"), Gen.ArrayOf(Value(depth - 1), 3).Select(v => "[" + string.Join(",", v) + "]"));

    private static Gen<string> Fields(int depth) => Gen.Choose(0, 4).SelectMany(n => Gen.ArrayOf(
        Gen.Elements(Keys).SelectMany(k => Value(depth).Select(v => $"{Quote(k)} = {v}")), n)).Select(f => string.Join("\n", f));

    /// <summary>A layer whose lists and texts may refer to other keys, or to themselves.</summary>
    private static Gen<string> Layer => Gen.Choose(0, 5).SelectMany(n => Gen.ArrayOf(Gen.Elements("a", "b", "c", "a.x", "b.y").SelectMany(k => Gen.Elements(
        $"{k} = 1", $"{k} = {{ x = 2 }}", $"{k} = {{ y = 3, z {{ w = 4 }} }}", $"{k} = ${{?a}}", $"{k} = ${{?b}}", $"{k} = [5]", $"{k} += 6", $"{k} = ${{?c}} {{ v = 7 }}")), n)).Select(f => string.Join("\n", f));

    [Fact]
    public void What_is_printed_parses_to_the_same() => Check.QuickThrowOnFailure(Prop.ForAll(Fields(3).ToArbitrary(), text =>
    {
        var config = ConfigurationFactory.ParseString(text);
        var printed = config.ToString();
        return ConfigurationFactory.ParseString(printed).ToString() == printed && Same(config, ConfigurationFactory.ParseString(printed));
    }));

    [Fact]
    public void It_does_not_matter_in_which_order_layers_are_joined() => Check.One(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(
        Gen.Three(Layer).ToArbitrary(), layers =>
        {
            var (a, b, c) = (Parse(layers.Item1), Parse(layers.Item2), Parse(layers.Item3));
            return Outcome(() => a.WithFallback(b).WithFallback(c)) == Outcome(() => a.WithFallback(b.WithFallback(c)));
        }));

    [Fact]
    public void Nothing_below_or_above_changes_nothing() => Check.QuickThrowOnFailure(Prop.ForAll(Fields(2).ToArbitrary(), text =>
    {
        var config = Parse(text);
        return config.WithFallback(Config.Empty).ToString() == config.ToString()
            && Config.Empty.WithFallback(config).ToString() == config.ToString();
    }));

    [Fact]
    public void Any_text_parses_or_fails_with_a_place() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.ArrayOf(Gen.Elements("a", "=", "{", "}", "[", "]", "\"", "${", "?", ",", "\n", " ", "+=", "#", "include", "1", ".", "\\")).Select(string.Concat).ToArbitrary(),
        text =>
        {
            try
            {
                return Parse(text).ToString() is not null;
            }
            catch (ConfigurationException e)
            {
                return e.Message.StartsWith("hocon:", StringComparison.Ordinal);
            }
        }));

    private static Config Parse(string text) => ConfigurationFactory.ParseString(text);

    private static bool Same(Config a, Config b) => Flat(a.Root.GetObject().Unwrapped) == Flat(b.Root.GetObject().Unwrapped);

    private static string Flat(object? value) => value switch
    {
        null => "null",
        IDictionary<string, object> map => "{" + string.Join(",", map.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => e.Key + "=" + Flat(e.Value))) + "}",
        IEnumerable<object?> list => "[" + string.Join(",", list.Select(Flat)) + "]",
        _ => "'" + value + "'",
    };

    private static string Outcome(Func<Config> make)
    {
        try
        {
            return Flat(make().Root.GetObject().Unwrapped);
        }
        catch (ConfigurationException)
        {
            return "error";
        }
    }

    private static string Quote(string text) => System.Text.Json.JsonSerializer.Serialize(text);
}
