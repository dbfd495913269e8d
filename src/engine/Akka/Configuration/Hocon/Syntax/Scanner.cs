using System.Globalization;
using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>Reads the smallest pieces of a HOCON text and knows where it is.</summary>
internal sealed class Scanner(string text, string origin)
{
    private const char End = '\0';
    private int _at;
    private int _line = 1;
    private int _lineStart;

    public Position Position => new(origin, _line, _at - _lineStart + 1);

    public bool AtEnd => _at >= text.Length;

    public char Current => _at < text.Length ? text[_at] : End;

    public char Peek(int ahead = 1) => _at + ahead < text.Length ? text[_at + ahead] : End;

    public bool At(string expected) => string.CompareOrdinal(text, _at, expected, 0, expected.Length) == 0;

    public bool AtComment => Current == '#' || (Current == '/' && Peek() == '/');

    public bool AtBlank => !AtEnd && IsBlank(Current);

    public void Skip(int count = 1)
    {
        for (var i = 0; i < count && _at < text.Length; i++)
        {
            if (text[_at++] != '\n') continue;
            _line++;
            _lineStart = _at;
        }
    }

    public void Expect(char c, string what)
    {
        if (Current != c || AtEnd) throw Unexpected(what);
        Skip();
    }

    /// <summary>Blanks on this line.</summary>
    public string TakeBlanks()
    {
        var from = _at;
        while (AtBlank) Skip();
        return text[from.._at];
    }

    /// <summary>Blanks, line ends and comments; true when there was a line end among them.</summary>
    public bool SkipToNext()
    {
        var line = _line;
        while (!AtEnd)
        {
            if (AtComment)
            {
                while (!AtEnd && Current != '\n') Skip();
            }
            else if (Current == '\n' || IsBlank(Current)) Skip();
            else break;
        }
        return _line != line;
    }

    /// <summary>A run of characters that need no quotes; in a key a '.' ends it.</summary>
    public string TakeUnquoted(bool key)
    {
        var from = _at;
        while (!AtEnd && IsUnquoted(Current) && !AtComment && !(key && Current == '.')) Skip();
        return text[from.._at];
    }

    public bool AtUnquoted => !AtEnd && IsUnquoted(Current) && !AtComment;

    public string TakeQuoted()
    {
        if (At("\"\"\"")) return TakeTripleQuoted();
        var start = Position;
        Skip();
        var content = new StringBuilder();
        while (Current != '"' || AtEnd)
        {
            if (AtEnd || Current == '\n') throw start.Error("expected a closing '\"' on the same line");
            if (Current == '\\') content.Append(TakeEscape());
            else
            {
                content.Append(Current);
                Skip();
            }
        }
        Skip();
        return content.ToString();
    }

    public ConfigurationException Unexpected(string expected) => Position.Error(
        AtEnd ? $"expected {expected}, found the end of the text" : Current == '\n' ? $"expected {expected}, found the end of the line" : $"expected {expected}, found '{Current}'");

    private string TakeTripleQuoted()
    {
        var start = Position;
        Skip(3);
        var from = _at;
        var close = text.IndexOf("\"\"\"", _at, StringComparison.Ordinal);
        if (close < 0) throw start.Error("expected a closing '\"\"\"'");
        // Of more than three quotes the last three close.
        while (close + 3 < text.Length && text[close + 3] == '"') close++;
        Skip(close - _at);
        Skip(3);
        return text[from..close];
    }

    private char TakeEscape()
    {
        var start = Position;
        Skip();
        var c = Current;
        Skip();
        switch (c)
        {
            case '"' or '\\' or '/': return c;
            case 'b': return '\b';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'u' when _at + 4 <= text.Length && ushort.TryParse(text.AsSpan(_at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                Skip(4);
                return (char)code;
            default: throw start.Error(@"expected one of \"" \\ \/ \b \f \n \r \t \uXXXX");
        }
    }

    private static bool IsBlank(char c) => c != '\n' && (char.IsWhiteSpace(c) || c == '\ufeff');

    private bool IsUnquoted(char c) => !char.IsWhiteSpace(c) && c != '\ufeff' && !"$\"{}[]:=,#`^?!@*&\\".Contains(c) && (c != '+' || Peek() != '=');
}
