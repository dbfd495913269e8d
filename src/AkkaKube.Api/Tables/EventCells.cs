using AkkaKube.Api.Core.V1;

namespace AkkaKube.Api.Tables;

/// <summary>The cells of events, old and new in style.</summary>
internal static class EventCells
{
    public static string FirstSeen(Event e, DateTimeOffset now) => HumanDuration.Since(e.FirstTimestamp ?? e.EventTime, now);

    public static string LastSeen(Event e, DateTimeOffset now) =>
        e.Series is { } series ? HumanDuration.Since(series.LastObservedTime, now) : e.LastTimestamp is { } last ? HumanDuration.Since(last, now) : FirstSeen(e, now);

    // A series counts the repetitions of an event that was there before it.
    public static long Count(Event e) => e.Series is { } series ? series.Count + 1 : Math.Max(1, e.Count);

    public static string Target(Event e)
    {
        var kind = (e.InvolvedObject.Kind ?? "").ToLowerInvariant();
        return e.InvolvedObject.Name is { Length: > 0 } name ? $"{kind}/{name}" : kind;
    }

    public static string Source(Event e)
    {
        var component = e.Source.Component ?? e.ReportingComponent ?? "";
        var instance = e.Source.Host ?? e.ReportingInstance ?? "";
        return instance.Length == 0 ? component : $"{component}, {instance}";
    }
}
