using System.Globalization;
using System.Text.RegularExpressions;

namespace AkkaKube.Runtime;

/// <summary>How long something takes: a duration that is drawn anew each time.</summary>
public abstract partial record Distribution
{
    private Distribution()
    {
    }

    /// <summary>Reads <c>fixed(1s)</c>, <c>uniform(200ms, 1s)</c>, <c>exponential(500ms)</c> or a plain duration.</summary>
    /// <exception cref="FormatException">It is none of these.</exception>
    public static Distribution Parse(string text)
    {
        var match = Form().Match(text);
        if (!match.Success) return new Fixed(DurationOf(text));
        var arguments = match.Groups["arguments"].Value.Split(',', StringSplitOptions.TrimEntries).Select(DurationOf).ToList();
        return (match.Groups["name"].Value, arguments) switch
        {
            ("fixed", [var value]) => new Fixed(value),
            ("uniform", [var least, var most]) when least <= most => new Uniform(least, most),
            ("exponential", [var mean]) => new Exponential(mean),
            _ => throw new FormatException($"'{text}' is no distribution of durations: fixed(d), uniform(d, d) or exponential(d)"),
        };
    }

    /// <summary>Draws a duration.</summary>
    public abstract TimeSpan Sample(Random random);

    private static TimeSpan DurationOf(string text)
    {
        var match = DurationForm().Match(text.Trim());
        if (!match.Success) throw new FormatException($"'{text}' is no duration, such as 200ms, 1.5s or 2m");
        var number = double.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
        return match.Groups["unit"].Value switch
        {
            "us" => TimeSpan.FromMicroseconds(number),
            "" or "ms" => TimeSpan.FromMilliseconds(number),
            "s" => TimeSpan.FromSeconds(number),
            "m" => TimeSpan.FromMinutes(number),
            _ => TimeSpan.FromHours(number),
        };
    }

    [GeneratedRegex(@"^\s*(?<name>[a-z]+)\s*\((?<arguments>[^)]*)\)\s*$")]
    private static partial Regex Form();

    [GeneratedRegex(@"^(?<number>\d+(\.\d+)?)\s*(?<unit>us|ms|s|m|h)?$")]
    private static partial Regex DurationForm();

    /// <summary>Always the same.</summary>
    public sealed record Fixed(TimeSpan Value) : Distribution
    {
        /// <inheritdoc/>
        public override TimeSpan Sample(Random random) => Value;
    }

    /// <summary>Anything between two durations, all equally likely.</summary>
    public sealed record Uniform(TimeSpan Least, TimeSpan Most) : Distribution
    {
        /// <inheritdoc/>
        public override TimeSpan Sample(Random random) => Least + ((Most - Least) * random.NextDouble());
    }

    /// <summary>Mostly short, now and then long.</summary>
    public sealed record Exponential(TimeSpan Mean) : Distribution
    {
        /// <inheritdoc/>
        public override TimeSpan Sample(Random random) => Mean * -Math.Log(1 - random.NextDouble());
    }
}
