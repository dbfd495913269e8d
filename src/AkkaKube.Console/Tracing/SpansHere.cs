using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Client.Tracing;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;

namespace AkkaKube.Console.Tracing;

/// <summary>The spans of this host that are about some objects.</summary>
internal sealed class SpansHere : CommandActor
{
    /// <summary>So many objects can be asked for: an object and its owners.</summary>
    public const int MostObjects = 6;

    public SpansHere(Invocation call)
        : base(call)
    {
        var objects = Enumerable.Range(1, MostObjects).Select(i => call.Find($"OBJECT{i}")).OfType<string>().ToHashSet(StringComparer.Ordinal);
        End(new Document.Table(ToldSpan.Columns, [.. FlowLog.Of(Context.System).From(0).Where(s => objects.Contains(ToldSpan.Name(s.Resource, s.Key))).Select(ToldSpan.Row)]));
    }

    public static ConsoleCommand Declaration { get; } = new("console", "spans", "the messages of flows about objects on this host", call => Akka.Actor.Props.Create(() => new SpansHere(call)))
    {
        Arguments = [.. Enumerable.Range(1, MostObjects).Select(i => new Argument($"OBJECT{i}", ArgumentKind.Word) { IsOptional = i > 1 })],
        IsInternal = true,
    };
}
