using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>Joins values that stand side by side: texts to a text, lists to a list, objects to an object.</summary>
internal static class Concatenation
{
    /// <summary>The value that <paramref name="pieces"/> make, as far as it can be told before references are resolved.</summary>
    public static HoconNode Of(Position position, List<HoconNode> pieces)
    {
        while (pieces.Count > 0 && IsBlank(pieces[^1])) pieces.RemoveAt(pieces.Count - 1);
        if (pieces.Count == 1) return pieces[0];
        // With an object among them, every reference must be an object too: the later goes over the former.
        if (pieces.Exists(p => p is ObjectNode or StackNode)) return Objects(pieces);
        return pieces.TrueForAll(p => p.IsResolved || p is ArrayNode)
            ? Join(position, pieces)
            : new ConcatenationNode(position, pieces);
    }

    /// <summary>The same for resolved pieces.</summary>
    public static HoconNode Join(Position position, List<HoconNode> pieces)
    {
        if (pieces.Exists(p => p is ObjectNode)) return Objects(pieces);
        if (pieces.Exists(p => p is ArrayNode))
        {
            var items = new List<HoconNode>();
            foreach (var piece in pieces)
            {
                if (piece is ArrayNode array) items.AddRange(array.Items);
                else if (!IsBlank(piece)) throw piece.Position.Error("expected a list, for it stands beside one");
            }
            return new ArrayNode(position, items);
        }
        var first = pieces.FindIndex(p => !IsBlank(p));
        var last = pieces.FindLastIndex(p => !IsBlank(p));
        if (first == last) return pieces[first];
        var text = new StringBuilder();
        for (var i = 0; i < pieces.Count; i++) text.Append(((ScalarNode)pieces[i]).Text);
        var plain = pieces.TrueForAll(p => ((ScalarNode)p).Kind is ScalarKind.Unquoted or ScalarKind.Blank);
        return new ScalarNode(position, text.ToString(), plain ? ScalarKind.Unquoted : ScalarKind.Quoted);
    }

    private static HoconNode Objects(List<HoconNode> pieces)
    {
        HoconNode? result = null;
        foreach (var piece in pieces)
        {
            if (IsBlank(piece)) continue;
            if (piece is ScalarNode or ArrayNode) throw piece.Position.Error("expected an object, for it stands beside one");
            result = result is null ? piece : Merging.Over(piece, result);
        }
        return result!;
    }

    private static bool IsBlank(HoconNode node) => node is ScalarNode { Kind: ScalarKind.Blank };
}
