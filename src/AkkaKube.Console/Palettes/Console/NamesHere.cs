using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;

namespace AkkaKube.Console.Palettes.Console;

/// <summary>Finds which of a part's actors this host has, by the place in the part's path where the name stands.</summary>
internal sealed class NamesHere : LocatingCommand
{
    private readonly int _place;

    public NamesHere(Invocation call)
        : base(call, Pattern(call).Replace("{0}", "*", StringComparison.Ordinal)) =>
        _place = Array.IndexOf(Pattern(call).Split('/', StringSplitOptions.RemoveEmptyEntries), "{0}");

    public static Props Props(Invocation call) => Akka.Actor.Props.Create(() => new NamesHere(call));

    protected override void OnFound(IReadOnlyList<ActorRefWithCell> actors)
    {
        var names = _place < 0 ? [] : actors.Select(a => a.Path.Elements[_place]).Distinct(StringComparer.Ordinal);
        End(new Document.Table(NamesOfKind.Columns, [.. names.Select(n => (ValueList<Cell>)[n])]));
    }

    protected override void OnNothing() => End(new Document.Table(NamesOfKind.Columns, []));

    private static string Pattern(Invocation call) => call.Services.Parts.Paths.GetValueOrDefault(call["KIND"], "/none");
}
