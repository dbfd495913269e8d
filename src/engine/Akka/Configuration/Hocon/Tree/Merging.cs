namespace Akka.Configuration.Hocon;

/// <summary>Puts one value over another for the same key. Associative, so it does not matter in which order layers are joined.</summary>
internal static class Merging
{
    public static HoconNode Over(HoconNode over, HoconNode under)
    {
        if (over is ObjectNode a && under is ObjectNode b) return Objects(a, b);
        if (over.IsResolved && over is not ObjectNode) return over;
        var levels = new List<HoconNode>(Levels(over));
        foreach (var level in Levels(under))
        {
            if (levels[^1] is ObjectNode upper && level is ObjectNode lower) levels[^1] = Objects(upper, lower);
            else if (levels[^1] is not ObjectNode && levels[^1].IsResolved) break;
            else levels.Add(level);
        }
        return new StackNode(over.Position, levels);
    }

    public static ObjectNode Objects(ObjectNode over, ObjectNode under)
    {
        if (under.Fields.Count == 0) return over;
        if (over.Fields.Count == 0) return under;
        var fields = new Dictionary<string, HoconNode>(over.Fields);
        foreach (var (key, value) in under.Fields)
        {
            fields[key] = fields.TryGetValue(key, out var existing) ? Over(existing, value) : value;
        }
        return new ObjectNode(over.Position, fields);
    }

    private static IReadOnlyList<HoconNode> Levels(HoconNode node) => node is StackNode stack ? stack.Levels : [node];
}
