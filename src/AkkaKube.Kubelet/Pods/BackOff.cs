using System.Globalization;

namespace AkkaKube.Kubelet.Pods;

/// <summary>
/// A delay that doubles with each failure from <see cref="BackOffSettings.Initial"/> up to <see cref="BackOffSettings.Max"/>, and
/// starts over when nothing failed for twice the maximum. The first failure costs nothing: only the second one waits.
/// </summary>
/// <param name="Delay">The delay in force; null before the first failure.</param>
/// <param name="Updated">When it last grew.</param>
internal readonly record struct BackOff(TimeSpan? Delay, DateTimeOffset Updated)
{
    /// <summary>When a start is allowed again after a failure at <paramref name="failed"/>.</summary>
    public DateTimeOffset NotBefore(DateTimeOffset failed, BackOffSettings settings) =>
        Delay is { } delay && !Expired(failed, settings) ? failed + delay : failed;

    /// <summary>The state after one more start because of a failure at <paramref name="failed"/>.</summary>
    public BackOff Next(DateTimeOffset failed, DateTimeOffset now, BackOffSettings settings) =>
        Delay is { } delay && !Expired(failed, settings)
            ? new BackOff(delay * 2 < settings.Max ? delay * 2 : settings.Max, now)
            : new BackOff(settings.Initial, now);

    /// <summary>The state after so many starts, the last of them then.</summary>
    public static BackOff AfterRestarts(int restarts, DateTimeOffset updated, BackOffSettings settings)
    {
        var delay = settings.Initial;
        for (var i = 1; i < restarts && delay < settings.Max; i++) delay *= 2;
        return new BackOff(delay < settings.Max ? delay : settings.Max, updated);
    }

    private bool Expired(DateTimeOffset failed, BackOffSettings settings) => failed - Updated > settings.Max * 2;
}

/// <summary>The bounds of a back-off.</summary>
internal sealed record BackOffSettings(TimeSpan Initial, TimeSpan Max);

/// <summary>Durations as Kubernetes prints them in messages, e.g. 10s, 1m20s, 1.5s, 312ms.</summary>
internal static class GoDuration
{
    public static string Text(TimeSpan duration)
    {
        if (duration < TimeSpan.FromSeconds(1))
            return duration == TimeSpan.Zero ? "0s" : string.Create(CultureInfo.InvariantCulture, $"{Math.Round(duration.TotalMilliseconds, 3)}ms");
        var text = duration.TotalHours >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{(long)duration.TotalHours}h") : "";
        if (duration.TotalMinutes >= 1) text += string.Create(CultureInfo.InvariantCulture, $"{duration.Minutes}m");
        var seconds = duration.Seconds + (duration.Milliseconds / 1000m);
        return text + seconds.ToString("0.###", CultureInfo.InvariantCulture) + "s";
    }
}
