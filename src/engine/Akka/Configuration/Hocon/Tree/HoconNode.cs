namespace Akka.Configuration.Hocon;

/// <summary>A piece of parsed HOCON, immutable. <see cref="IsResolved"/> says that nothing below it waits for another value.</summary>
internal abstract class HoconNode(Position position, bool isResolved)
{
    public Position Position { get; } = position;

    public bool IsResolved { get; } = isResolved;
}

internal enum ScalarKind
{
    Unquoted,
    Quoted,
    Null,

    /// <summary>The blank between two pieces of a concatenation.</summary>
    Blank,
}

internal sealed class ScalarNode(Position position, string text, ScalarKind kind) : HoconNode(position, true)
{
    public string Text { get; } = text;

    public ScalarKind Kind { get; } = kind;
}

internal sealed class ArrayNode(Position position, IReadOnlyList<HoconNode> items) : HoconNode(position, items.All(i => i.IsResolved))
{
    public IReadOnlyList<HoconNode> Items { get; } = items;
}

internal sealed class ObjectNode(Position position, IReadOnlyDictionary<string, HoconNode> fields) : HoconNode(position, fields.All(f => f.Value.IsResolved))
{
    public static readonly ObjectNode Empty = new(new Position("empty", 1, 1), new Dictionary<string, HoconNode>());

    public IReadOnlyDictionary<string, HoconNode> Fields { get; } = fields;
}

/// <summary><c>${path}</c> or <c>${?path}</c>; in an included file, <paramref name="prefix"/> is the path of the object that includes it.</summary>
internal sealed class ReferenceNode(Position position, IReadOnlyList<string> path, bool optional, IReadOnlyList<string> prefix) : HoconNode(position, false)
{
    public IReadOnlyList<string> Path { get; } = path;

    public bool Optional { get; } = optional;

    public IReadOnlyList<string> Prefix { get; } = prefix;
}

/// <summary>Values side by side, one of which is a reference: a text or an array, depending on what it refers to.</summary>
internal sealed class ConcatenationNode(Position position, IReadOnlyList<HoconNode> pieces) : HoconNode(position, false)
{
    public IReadOnlyList<HoconNode> Pieces { get; } = pieces;
}

/// <summary><c>key += item</c>: the item after what the levels below give.</summary>
internal sealed class AppendNode(Position position, HoconNode item) : HoconNode(position, false)
{
    public HoconNode Item { get; } = item;
}

/// <summary>Values for one key, the winning one first, that cannot be merged before their references are resolved.</summary>
internal sealed class StackNode(Position position, IReadOnlyList<HoconNode> levels) : HoconNode(position, false)
{
    public IReadOnlyList<HoconNode> Levels { get; } = levels;
}
