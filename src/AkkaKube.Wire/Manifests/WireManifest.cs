using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace AkkaKube.Wire;

/// <summary>
/// The messages of a component that may cross a host boundary, by the names that they have on the wire: data, one line a message. A name stays
/// when its type moves or is renamed. <c>new WireManifest("etcd") { ["put"] = typeof(EtcdShard.Put) }</c> declares <c>etcd.put</c>.
/// </summary>
/// <param name="component">The first part of every name.</param>
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "It is a table of names, not a dictionary to be handed around.")]
public sealed class WireManifest(string component) : IEnumerable<KeyValuePair<string, Type>>
{
    private readonly SortedDictionary<string, Type> _types = new(StringComparer.Ordinal);

    /// <summary>The first part of every name.</summary>
    public string Component { get; } = component;

    /// <summary>The component's messages that never leave their host, each with the reason.</summary>
    public IReadOnlyDictionary<Type, string> StaysHere { get; init; } = new Dictionary<Type, string>();

    /// <summary>Declares a message, or a case of what a message holds.</summary>
    /// <param name="name">Without the component.</param>
    public Type this[string name]
    {
        get => _types[$"{Component}.{name}"];
        set => _types.Add($"{Component}.{name}", value);
    }

    /// <summary>Full name and type of every message.</summary>
    public IEnumerator<KeyValuePair<string, Type>> GetEnumerator() => _types.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
