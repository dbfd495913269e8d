using System.Globalization;
using System.Text;

namespace AkkaKube.Console.Pbm.Editing;

/// <summary>How a line looks on a screen of some width: letters and control sequences to write, given where the cursor is.</summary>
/// <param name="Row">In which row of what is shown the cursor stands.</param>
internal readonly record struct Screen(int Row)
{
    /// <summary>What to write to show the editor's state in the place of the state before.</summary>
    public (string Written, Screen Next) Show(LineEditor editor, string prompt, int width)
    {
        var before = editor.Search is { } search ? $"(search '{search}') " : prompt;
        var text = new StringBuilder();
        if (Row > 0) text.Append(CultureInfo.InvariantCulture, $"\x1b[{Row}A");
        text.Append("\r\x1b[J").Append(before).Append(editor.Text);
        var length = before.Length + editor.Text.Length;

        // A line that fills the row leaves the cursor on its last letter until something follows.
        if (length > 0 && length % width == 0) text.Append(" \r");
        var endRow = length / width;
        foreach (var line in Columns(editor.Offers, width))
        {
            text.Append("\r\n").Append(line);
            endRow++;
        }

        var at = before.Length + editor.Cursor;
        var (row, column) = (at / width, at % width);
        if (endRow > row) text.Append(CultureInfo.InvariantCulture, $"\x1b[{endRow - row}A");
        text.Append('\r');
        if (column > 0) text.Append(CultureInfo.InvariantCulture, $"\x1b[{column}C");
        return (text.ToString(), new Screen(row));
    }

    /// <summary>What to write to leave the line as it stands and go on below it.</summary>
    public string Leave(LineEditor editor, string prompt, int width)
    {
        var (shown, at) = Show(editor with { Cursor = editor.Text.Length, Offers = [], Search = null }, prompt, width);
        return shown + (at.Row >= 0 ? "\r\n" : "");
    }

    private static IEnumerable<string> Columns(IReadOnlyList<string> offers, int width)
    {
        const int Most = 200;
        if (offers.Count == 0) yield break;
        var cell = Math.Min(offers.Max(o => o.Length) + 2, width - 1);
        var perLine = Math.Max(1, (width - 1) / cell);
        foreach (var line in offers.Take(Most).Chunk(perLine)) yield return string.Concat(line.Select(o => o.PadRight(cell))).TrimEnd() is var text && text.Length >= width ? text[..(width - 1)] : text;
        if (offers.Count > Most) yield return $"… and {offers.Count - Most} more";
    }
}
