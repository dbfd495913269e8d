using System.Collections.Immutable;

namespace AkkaKube.Chaos.Owners;

/// <summary>
/// What the members of a cluster listed, one round after the other. All of a round ended before the next one began; so what two hosts list in both rounds,
/// they had at the same moment between them.
/// </summary>
/// <param name="First">By host.</param>
/// <param name="Second">Of the same hosts.</param>
public sealed record ExactlyOnce(IReadOnlyDictionary<string, Inventory> First, IReadOnlyDictionary<string, Inventory> Second)
{
    /// <summary>What runs nowhere of what there has to be.</summary>
    public IReadOnlyList<string> Missing(int nodes)
    {
        var expected = Enumerable.Range(1, nodes).Select(node => $"kubelet/node-{node}")
            .Concat(Inventory.Singletons.Select(name => $"singleton/{name}"))
            .Concat(Second.Values.SelectMany(host => host.Expected)).ToImmutableHashSet(StringComparer.Ordinal);
        return [.. expected.Except(Second.Values.SelectMany(host => host.Entities.Keys)).Order(StringComparer.Ordinal)];
    }

    /// <summary>What ran more than once at the same moment, and where.</summary>
    public IReadOnlyList<string> Twice() =>
    [
        .. from host in First
           from entity in host.Value.Entities
           from path in entity.Value
           where Second[host.Key].Entities.TryGetValue(entity.Key, out var still) && still.Contains(path)
           group host.Key + path by entity.Key into places
           where places.Count() > 1
           orderby places.Key
           select $"{places.Key} ran at {string.Join(" and ", places.Order(StringComparer.Ordinal))} at the same moment",
    ];
}
