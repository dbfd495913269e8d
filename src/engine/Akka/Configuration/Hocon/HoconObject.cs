namespace Akka.Configuration.Hocon;

/// <summary>Keys with their values.</summary>
public class HoconObject
{
    private readonly ObjectNode _node;
    private readonly string _path;

    internal HoconObject(ObjectNode node, string path)
    {
        _node = node;
        _path = path;
    }

    /// <summary>The values by key; a new dictionary each time.</summary>
    public Dictionary<string, HoconValue> Items => _node.Fields.ToDictionary(f => f.Key, f => Child(f.Key, f.Value));

    /// <summary>The content as dictionaries, lists and texts.</summary>
    public IDictionary<string, object> Unwrapped => (IDictionary<string, object>)Unwrap(_node)!;

    /// <summary>The value of a key, or null.</summary>
    public HoconValue GetKey(string key) => _node.Fields.TryGetValue(key, out var node) ? Child(key, node) : null!;

    private HoconValue Child(string key, HoconNode node) => new(node, _path.Length == 0 ? KeyPath.Printed(key) : $"{_path}.{KeyPath.Printed(key)}");

    private static object? Unwrap(HoconNode node) => node switch
    {
        ObjectNode o => o.Fields.ToDictionary(f => f.Key, f => Unwrap(f.Value)),
        ArrayNode array => array.Items.Select(Unwrap).ToList(),
        ScalarNode { Kind: ScalarKind.Null } => null,
        _ => ((ScalarNode)node).Text,
    };
}
