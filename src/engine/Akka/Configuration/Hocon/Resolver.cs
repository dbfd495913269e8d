namespace Akka.Configuration.Hocon;

/// <summary>
/// Replaces every reference of a tree by what it refers to. A reference to a value of which it is itself a part looks back at what
/// stood below that value; with nothing below, an optional reference vanishes and a required one is a cycle.
/// </summary>
internal sealed class Resolver
{
    private readonly ObjectNode _root;
    private readonly Func<string, string?> _environment;
    private readonly HashSet<HoconNode> _inProgress = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<HoconNode, HoconNode?> _done = new(ReferenceEqualityComparer.Instance);
    private int _looksBack;

    private Resolver(ObjectNode root, Func<string, string?> environment)
    {
        _root = root;
        _environment = environment;
    }

    public static ObjectNode Resolve(ObjectNode root, Func<string, string?>? environment = null) =>
        root.IsResolved ? root : (ObjectNode)new Resolver(root, environment ?? Environment.GetEnvironmentVariable).Resolve((HoconNode)root)!;

    /// <summary>The value, or null when there is none.</summary>
    private HoconNode? Resolve(HoconNode node)
    {
        if (node.IsResolved) return node;
        switch (node)
        {
            case ObjectNode o:
                var fields = new Dictionary<string, HoconNode>(o.Fields.Count);
                foreach (var (key, value) in o.Fields)
                {
                    if (Resolve(value) is { } resolved) fields[key] = resolved;
                    else if (value is ReferenceNode { Optional: false } itself) throw Cycle(itself);
                }
                return new ObjectNode(o.Position, fields);
            case ArrayNode array:
                return new ArrayNode(array.Position, [.. array.Items.Select(Resolve).OfType<HoconNode>()]);
            case AppendNode append:
                return new ArrayNode(append.Position, Resolve(append.Item) is { } item ? [item] : []);
            case StackNode stack:
                return ResolveStack(stack.Levels, FirstUsable(stack.Levels));
            default:
                return ResolveOnce(node);
        }
    }

    private HoconNode? ResolveOnce(HoconNode node)
    {
        if (_done.TryGetValue(node, out var known)) return known;
        if (!_inProgress.Add(node))
        {
            _looksBack++;
            return null;
        }
        var before = _looksBack;
        var result = node is ReferenceNode reference ? Follow(reference) : Concatenate((ConcatenationNode)node);
        _inProgress.Remove(node);
        // What was found while looking back holds for this place only.
        if (_looksBack == before) _done[node] = result;
        return result;
    }

    private HoconNode? Follow(ReferenceNode reference)
    {
        var before = _looksBack;
        var found = reference.Prefix.Count == 0 ? null : Find(_root, [.. reference.Prefix, .. reference.Path], 0);
        found ??= Find(_root, reference.Path, 0);
        if (found is not null) return found;
        if (_environment(string.Join('.', reference.Path)) is { } text) return new ScalarNode(reference.Position, text, ScalarKind.Quoted);
        if (reference.Optional) return null;
        throw _looksBack == before ? reference.Position.Error($"substitution ${{{KeyPath.Join(reference.Path)}}} refers to nothing") : Cycle(reference);
    }

    private static ConfigurationException Cycle(ReferenceNode reference) =>
        reference.Position.Error($"substitution ${{{KeyPath.Join(reference.Path)}}} refers to itself");

    private HoconNode? ResolveStack(IReadOnlyList<HoconNode> levels, int from)
    {
        ObjectNode? merged = null;
        for (var i = from; i < levels.Count; i++)
        {
            var value = Resolve(levels[i]);
            if (levels[i] is AppendNode append && ResolveStack(levels, i + 1) is { } below)
            {
                if (ArrayOf(below) is not { } list) throw append.Position.Error($"+= needs a list; {below.Position} is none");
                value = new ArrayNode(append.Position, [.. list.Items, .. ((ArrayNode)value!).Items]);
            }
            if (value is null) continue;
            if (value is not ObjectNode o) return merged ?? value;
            merged = merged is null ? o : Merging.Objects(merged, o);
        }
        return merged;
    }

    private HoconNode? Find(HoconNode node, IReadOnlyList<string> path, int depth)
    {
        if (depth == path.Count) return Resolve(node);
        switch (node)
        {
            case ObjectNode o:
                return o.Fields.TryGetValue(path[depth], out var field) ? Find(field, path, depth + 1) : null;
            case StackNode stack:
                HoconNode? child = null;
                for (var i = FirstUsable(stack.Levels); i < stack.Levels.Count && child is null or ObjectNode or { IsResolved: false }; i++)
                {
                    var level = stack.Levels[i] as ObjectNode ?? Resolve(stack.Levels[i]);
                    if (level is null) continue;
                    if (level is not ObjectNode o) break;
                    if (o.Fields.TryGetValue(path[depth], out var value)) child = child is null ? value : Merging.Over(child, value);
                }
                return child is null ? null : Find(child, path, depth + 1);
            case ReferenceNode or ConcatenationNode:
                return Resolve(node) is ObjectNode resolved ? Find(resolved, path, depth) : null;
            default:
                return null;
        }
    }

    /// <summary>The first level below those that are being resolved just now.</summary>
    private int FirstUsable(IReadOnlyList<HoconNode> levels)
    {
        for (var i = levels.Count - 1; i >= 0; i--)
        {
            if (!_inProgress.Contains(levels[i])) continue;
            _looksBack++;
            return i + 1;
        }
        return 0;
    }

    private HoconNode? Concatenate(ConcatenationNode node)
    {
        var pieces = new List<HoconNode>();
        foreach (var piece in node.Pieces)
        {
            if (Resolve(piece) is { } value) pieces.Add(value);
        }
        return pieces.TrueForAll(p => p is ScalarNode { Kind: ScalarKind.Blank }) ? null : Concatenation.Join(node.Position, pieces);
    }

    private static ArrayNode? ArrayOf(HoconNode node) => node as ArrayNode ?? HoconValue.IndexedItems(node);
}
