using System.Text;
using System.Text.RegularExpressions;

namespace AkkaKube.Runtime.Applets;

/// <summary>POSIX regular expressions as those of .NET. None may run away: matching takes linear time.</summary>
internal static class Regexes
{
    /// <summary>Null if it is no regular expression.</summary>
    public static Regex? Make(string pattern, bool extended, bool ignoreCase, bool wholeWord = false, bool wholeLine = false)
    {
        var text = extended ? Extended(pattern) : Basic(pattern);
        if (wholeLine) text = $"^(?:{text})$";
        else if (wholeWord) text = $@"(?:{text})";
        var options = RegexOptions.CultureInvariant | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None);
        try
        {
            return new Regex(text, options | RegexOptions.NonBacktracking);
        }
        catch (NotSupportedException)
        {
            // Back-references need the other engine; its time is limited instead.
            try
            {
                return new Regex(text, options, TimeSpan.FromMilliseconds(100));
            }
            catch (ArgumentException)
            {
                return null;
            }
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    public static string Quote(string text) => Regex.Escape(text);

    private static string Extended(string pattern)
    {
        var result = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '[') Bracket(pattern, ref i, result);
            else if (c == '\\' && i + 1 < pattern.Length) Escaped(pattern[++i], result);
            else if (c == '{' && (i + 1 >= pattern.Length || !char.IsAsciiDigit(pattern[i + 1]))) result.Append("\\{");
            else result.Append(c);
        }

        return result.ToString();
    }

    private static string Basic(string pattern)
    {
        var result = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            var atStart = result.Length == 0 || result[^1] is '(' or '|' || (result.Length == 1 && result[0] == '^');
            if (c == '[')
            {
                Bracket(pattern, ref i, result);
            }
            else if (c == '\\' && i + 1 < pattern.Length)
            {
                // In a basic expression the backslash makes these special, and without it they stand for themselves.
                if (pattern[++i] is '(' or ')' or '{' or '}' or '|' or '+' or '?') result.Append(pattern[i]);
                else Escaped(pattern[i], result);
            }
            else if (c is '(' or ')' or '{' or '}' or '|' or '+' or '?' || (c == '*' && atStart) || (c == '^' && i > 0 && !atStart) || (c == '$' && i < pattern.Length - 1 && !(pattern[i + 1] == '\\' && i + 2 < pattern.Length && pattern[i + 2] is ')' or '|')))
            {
                result.Append('\\').Append(c);
            }
            else
            {
                result.Append(c);
            }
        }

        return result.ToString();
    }

    private static void Escaped(char c, StringBuilder result)
    {
        if (c is '<' or '>') result.Append("\\b");
        else if (char.IsAsciiDigit(c)) result.Append('\\').Append(c);
        else if (c is 'w' or 'W' or 's' or 'S' or 'b' or 'B' or 'n' or 't') result.Append('\\').Append(c);
        else result.Append(Regex.Escape(c.ToString()));
    }

    private static void Bracket(string pattern, ref int i, StringBuilder result)
    {
        var at = i + 1;
        var set = new StringBuilder("[");
        if (at < pattern.Length && pattern[at] == '^')
        {
            set.Append('^');
            at++;
        }

        for (var first = true; at < pattern.Length && (first || pattern[at] != ']'); first = false)
        {
            if (pattern[at] == '[' && at + 1 < pattern.Length && pattern[at + 1] == ':' && pattern.IndexOf(":]", at, StringComparison.Ordinal) is var end and > 0)
            {
                set.Append(ClassOf(pattern[(at + 2)..end]));
                at = end + 2;
                continue;
            }

            if (pattern[at] is '[' or ']' or '\\') set.Append('\\');
            set.Append(pattern[at++]);
        }

        if (at >= pattern.Length)
        {
            result.Append("\\[");
            return;
        }

        i = at;
        result.Append(set).Append(']');
    }

    private static string ClassOf(string name) => name switch
    {
        "alpha" => "a-zA-Z",
        "digit" => "0-9",
        "alnum" => "a-zA-Z0-9",
        "upper" => "A-Z",
        "lower" => "a-z",
        "space" => @"\s",
        "blank" => @" \t",
        "punct" => @"!-/:-@\[-`{-~",
        "xdigit" => "0-9a-fA-F",
        "cntrl" => @"\x00-\x1f",
        _ => " -~",
    };
}
