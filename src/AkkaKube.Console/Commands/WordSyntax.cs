using System.Globalization;
using Akka.Event;

namespace AkkaKube.Console.Commands;

/// <summary>How words of each kind are written.</summary>
public static class WordSyntax
{
    private static readonly (string Unit, TimeSpan Length)[] Units =
        [("ms", TimeSpan.FromMilliseconds(1)), ("s", TimeSpan.FromSeconds(1)), ("m", TimeSpan.FromMinutes(1)), ("h", TimeSpan.FromHours(1))];

    /// <summary>What is wrong with a word of this kind; null: nothing.</summary>
    public static string? Fault(ArgumentKind kind, string word) => kind switch
    {
        _ when word.Length == 0 => "is empty",
        ArgumentKind.Number when !int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out _) => "is no whole number from 0 to 2147483647",
        ArgumentKind.Duration when !TryDuration(word, out _) => "is no duration such as 200ms, 10s or 2m",
        ArgumentKind.Percent when !TryPercent(word, out _) => "is no share such as 5% (0% to 100%)",
        ArgumentKind.Level when !TryLevel(word, out _) => "is none of debug, info, warning, error",
        ArgumentKind.Path when word[0] != '/' => "is no path of an actor such as /user/scheduler",
        ArgumentKind.Object when !TryObject(word, out _, out _, out _) => "is no object such as pod/web or default/pod/web",
        _ => null,
    };

    /// <summary>Reads a duration; more than a day is none.</summary>
    public static bool TryDuration(string word, out TimeSpan duration)
    {
        duration = default;
        foreach (var (unit, length) in Units)
        {
            if (!word.EndsWith(unit, StringComparison.Ordinal) || !double.TryParse(word[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)) continue;
            var seconds = count * length.TotalSeconds;
            if (seconds > TimeSpan.FromDays(1).TotalSeconds) return false;
            duration = TimeSpan.FromSeconds(seconds);
            return true;
        }

        return false;
    }

    /// <summary>Reads a share; it is between 0 and 1.</summary>
    public static bool TryPercent(string word, out double share)
    {
        share = 0;
        if (!word.EndsWith('%') || !double.TryParse(word[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) || percent > 100) return false;
        share = percent / 100;
        return true;
    }

    /// <summary>Reads a log level.</summary>
    public static bool TryLevel(string word, out LogLevel level)
    {
        LogLevel? found = word.ToUpperInvariant() switch
        {
            "DEBUG" => LogLevel.DebugLevel,
            "INFO" => LogLevel.InfoLevel,
            "WARNING" or "WARN" => LogLevel.WarningLevel,
            "ERROR" => LogLevel.ErrorLevel,
            _ => null,
        };
        level = found ?? default;
        return found is not null;
    }

    /// <summary>Reads KIND/NAME or NAMESPACE/KIND/NAME.</summary>
    public static bool TryObject(string word, out string ns, out string kind, out string name)
    {
        var parts = word.Split('/');
        (ns, kind, name) = parts switch
        {
            [var k, var n] => ("default", k, n),
            [var s, var k, var n] => (s, k, n),
            _ => ("", "", ""),
        };
        return ns.Length > 0 && kind.Length > 0 && name.Length > 0;
    }

    /// <summary>A duration as it is written.</summary>
    public static string Write(TimeSpan duration) => duration < TimeSpan.FromSeconds(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds:0.###}ms")
        : string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.###}s");
}
