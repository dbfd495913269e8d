using System.Globalization;
using System.Text;

namespace AkkaKube.Runtime.Applets;

/// <summary>date</summary>
internal static class Date
{
    public static async Routine<int> Run(Process process, IReadOnlyList<string> arguments)
    {
        var options = AppletOptions.Parse(arguments, "uRI::d:D:s:r:", "utc=u rfc-2822=R date=d iso-8601=I");
        if (options.Error is { } error) return await process.Fail(options.Name, error);
        var time = process.Kernel.Now.ToUniversalTime();
        if (options.Value('d') is { } given)
        {
            if (given.StartsWith('@') && double.TryParse(given[1..], CultureInfo.InvariantCulture, out var seconds)) time = DateTimeOffset.UnixEpoch.AddSeconds(seconds);
            else if (DateTimeOffset.TryParse(given, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var parsed)) time = parsed;
            else return await process.Fail(options.Name, $"invalid date '{given}'");
        }

        var format = options.Operands.Count > 0 && options.Operands[0].StartsWith('+') ? options.Operands[0][1..]
            : arguments.Contains("-R") ? "%a, %d %b %Y %H:%M:%S %z"
            : arguments.Contains("-Iseconds") ? "%Y-%m-%dT%H:%M:%S+00:00"
            : arguments.Contains("-I") ? "%Y-%m-%d"
            : "%a %b %e %H:%M:%S %Z %Y";
        await process.PrintLine(Format(format, time));
        return 0;
    }

    /// <summary>As strftime does.</summary>
    public static string Format(string format, DateTimeOffset time)
    {
        var result = new StringBuilder();
        var t = time.UtcDateTime;
        string Text(string f) => t.ToString(f, CultureInfo.InvariantCulture);
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length)
            {
                result.Append(format[i]);
                continue;
            }

            var plain = format[i + 1] == '-' && i + 2 < format.Length;
            if (plain) i++;
            var piece = format[++i] switch
            {
                'Y' => Text("yyyy"),
                'y' => Text("yy"),
                'm' => Text("MM"),
                'd' => Text("dd"),
                'H' => Text("HH"),
                'I' => Text("hh"),
                'M' => Text("mm"),
                'S' => Text("ss"),
                'e' => t.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2),
                'k' => t.Hour.ToString(CultureInfo.InvariantCulture).PadLeft(2),
                'a' => Text("ddd"),
                'A' => Text("dddd"),
                'b' or 'h' => Text("MMM"),
                'B' => Text("MMMM"),
                'p' => t.Hour < 12 ? "AM" : "PM",
                'F' => Text("yyyy-MM-dd"),
                'T' => Text("HH:mm:ss"),
                'R' => Text("HH:mm"),
                'D' => Text("MM/dd/yy"),
                'c' => Format("%a %b %e %H:%M:%S %Y", time),
                'x' => Text("MM/dd/yy"),
                'X' => Text("HH:mm:ss"),
                's' => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
                'N' => (t.Ticks % 10_000_000 * 100).ToString("D9", CultureInfo.InvariantCulture),
                'j' => t.DayOfYear.ToString("D3", CultureInfo.InvariantCulture),
                'u' => ((((int)t.DayOfWeek + 6) % 7) + 1).ToString(CultureInfo.InvariantCulture),
                'w' => ((int)t.DayOfWeek).ToString(CultureInfo.InvariantCulture),
                'Z' => "UTC",
                'z' => "+0000",
                'n' => "\n",
                't' => "\t",
                '%' => "%",
                var other => "%" + other,
            };
            result.Append(plain ? piece.TrimStart('0', ' ') is { Length: > 0 } trimmed ? trimmed : "0" : piece);
        }

        return result.ToString();
    }
}
