using System.Globalization;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;

namespace AkkaKube.Client.Events;

/// <summary>Keeps events from flooding the API server (Kubernetes: EventCorrelator of the legacy recorder).</summary>
/// <remarks>
/// The same event again counts up the one there is. More than ten messages of the same reason about the same object within ten minutes
/// become one combined event. About one object, a source may report 25 events at once and one every five minutes from then on.
/// </remarks>
/// <param name="remembered">How many events it remembers; a component of which there are thousands remembers less.</param>
public sealed class EventCorrelator(int remembered = EventCorrelator.Remembered)
{
    /// <summary>How many events a recorder remembers that is not told otherwise.</summary>
    public const int Remembered = 4096;

    private const int MaxSimilar = 10;
    private const double Burst = 25;
    private static readonly TimeSpan SimilarWithin = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Refill = TimeSpan.FromMinutes(5);
    private readonly LruCache<Kin, Similar> _similar = new(remembered);
    private readonly LruCache<(Kin Kin, string Message), Seen> _seen = new(remembered);
    private readonly LruCache<Kin, Bucket> _buckets = new(remembered);
    private long _lastName;

    /// <summary>What to write for a new event: nothing (null), a new event (Count 1), or the same name with a higher count.</summary>
    public Event? Correlate(Event e, DateTimeOffset now)
    {
        var kin = new Kin(e.Source, e.InvolvedObject with { ResourceVersion = null }, e.Type, e.Reason);
        (e, var key) = Aggregate(e, kin, now);
        e = Count(e, key);
        return IsSpam(new Kin(e.Source, e.InvolvedObject with { ResourceVersion = null, FieldPath = null }, null, null), now) ? null : e;
    }

    /// <summary>The name of a new event about <paramref name="name"/>: the time in hexadecimal behind it, never the same twice.</summary>
    public string NewName(string name, DateTimeOffset now)
    {
        var nanos = (now - DateTimeOffset.UnixEpoch).Ticks * 100;
        _lastName = Math.Max(_lastName + 1, nanos);
        return string.Create(CultureInfo.InvariantCulture, $"{name}.{_lastName:x}");
    }

    private (Event Event, (Kin, string) Key) Aggregate(Event e, Kin kin, DateTimeOffset now)
    {
        var message = e.Message ?? "";
        if (!_similar.TryGet(kin, out var similar) || now - similar.Last > SimilarWithin) similar = new Similar(message, null, now);
        // Most events have one message alone: a set is made for the second.
        var isNew = message != similar.First && (similar.More ?? []).Add(message);
        if (isNew && similar.More is null) similar = similar with { More = [message] };
        _similar.Set(kin, similar with { Last = now });
        if (1 + (similar.More?.Count ?? 0) < MaxSimilar) return (e, (kin, message));
        similar.More!.Remove(isNew ? message : similar.More.First());
        return (
            new Event
            {
                Metadata = new ObjectMeta { Name = NewName(e.InvolvedObject.Name ?? "", now), Namespace = e.Metadata.Namespace },
                InvolvedObject = e.InvolvedObject,
                Reason = e.Reason,
                Message = "(combined from similar events): " + message,
                Source = e.Source,
                FirstTimestamp = e.FirstTimestamp,
                LastTimestamp = e.LastTimestamp,
                Count = 1,
                Type = e.Type,
            },
            (kin, ""));
    }

    private Event Count(Event e, (Kin, string) key)
    {
        if (_seen.TryGet(key, out var seen))
            e = e with { Metadata = e.Metadata with { Name = seen.Name }, FirstTimestamp = seen.First, Count = seen.Count + 1 };
        _seen.Set(key, new Seen(e.Metadata.Name ?? "", e.FirstTimestamp, e.Count));
        return e;
    }

    private bool IsSpam(Kin kin, DateTimeOffset now)
    {
        var tokens = _buckets.TryGet(kin, out var bucket) ? Math.Min(Burst, bucket.Tokens + ((now - bucket.At) / Refill)) : Burst;
        var isSpam = tokens < 1;
        _buckets.Set(kin, new Bucket(isSpam ? tokens : tokens - 1, now));
        return isSpam;
    }

    private sealed record Kin(EventSource Source, ObjectReference Object, string? Type, string? Reason);

    private sealed record Similar(string First, HashSet<string>? More, DateTimeOffset Last);

    private sealed record Seen(string Name, DateTimeOffset? First, int Count);

    private sealed record Bucket(double Tokens, DateTimeOffset At);
}
