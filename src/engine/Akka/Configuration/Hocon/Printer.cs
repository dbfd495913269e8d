using System.Globalization;
using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>Writes a resolved tree as HOCON that parses to the same tree.</summary>
internal static class Printer
{
    public static string Print(HoconNode node)
    {
        var text = new StringBuilder();
        if (node is ObjectNode root) Fields(root, text, 0);
        else Value(node, text, 0);
        return text.ToString();
    }

    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"", text.Length + 2);
        foreach (var c in text)
        {
            switch (c)
            {
                case '"': quoted.Append("\\\""); break;
                case '\\': quoted.Append("\\\\"); break;
                case '\n': quoted.Append("\\n"); break;
                case '\r': quoted.Append("\\r"); break;
                case '\t': quoted.Append("\\t"); break;
                case < ' ' or '\u2028' or '\u2029' or '\ufeff': quoted.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)); break;
                default: quoted.Append(c); break;
            }
        }
        return quoted.Append('"').ToString();
    }

    private static void Fields(ObjectNode node, StringBuilder text, int depth)
    {
        foreach (var (key, value) in node.Fields)
        {
            text.Append(' ', depth * 2).Append(KeyPath.Printed(key)).Append(" : ");
            Value(value, text, depth);
            text.Append('\n');
        }
    }

    private static void Value(HoconNode node, StringBuilder text, int depth)
    {
        switch (node)
        {
            case ObjectNode o:
                text.Append("{\n");
                Fields(o, text, depth + 1);
                text.Append(' ', depth * 2).Append('}');
                break;
            case ArrayNode array:
                text.Append('[');
                for (var i = 0; i < array.Items.Count; i++)
                {
                    if (i > 0) text.Append(", ");
                    Value(array.Items[i], text, depth);
                }
                text.Append(']');
                break;
            case ScalarNode { Kind: ScalarKind.Quoted } scalar:
                text.Append(Quote(scalar.Text));
                break;
            case ScalarNode scalar:
                text.Append(scalar.Text);
                break;
        }
    }
}
