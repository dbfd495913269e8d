using System.Globalization;

namespace AkkaKube.Api.Tables;

/// <summary>A duration as people read it: two units at most, and only where the larger one is small (apimachinery: duration.HumanDuration).</summary>
public static class HumanDuration
{
    /// <summary>How long ago a time was, or <c>&lt;unknown&gt;</c>.</summary>
    public static string Since(DateTimeOffset? time, DateTimeOffset now) => time is { } known ? Of(now - known) : "<unknown>";

    /// <summary>E.g. <c>90s</c>, <c>5m12s</c>, <c>3h</c>, <c>2d4h</c>, <c>3y17d</c>.</summary>
    public static string Of(TimeSpan duration)
    {
        var seconds = (long)duration.TotalSeconds;
        if (seconds < -1) return "<invalid>";
        if (seconds < 0) return "0s";
        if (seconds < 120) return One(seconds, 's');
        var minutes = seconds / 60;
        if (minutes < 10) return Two(minutes, 'm', seconds % 60, 's');
        if (minutes < 180) return One(minutes, 'm');
        var hours = minutes / 60;
        if (hours < 8) return Two(hours, 'h', minutes % 60, 'm');
        if (hours < 48) return One(hours, 'h');
        var days = hours / 24;
        if (hours < 192) return Two(days, 'd', hours % 24, 'h');
        if (days < 730) return One(days, 'd');
        return days < 2920 ? Two(days / 365, 'y', days % 365, 'd') : One(days / 365, 'y');
    }

    private static string One(long amount, char unit) => string.Create(CultureInfo.InvariantCulture, $"{amount}{unit}");

    private static string Two(long first, char unit, long second, char smaller) => second == 0 ? One(first, unit) : One(first, unit) + One(second, smaller);
}
