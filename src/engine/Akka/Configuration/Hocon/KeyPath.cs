using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>Dotted paths, in which a quoted key may hold anything: <c>a."b.c".d</c>.</summary>
internal static class KeyPath
{
    public static IReadOnlyList<string> Split(string path)
    {
        if (!path.Contains('"')) return path.Split('.');
        var keys = new List<string>();
        var key = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < path.Length; i++)
        {
            var c = path[i];
            if (quoted && c == '\\' && i + 1 < path.Length) key.Append(path[++i]);
            else if (c == '"') quoted = !quoted;
            else if (c == '.' && !quoted)
            {
                keys.Add(key.ToString());
                key.Clear();
            }
            else key.Append(c);
        }
        keys.Add(key.ToString());
        return keys;
    }

    public static string Join(IEnumerable<string> keys) => string.Join('.', keys.Select(Printed));

    /// <summary>The key as it must be written: quoted unless it is made of letters, digits, '-' and '_'.</summary>
    public static string Printed(string key) =>
        key.Length > 0 && key != "include" && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? key : Printer.Quote(key);
}
