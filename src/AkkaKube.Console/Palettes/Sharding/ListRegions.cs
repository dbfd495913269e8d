using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;

namespace AkkaKube.Console.Palettes.Sharding;

/// <summary>How much of each type of entity every host has.</summary>
internal sealed class ListRegions : RegionQuestion
{
    public ListRegions(Invocation call)
        : base(call, call.Services.Hosts.EntityTypes(Context.System))
    {
    }

    public static Props Props(Invocation call) => Akka.Actor.Props.Create(() => new ListRegions(call));

    protected override Document Answer() => new Document.Table(
        ["TYPE", "HOST", "SHARDS", "ENTITIES"],
        [.. Shards().GroupBy(s => (s.Type, s.Host)).OrderBy(g => g.Key).Select(g => (ValueList<Cell>)[g.Key.Type, g.Key.Host, g.Count(), g.Sum(s => s.Entities)])]);
}
