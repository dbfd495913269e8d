using System.Collections.Frozen;

namespace AkkaKube.Wire;

/// <summary>All that may cross a host boundary: the tables of all components in one.</summary>
public sealed class WireNames
{
    private readonly FrozenDictionary<string, RecordCodec> _byName;
    private readonly FrozenDictionary<Type, (string Name, RecordCodec Codec)> _byType;

    /// <summary>Joins the tables.</summary>
    /// <exception cref="WireException">Two types have one name, or one type two.</exception>
    public WireNames(params IEnumerable<WireManifest> manifests)
    {
        var byName = new Dictionary<string, RecordCodec>(StringComparer.Ordinal);
        var byType = new Dictionary<Type, (string, RecordCodec)>();
        foreach (var (name, type) in manifests.SelectMany(manifest => manifest))
        {
            var codec = RecordCodec.Of(type);
            if (!byName.TryAdd(name, codec)) throw new WireException($"{name} is declared twice: as {byName[name].Type} and as {type}");
            if (!byType.TryAdd(type, (name, codec))) throw new WireException($"{type} has two names on the wire: {byType[type].Item1} and {name}");
        }
        _byName = byName.ToFrozenDictionary(StringComparer.Ordinal);
        _byType = byType.ToFrozenDictionary();
    }

    /// <summary>Every declared type.</summary>
    public IEnumerable<Type> Types => _byType.Keys;

    /// <summary>The name of a type on the wire; null where it has none.</summary>
    public string? NameOf(Type type) => _byType.TryGetValue(type, out var known) ? known.Name : null;

    internal (string Name, RecordCodec Codec)? Find(Type type) => _byType.TryGetValue(type, out var known) ? known : null;

    internal RecordCodec? Find(string name) => _byName.GetValueOrDefault(name);
}
