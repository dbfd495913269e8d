using System.Globalization;
using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Client.Tracing;
using AkkaKube.Console.Documents;

namespace AkkaKube.Console.Tracing;

/// <summary>A span of a flow as consoles tell it to each other: every name in words.</summary>
internal sealed record ToldSpan(string Host, string Trace, string Id, string Parent, string Message, string Object, string From, string To, DateTimeOffset At, TimeSpan Took, long Revision, string Note)
{
    public static readonly ValueList<string> Columns = ["TRACE", "SPAN", "PARENT", "MESSAGE", "OBJECT", "FROM", "TO", "AT", "TOOK", "REVISION", "NOTE"];

    public static string Name(GroupVersionResource resource, ObjectKey key) => $"{resource.GroupResource}/{key}";

    public static ValueList<Cell> Row(FlowSpan span) =>
    [
        span.Context.TraceId.ToString("x32", CultureInfo.InvariantCulture),
        span.Context.SpanId.ToString("x16", CultureInfo.InvariantCulture),
        span.Parent.ToString("x16", CultureInfo.InvariantCulture),
        span.Message,
        Name(span.Resource, span.Key),
        NameOf(span.From) ?? span.User ?? "",
        NameOf(span.To) ?? "",
        span.At.UtcTicks,
        span.Took.Ticks,
        span.Revision,
        span.Note,
    ];

    public static ToldSpan Of(string host, ValueList<Cell> row) => new(
        host, Text(row, 0), Text(row, 1), Text(row, 2), Text(row, 3), Text(row, 4), Text(row, 5), Text(row, 6),
        new DateTimeOffset(Number(row, 7), TimeSpan.Zero), TimeSpan.FromTicks(Number(row, 8)), Number(row, 9), Text(row, 10));

    private static string Text(ValueList<Cell> row, int column) => row[column].Text ?? "";

    private static long Number(ValueList<Cell> row, int column) => long.TryParse(row[column].Text, CultureInfo.InvariantCulture, out var number) ? number : 0;

    // Whoever waits for an answer outside of the actors has a name of the moment only.
    private static string? NameOf(IActorRef? actor) => actor is null || actor.Path.Elements is ["temp", ..] ? null : actor.Path.ToStringWithoutAddress();
}
