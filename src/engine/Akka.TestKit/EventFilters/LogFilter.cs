using Akka.Actor;
using Akka.Event;

namespace Akka.TestKit;

/// <summary>What a filter looks for, and how often it found it.</summary>
internal sealed class LogFilter(string description, Predicate<LogEvent> matches)
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public bool Apply(LogEvent logEvent)
    {
        if (!matches(logEvent)) return false;
        Interlocked.Increment(ref _count);
        return true;
    }

    public void Restart() => Volatile.Write(ref _count, 0);

    public override string ToString() => description;

    /// <summary>A source can be given in full or as the path without its address.</summary>
    public static bool IsSource(string? expected, LogEvent logEvent) =>
        expected is null || logEvent.LogSource == expected
        || (ActorPath.TryParse(logEvent.LogSource, out var path) && path!.ToStringWithoutAddress() == expected);
}

/// <summary>To the <see cref="TestEventListener"/>: print no events that the filters match.</summary>
internal sealed record MuteEvents(IReadOnlyCollection<LogFilter> Filters);

/// <summary>To the <see cref="TestEventListener"/>: print them again.</summary>
internal sealed record UnmuteEvents(IReadOnlyCollection<LogFilter> Filters);
