using System.Globalization;

namespace Akka.Configuration.Hocon;

/// <summary>Numbers with a unit: durations and sizes.</summary>
internal static class Quantity
{
    public static bool TryDuration(string text, out TimeSpan span)
    {
        span = default;
        if (!TrySplit(text, out var number, out var unit)) return false;
        // In ticks of 100 ns.
        decimal? ticks = unit switch
        {
            "ns" or "nano" or "nanos" or "nanosecond" or "nanoseconds" => 0.01m,
            "us" or "µs" or "micro" or "micros" or "microsecond" or "microseconds" => 10m,
            "" or "ms" or "milli" or "millis" or "millisecond" or "milliseconds" => TimeSpan.TicksPerMillisecond,
            "s" or "second" or "seconds" => TimeSpan.TicksPerSecond,
            "m" or "minute" or "minutes" => TimeSpan.TicksPerMinute,
            "h" or "hour" or "hours" => TimeSpan.TicksPerHour,
            "d" or "day" or "days" => TimeSpan.TicksPerDay,
            _ => null,
        };
        if (ticks is null || !TryScale(number, ticks.Value, out var total)) return false;
        span = TimeSpan.FromTicks(total);
        return true;
    }

    public static bool TryBytes(string text, out long bytes)
    {
        bytes = 0;
        if (!TrySplit(text, out var number, out var unit)) return false;
        decimal? size = unit switch
        {
            "" or "B" or "b" or "byte" or "bytes" => 1m,
            "kB" or "kilobyte" or "kilobytes" => 1e3m,
            "MB" or "megabyte" or "megabytes" => 1e6m,
            "GB" or "gigabyte" or "gigabytes" => 1e9m,
            "TB" or "terabyte" or "terabytes" => 1e12m,
            "PB" or "petabyte" or "petabytes" => 1e15m,
            "EB" or "exabyte" or "exabytes" => 1e18m,
            "K" or "k" or "Ki" or "KiB" or "kibibyte" or "kibibytes" => 1L << 10,
            "M" or "m" or "Mi" or "MiB" or "mebibyte" or "mebibytes" => 1L << 20,
            "G" or "g" or "Gi" or "GiB" or "gibibyte" or "gibibytes" => 1L << 30,
            "T" or "t" or "Ti" or "TiB" or "tebibyte" or "tebibytes" => 1L << 40,
            "P" or "p" or "Pi" or "PiB" or "pebibyte" or "pebibytes" => 1L << 50,
            "E" or "e" or "Ei" or "EiB" or "exbibyte" or "exbibytes" => 1L << 60,
            _ => null,
        };
        return size is not null && TryScale(number, size.Value, out bytes);
    }

    private static bool TrySplit(string text, out decimal number, out string unit)
    {
        text = text.Trim();
        var end = 0;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] is '.' or '-' or '+')) end++;
        unit = text[end..].Trim();
        return decimal.TryParse(text.AsSpan(0, end), NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }

    private static bool TryScale(decimal number, decimal unit, out long total)
    {
        total = 0;
        if (Math.Abs(number) > long.MaxValue / unit) return false;
        total = (long)(number * unit);
        return true;
    }
}
