using System.Collections.Immutable;

namespace AkkaKube.Chaos.Owners;

/// <summary>What runs on one host, as it listed its actors.</summary>
/// <param name="Entities">Each thing that there has to be once, by its name, e.g. <c>kubelet/node-7</c>, with the paths of the actors that are it.</param>
/// <param name="Expected">The etcd shards that this host knows to be somewhere.</param>
public sealed record Inventory(ImmutableDictionary<string, ImmutableArray<string>> Entities, ImmutableHashSet<string> Expected)
{
    /// <summary>Each on one host, below the manager of its name.</summary>
    public static readonly ImmutableArray<string> Singletons = ["scheduler", "controllers", "nodes", "service-writer"];

    /// <summary>Reads the paths of the actors of a host.</summary>
    public static Inventory Of(IEnumerable<string> paths)
    {
        var entities = new List<(string Name, string Path)>();
        var expected = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            switch (path.Split('/', StringSplitOptions.RemoveEmptyEntries))
            {
                case ["system", "sharding", var type, _, var entity]:
                    entities.Add(($"{type}/{entity}", path));
                    break;
                case ["user", var manager, var singleton] when manager == singleton && Singletons.Contains(singleton):
                    entities.Add(($"singleton/{singleton}", path));
                    break;
                case ["user", "etcd", var resource]:
                    expected.Add($"etcd/{resource}");
                    break;
            }
        }
        return new Inventory(entities.GroupBy(e => e.Name, StringComparer.Ordinal).ToImmutableDictionary(g => g.Key, g => g.Select(e => e.Path).ToImmutableArray(), StringComparer.Ordinal), expected.ToImmutable());
    }
}
