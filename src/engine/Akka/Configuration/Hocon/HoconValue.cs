using System.Globalization;

namespace Akka.Configuration.Hocon;

/// <summary>A value of a configuration: an object, a list or a text, which is read as what the caller asks for.</summary>
public class HoconValue
{
    private readonly string _path;

    internal HoconValue(HoconNode node, string path)
    {
        Node = node;
        _path = path;
    }

    /// <summary>As parsed; of a <see cref="HoconRoot"/> it may hold references.</summary>
    internal HoconNode Node { get; }

    private HoconNode Resolved => Node is ObjectNode o ? Resolver.Resolve(o) : Node;

    /// <summary>True for an object without keys, a list without items, a null.</summary>
    public bool IsEmpty => Resolved switch
    {
        ObjectNode o => o.Fields.Count == 0,
        ArrayNode a => a.Items.Count == 0,
        ScalarNode s => s.Kind == ScalarKind.Null,
        _ => false,
    };

    /// <summary>True when it has keys.</summary>
    public bool IsObject() => Node is ObjectNode;

    /// <summary>True when it is a list, or an object whose keys are numbers.</summary>
    public bool IsArray() => ArrayOrNull is not null;

    /// <summary>True when it is a text, a number, a boolean.</summary>
    public bool IsString() => Node is ScalarNode;

    /// <summary>The keys with their values.</summary>
    public HoconObject GetObject() => Resolved is ObjectNode o ? new HoconObject(o, _path) : throw Wrong("an object");

    /// <summary>The value of a key, or null.</summary>
    public HoconValue GetChildObject(string key) => Resolved is ObjectNode ? GetObject().GetKey(key) : null!;

    /// <summary>The items of a list.</summary>
    public IList<HoconValue> GetArray() => ArrayOrNull is { } array
        ? [.. array.Items.Select((item, i) => new HoconValue(item, string.Create(CultureInfo.InvariantCulture, $"{_path}[{i}]")))]
        : throw Wrong("a list");

    /// <summary>The text as written, without quotes; null for a null.</summary>
    public string GetString() => Node is ScalarNode scalar ? (scalar.Kind == ScalarKind.Null ? null! : scalar.Text) : throw Wrong("a text");

    /// <summary>true, on, yes or false, off, no.</summary>
    public bool GetBoolean() => GetString() switch
    {
        "true" or "on" or "yes" => true,
        "false" or "off" or "no" => false,
        _ => throw Wrong("true, on, yes, false, off or no"),
    };

    /// <summary>A whole number.</summary>
    public int GetInt() => int.TryParse(GetString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var n) ? n : throw Wrong("a whole number");

    /// <summary>A whole number.</summary>
    public long GetLong() => long.TryParse(GetString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var n) ? n : throw Wrong("a whole number");

    /// <summary>A number from 0 to 255.</summary>
    public byte GetByte() => byte.TryParse(GetString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var n) ? n : throw Wrong("a number from 0 to 255");

    /// <summary>A number.</summary>
    public float GetFloat() => float.TryParse(GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var n) ? n : throw Wrong("a number");

    /// <summary>A number.</summary>
    public double GetDouble() => double.TryParse(GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var n) ? n : throw Wrong("a number");

    /// <summary>A number.</summary>
    public decimal GetDecimal() => decimal.TryParse(GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var n) ? n : throw Wrong("a number");

    /// <summary>A size such as <c>512 KiB</c> in bytes.</summary>
    public long? GetByteSize() => Quantity.TryBytes(GetString(), out var bytes) ? bytes : throw Wrong("a size such as 512 KiB");

    /// <summary>A duration such as <c>500 ms</c>; a bare number is milliseconds.</summary>
    public TimeSpan GetTimeSpan(bool allowInfinite = true)
    {
        if (allowInfinite && GetString() == "infinite") return Timeout.InfiniteTimeSpan;
        return Quantity.TryDuration(GetString(), out var span) ? span : throw Wrong("a duration such as 500 ms");
    }

    /// <summary>The items as texts.</summary>
    public IList<string> GetStringList() => [.. GetArray().Select(i => i.GetString())];

    /// <summary>The items as booleans.</summary>
    public IList<bool> GetBooleanList() => [.. GetArray().Select(i => i.GetBoolean())];

    /// <summary>The items as numbers.</summary>
    public IList<int> GetIntList() => [.. GetArray().Select(i => i.GetInt())];

    /// <summary>The items as numbers.</summary>
    public IList<long> GetLongList() => [.. GetArray().Select(i => i.GetLong())];

    /// <summary>The items as numbers.</summary>
    public IList<byte> GetByteList() => [.. GetArray().Select(i => i.GetByte())];

    /// <summary>The items as numbers.</summary>
    public IList<float> GetFloatList() => [.. GetArray().Select(i => i.GetFloat())];

    /// <summary>The items as numbers.</summary>
    public IList<double> GetDoubleList() => [.. GetArray().Select(i => i.GetDouble())];

    /// <summary>The items as numbers.</summary>
    public IList<decimal> GetDecimalList() => [.. GetArray().Select(i => i.GetDecimal())];

    /// <summary>The object as a configuration of its own.</summary>
    public Config ToConfig() => Resolved is ObjectNode o ? new Config(o, null, _path) : throw Wrong("an object");

    /// <summary>A configuration in which this value stands at a key.</summary>
    public Config AtKey(string key) => new(new ObjectNode(Node.Position, new Dictionary<string, HoconNode> { [key] = Resolved }), null);

    /// <summary>The value in HOCON.</summary>
    public override string ToString() => Printer.Print(Resolved);

    /// <summary>An object with numbers for keys is a list in their order, as a list can be given by properties.</summary>
    internal static ArrayNode? IndexedItems(HoconNode node)
    {
        if (node is not ObjectNode { Fields.Count: > 0 } o) return null;
        var items = new SortedDictionary<int, HoconNode>();
        foreach (var (key, value) in o.Fields)
        {
            if (int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var index)) items[index] = value;
        }
        return items.Count == 0 ? null : new ArrayNode(node.Position, [.. items.Values]);
    }

    private ArrayNode? ArrayOrNull => Node as ArrayNode ?? IndexedItems(Resolved);

    private ConfigurationException Wrong(string expected)
    {
        var found = Node switch { ObjectNode => "an object", ArrayNode => "a list", ScalarNode s => $"'{s.Text}'", _ => "a substitution" };
        return Node.Position.Error(_path.Length == 0 ? $"expected {expected}, found {found}" : $"{_path}: expected {expected}, found {found}");
    }
}
