using System.Text;

namespace AkkaKube.Runtime.Shell;

/// <summary>The patterns of the shell: <c>*</c>, <c>?</c>, <c>[a-z]</c>, <c>[!a]</c>; a backslash takes the next character as it is.</summary>
internal static class Pattern
{
    public static bool HasMagic(string pattern)
    {
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '\\') i++;
            else if (pattern[i] is '*' or '?' or '[') return true;
        }

        return false;
    }

    /// <summary>A text as a pattern that matches it alone.</summary>
    public static string Escape(string text)
    {
        if (text.AsSpan().IndexOfAny("*?[]\\") < 0) return text;
        var escaped = new StringBuilder();
        foreach (var c in text)
        {
            if (c is '*' or '?' or '[' or ']' or '\\') escaped.Append('\\');
            escaped.Append(c);
        }

        return escaped.ToString();
    }

    /// <summary>The text that a pattern without magic stands for.</summary>
    public static string Unescape(string pattern)
    {
        if (!pattern.Contains('\\', StringComparison.Ordinal)) return pattern;
        var text = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '\\' && i + 1 < pattern.Length) i++;
            text.Append(pattern[i]);
        }

        return text.ToString();
    }

    public static bool Matches(string pattern, ReadOnlySpan<char> text)
    {
        // The usual two pointers: at a mismatch the last star takes one character more.
        int p = 0, t = 0, star = -1, mark = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                mark = t;
            }
            else if (p < pattern.Length && One(pattern, p, text[t], out var next))
            {
                p = next;
                t++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++mark;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*') p++;
        return p == pattern.Length;
    }

    /// <summary>What is left of a text without its shortest (or longest) start or end that matches.</summary>
    public static string Strip(string text, string pattern, bool fromStart, bool longest)
    {
        for (var i = 0; i <= text.Length; i++)
        {
            var length = longest ? text.Length - i : i;
            var part = fromStart ? text.AsSpan(0, length) : text.AsSpan(text.Length - length);
            if (Matches(pattern, part)) return fromStart ? text[length..] : text[..^length];
        }

        return text;
    }

    /// <summary>Replaces the first (or every) longest part that matches.</summary>
    public static string Replace(string text, string pattern, string replacement, bool all)
    {
        var anchored = pattern.Length > 0 && pattern[0] is '#' or '%' ? pattern[0] : '\0';
        if (anchored != '\0') pattern = pattern[1..];
        if (pattern.Length == 0) return text;
        var result = new StringBuilder();
        var at = 0;
        while (at < text.Length)
        {
            var length = anchored == '#' && at > 0 ? 0 : LongestMatch(text, at, pattern, atEnd: anchored == '%');
            if (length == 0)
            {
                result.Append(text[at++]);
                continue;
            }

            result.Append(replacement);
            at += length;
            if (!all) break;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }

    private static int LongestMatch(string text, int at, string pattern, bool atEnd)
    {
        for (var length = text.Length - at; length > 0; length--)
        {
            if (Matches(pattern, text.AsSpan(at, length))) return length;
            if (atEnd) return 0;
        }

        return 0;
    }

    private static bool One(string pattern, int p, char c, out int next)
    {
        next = p + 1;
        switch (pattern[p])
        {
            case '?':
                return true;
            case '\\' when p + 1 < pattern.Length:
                next = p + 2;
                return pattern[p + 1] == c;
            case '[' when Bracket(pattern, p, c, out next) is { } matched:
                return matched;
            default:
                next = p + 1;
                return pattern[p] == c;
        }
    }

    /// <summary>Null if the bracket is not closed: then it is an ordinary character.</summary>
    private static bool? Bracket(string pattern, int p, char c, out int next)
    {
        var at = p + 1;
        var negated = at < pattern.Length && pattern[at] is '!' or '^';
        if (negated) at++;
        var matched = false;
        for (var first = true; at < pattern.Length && (first || pattern[at] != ']'); first = false)
        {
            if (pattern[at] == '[' && at + 1 < pattern.Length && pattern[at + 1] == ':' && pattern.IndexOf(":]", at, StringComparison.Ordinal) is var end and > 0)
            {
                matched |= IsInClass(pattern[(at + 2)..end], c);
                at = end + 2;
                continue;
            }

            if (pattern[at] == '\\' && at + 1 < pattern.Length) at++;
            var low = pattern[at++];
            var high = low;
            if (at + 1 < pattern.Length && pattern[at] == '-' && pattern[at + 1] != ']')
            {
                at++;
                if (pattern[at] == '\\' && at + 1 < pattern.Length) at++;
                high = pattern[at++];
            }

            matched |= low <= c && c <= high;
        }

        next = at + 1;
        return at < pattern.Length ? matched != negated : null;
    }

    private static bool IsInClass(string name, char c) => name switch
    {
        "alpha" => char.IsLetter(c),
        "digit" => char.IsAsciiDigit(c),
        "alnum" => char.IsLetterOrDigit(c),
        "upper" => char.IsUpper(c),
        "lower" => char.IsLower(c),
        "space" => char.IsWhiteSpace(c),
        "blank" => c is ' ' or '\t',
        "punct" => char.IsPunctuation(c) || char.IsSymbol(c),
        "xdigit" => char.IsAsciiHexDigit(c),
        "cntrl" => char.IsControl(c),
        "print" => !char.IsControl(c),
        "graph" => !char.IsControl(c) && c != ' ',
        _ => false,
    };
}
