using System.Globalization;

namespace AkkaKube.Runtime.Shell;

/// <summary>The backslash escapes of <c>$'...'</c>, printf and <c>echo -e</c>.</summary>
internal static class Escapes
{
    /// <summary>Reads the escape that starts with the backslash at <paramref name="at"/> and moves behind it.</summary>
    public static string Read(string text, ref int at)
    {
        if (at + 1 >= text.Length)
        {
            at++;
            return "\\";
        }

        var c = text[at + 1];
        at += 2;
        switch (c)
        {
            case 'a': return "\a";
            case 'b': return "\b";
            case 'e' or 'E': return "\x1b";
            case 'f': return "\f";
            case 'n': return "\n";
            case 'r': return "\r";
            case 't': return "\t";
            case 'v': return "\v";
            case '\\': return "\\";
            case '\'': return "'";
            case '"': return "\"";
            case 'x': return Number(text, ref at, 2, 16) ?? "\\x";
            case >= '0' and <= '7':
                at--;
                // printf takes \NNN, echo \0NNN: a leading zero does not count as one of the three digits.
                if (text[at] == '0' && at + 1 < text.Length && text[at + 1] is >= '0' and <= '7') at++;
                return Number(text, ref at, 3, 8)!;
            default: return "\\" + c;
        }
    }

    /// <summary>Replaces every escape; <c>\c</c> ends the text, then <paramref name="ended"/> is set.</summary>
    public static string Expand(string text, out bool ended)
    {
        ended = false;
        if (!text.Contains('\\', StringComparison.Ordinal)) return text;
        var result = new System.Text.StringBuilder();
        for (var at = 0; at < text.Length;)
        {
            if (text[at] != '\\')
            {
                result.Append(text[at++]);
            }
            else if (at + 1 < text.Length && text[at + 1] == 'c')
            {
                ended = true;
                break;
            }
            else
            {
                result.Append(Read(text, ref at));
            }
        }

        return result.ToString();
    }

    private static string? Number(string text, ref int at, int mostDigits, int radix)
    {
        var start = at;
        while (at < text.Length && at - start < mostDigits && (radix == 16 ? char.IsAsciiHexDigit(text[at]) : text[at] is >= '0' and <= '7')) at++;
        if (at == start) return null;
        var value = radix == 16 ? int.Parse(text.AsSpan(start, at - start), NumberStyles.HexNumber, CultureInfo.InvariantCulture) : Convert.ToInt32(text[start..at], 8);
        return ((char)(value & 0xFF)).ToString();
    }
}
