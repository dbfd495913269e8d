using System.Globalization;
using AkkaKube.Api;
using AkkaKube.Client.Tracing;
using AkkaKube.Console.Documents;

namespace AkkaKube.Console.Tracing;

/// <summary>How an object came about: its own messages and all that led to them, in order.</summary>
internal static class FlowStory
{
    public static readonly ValueList<string> Columns = ["AT", "MESSAGE", "OBJECT", "FROM", "TO", "TOOK", "REVISION", "HOST", "NOTE"];

    /// <summary>The story of an object, told from the spans of all hosts.</summary>
    public static Document.Table Of(string target, IReadOnlyList<ToldSpan> spans)
    {
        var byId = new Dictionary<string, ToldSpan>(StringComparer.Ordinal);
        foreach (var span in spans) byId[span.Id] = span;
        var told = new HashSet<ToldSpan>();
        foreach (var span in byId.Values.Where(s => s.Object == target))
            for (var step = span; step is not null && told.Add(step); step = byId.GetValueOrDefault(step.Parent)) { }

        // Between a change and what somebody did about it lies the message that told him of it.
        var heard = told
            .Where(s => s.Message is not (FlowMessages.Put or FlowMessages.Delete or FlowMessages.Changes))
            .Select(s => (Request: s, Cause: byId.GetValueOrDefault(s.Parent)))
            .Where(p => p.Cause is { Message: FlowMessages.Changes })
            .Select(p => p.Cause! with { Message = FlowMessages.WatchEvents, From = p.Cause!.To, To = p.Request.From, Took = p.Request.At - p.Cause.At, Id = "" })
            .DistinctBy(s => (s.Object, s.Revision, s.To));
        var all = told.Concat(heard).OrderBy(s => s.At).ThenBy(Rank).ToList();
        return new Document.Table(Columns, [.. all.Select(s => Row(s, s.At - all[0].At))]);
    }

    // What happened in the same moment, in the order of cause and effect.
    private static int Rank(ToldSpan span) => span.Message switch
    {
        FlowMessages.Changes => 2,
        FlowMessages.WatchEvents => 3,
        FlowMessages.Put or FlowMessages.Delete => 1,
        _ => 0,
    };

    private static ValueList<Cell> Row(ToldSpan span, TimeSpan since) =>
    [
        string.Create(CultureInfo.InvariantCulture, $"+{since.TotalMilliseconds:0.000}ms"),
        span.Message,
        span.Object,
        span.From,
        span.To,
        span.Took > TimeSpan.Zero ? string.Create(CultureInfo.InvariantCulture, $"{span.Took.TotalMilliseconds:0.000}ms") : "",
        span.Revision,
        span.Host,
        span.Note,
    ];
}
