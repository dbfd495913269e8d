using System.Globalization;

namespace AkkaKube.Runtime.Applets;

/// <summary>sleep and usleep</summary>
internal static class Sleep
{
    public static async Routine<int> Run(Process process, IReadOnlyList<string> arguments)
    {
        if (arguments.Count < 2)
        {
            await process.Error("BusyBox v1.37.0 multi-call binary.\n\nUsage: sleep [N]...");
            return 1;
        }

        var total = TimeSpan.Zero;
        foreach (var argument in arguments.Skip(1))
        {
            if (DurationOf(argument) is not { } duration) return await process.Fail(arguments[0], $"invalid number '{argument}'");
            total = total > TimeSpan.FromDays(36_500) - duration ? TimeSpan.MaxValue : total + duration;
        }

        if (FileSystem.NameOf(arguments[0]) == "usleep") total /= 1_000_000;
        if (total > TimeSpan.FromMinutes(1)) process.Settle();
        await process.Sleep(total);
        return 0;
    }

    /// <summary>A number with an optional unit, in seconds without; <c>inf</c> is for ever.</summary>
    public static TimeSpan? DurationOf(string text)
    {
        if (text is "inf" or "infinity") return TimeSpan.FromDays(36_500) + TimeSpan.FromTicks(1);
        var unit = text.Length > 0 ? text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, _ => 0 } : 0;
        var number = unit == 0 ? text : text[..^1];
        return double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            ? TimeSpan.FromSeconds(Math.Min(value * Math.Max(unit, 1), 36_500d * 86_400))
            : null;
    }
}
