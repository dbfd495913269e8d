using System.Collections.Concurrent;
using Akka.Actor;
using AkkaKube.Api;

namespace AkkaKube.Client.Tracing;

/// <summary>
/// The last messages of all flows through this host, in a ring, and by which trace each of the last changes came about. Any actor writes, at the cost of one
/// place in an array; nobody waits for anybody.
/// </summary>
public sealed class FlowLog : IExtension
{
    private readonly FlowSpan?[] _ring;
    private readonly ConcurrentDictionary<(GroupVersionResource Resource, long Revision), TraceContext> _changes = [];
    private long _next;

    internal FlowLog(int length) => _ring = new FlowSpan?[length];

    /// <summary>Whether anything is kept: <c>akkakube.tracing.ring</c> is not 0.</summary>
    public bool IsOn => _ring.Length > 0;

    /// <summary>How many spans were written ever.</summary>
    public long Written => Interlocked.Read(ref _next);

    /// <summary>The log of <paramref name="system"/>.</summary>
    public static FlowLog Of(ActorSystem system) => system.WithExtension<FlowLog, FlowLogProvider>();

    /// <summary>Keeps a span; the oldest goes.</summary>
    public void Write(FlowSpan span)
    {
        if (!IsOn) return;
        var place = (Interlocked.Increment(ref _next) - 1) % _ring.Length;
        var old = Interlocked.Exchange(ref _ring[place], span);
        if (old is { Revision: > 0, Message: FlowMessages.Changes }) _changes.TryRemove((old.Resource, old.Revision), out _);
    }

    /// <summary>Keeps that a change has come here, for <see cref="TraceOf"/>.</summary>
    public void WriteChange(FlowSpan span)
    {
        if (!IsOn) return;
        _changes[(span.Resource, span.Revision)] = span.Context;
        Write(span);
    }

    /// <summary>The trace that brought a change about; null: it is not known here any more.</summary>
    public TraceContext? TraceOf(GroupVersionResource resource, long revision) => _changes.TryGetValue((resource, revision), out var trace) ? trace : null;

    /// <summary>What is kept of the spans from number <paramref name="first"/> on, in the order of their writing.</summary>
    public IReadOnlyList<FlowSpan> From(long first)
    {
        var end = Written;
        var spans = new List<FlowSpan>();
        for (var number = Math.Max(first, end - _ring.Length); number < end; number++)
            if (Volatile.Read(ref _ring[number % _ring.Length]) is { } span) spans.Add(span);
        return spans;
    }
}

/// <summary>Makes the <see cref="FlowLog"/> of an actor system from its settings.</summary>
public sealed class FlowLogProvider : ExtensionIdProvider<FlowLog>
{
    /// <inheritdoc />
    public override FlowLog CreateExtension(ExtendedActorSystem system) => new(Math.Max(0, system.Settings.Config.GetInt("akkakube.tracing.ring", 0)));
}

/// <summary>The names of messages that are no requests to the API server.</summary>
public static class FlowMessages
{
    /// <summary>From a worker of the API server to an etcd shard.</summary>
    public const string Put = "Put";

    /// <summary>The same, of the end of an object.</summary>
    public const string Delete = "Delete";

    /// <summary>From an etcd shard to the watch caches.</summary>
    public const string Changes = "Changes";

    /// <summary>From a watch cache to those who watch.</summary>
    public const string WatchEvents = "WatchEvents";
}
