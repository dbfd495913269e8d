using System.Globalization;
using System.Text;

namespace AkkaKube.Runtime.Shell;

/// <summary>Cuts a script into tokens, and words into their parts.</summary>
internal sealed class Scanner(string text, Func<string, int, Command?> parse)
{
    private static readonly string[] Operators = ["&&", "||", ";;", ";&", "&", "|", ";", "(", ")"];
    private static readonly string[] RedirectionOperators = ["<<-", "<<<", "<<", "<>", "<&", "<", "&>>", "&>", ">>", ">|", ">&", ">"];

    private readonly List<HereDocument> _awaited = [];
    private int _at;
    private int _counted;
    private Token? _peeked;

    /// <summary>The line of the token read last.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>How deep the parser is; expansions go on from there.</summary>
    public int Depth { get; set; }

    public Token Peek() => _peeked ??= Next();

    public Token Take()
    {
        var token = Peek();
        _peeked = null;
        return token;
    }

    public void SkipNewlines()
    {
        while (Peek().Kind == TokenKind.Newline) _peeked = null;
    }

    /// <summary>The text of <paramref name="document"/> comes with the next line.</summary>
    public void Expect(HereDocument document) => _awaited.Add(document);

    private Token Next()
    {
        while (_at < text.Length)
        {
            var c = text[_at];
            if (c is ' ' or '\t' or '\r')
            {
                _at++;
            }
            else if (c == '\\' && _at + 1 < text.Length && text[_at + 1] == '\n')
            {
                _at += 2;
            }
            else if (c == '#')
            {
                while (_at < text.Length && text[_at] != '\n') _at++;
            }
            else
            {
                break;
            }
        }

        Line += text.AsSpan(_counted, _at - _counted).Count('\n');
        _counted = _at;
        if (_at >= text.Length)
        {
            ReadHereDocuments();
            return new Token(TokenKind.End, "");
        }

        if (text[_at] == '\n')
        {
            _at++;
            ReadHereDocuments();
            return new Token(TokenKind.Newline, "\n");
        }

        var digits = _at;
        while (digits < text.Length && char.IsAsciiDigit(text[digits])) digits++;
        if (digits - _at is 1 or 2 && digits < text.Length && text[digits] is '<' or '>')
        {
            var descriptor = int.Parse(text.AsSpan(_at, digits - _at), CultureInfo.InvariantCulture);
            _at = digits;
            return new Token(TokenKind.Redirection, Longest(RedirectionOperators)!, Descriptor: descriptor);
        }

        if (Longest(RedirectionOperators) is { } redirection) return new Token(TokenKind.Redirection, redirection);
        if (Longest(Operators) is { } found) return new Token(TokenKind.Operator, found);
        return new Token(TokenKind.Word, "", ScanWord());
    }

    private string? Longest(string[] operators)
    {
        foreach (var candidate in operators)
        {
            if (!text.AsSpan(_at).StartsWith(candidate)) continue;
            _at += candidate.Length;
            return candidate;
        }

        return null;
    }

    private Word ScanWord()
    {
        var parts = new List<WordPart>();
        var plain = new StringBuilder();
        if (text[_at] == '~')
        {
            var end = _at + 1;
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '_' or '-')) end++;
            if (end == text.Length || text[end] is '/' or ' ' or '\t' or '\n' or ';' or '&' or '|' or ')' or '(' or '<' or '>')
            {
                parts.Add(new WordPart.Tilde(text[(_at + 1)..end]));
                _at = end;
            }
        }

        while (_at < text.Length)
        {
            var c = text[_at];
            if (c is ' ' or '\t' or '\n' or ';' or '&' or '|' or '(' or ')' or '<' or '>') break;
            Part(parts, plain, quoted: false);
        }

        Flush(parts, plain, quoted: false);
        return new Word(parts);
    }

    /// <summary>Reads one character, quotation or expansion of an unquoted (or, inside of double quotes, quoted) text.</summary>
    private void Part(List<WordPart> parts, StringBuilder plain, bool quoted)
    {
        var c = text[_at];
        switch (c)
        {
            case '\\':
                _at++;
                if (_at >= text.Length)
                {
                    plain.Append('\\');
                }
                else if (text[_at] == '\n')
                {
                    _at++;
                }
                else if (quoted && text[_at] is not ('$' or '`' or '"' or '\\'))
                {
                    plain.Append('\\');
                }
                else
                {
                    Flush(parts, plain, quoted);
                    parts.Add(new WordPart.Literal(text[_at++].ToString(), true));
                }

                break;
            case '\'' when !quoted:
                Flush(parts, plain, quoted);
                parts.Add(new WordPart.Literal(Until('\''), true));
                break;
            case '"' when !quoted:
                Flush(parts, plain, quoted);
                DoubleQuoted(parts);
                break;
            case '$':
                Dollar(parts, plain, quoted);
                break;
            case '`':
                Flush(parts, plain, quoted);
                parts.Add(Substitution(Backquoted(quoted), quoted));
                break;
            default:
                plain.Append(c);
                _at++;
                break;
        }
    }

    private static void Flush(List<WordPart> parts, StringBuilder plain, bool quoted)
    {
        if (plain.Length == 0) return;
        parts.Add(new WordPart.Literal(plain.ToString(), quoted));
        plain.Clear();
    }

    private string Until(char quote)
    {
        var end = text.IndexOf(quote, _at + 1);
        if (end < 0) throw new ShellSyntaxException("syntax error: unterminated quoted string");
        var inside = text[(_at + 1)..end];
        _at = end + 1;
        return inside;
    }

    private void DoubleQuoted(List<WordPart> parts)
    {
        _at++;
        var plain = new StringBuilder();
        var before = parts.Count;
        while (true)
        {
            if (_at >= text.Length) throw new ShellSyntaxException("syntax error: unterminated quoted string");
            if (text[_at] == '"') break;
            Part(parts, plain, quoted: true);
        }

        _at++;
        Flush(parts, plain, quoted: true);
        // "" is a field, though an empty one.
        if (parts.Count == before) parts.Add(new WordPart.Literal("", true));
    }

    private void Dollar(List<WordPart> parts, StringBuilder plain, bool quoted)
    {
        var next = _at + 1 < text.Length ? text[_at + 1] : '\0';
        if (next == '\'' && !quoted)
        {
            Flush(parts, plain, quoted);
            _at += 2;
            parts.Add(new WordPart.Literal(AnsiQuoted(), true));
        }
        else if (next == '(')
        {
            Flush(parts, plain, quoted);
            parts.Add(_at + 2 < text.Length && text[_at + 2] == '(' && Arithmetic(quoted) is { } arithmetic ? arithmetic : Substitution(Parenthesized(), quoted));
        }
        else if (next == '{')
        {
            Flush(parts, plain, quoted);
            _at += 2;
            parts.Add(Nested(() => Braced(quoted)));
        }
        else if (char.IsAsciiLetter(next) || next == '_')
        {
            Flush(parts, plain, quoted);
            var end = _at + 1;
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_')) end++;
            parts.Add(new WordPart.Parameter(text[(_at + 1)..end], "", null, null, quoted));
            _at = end;
        }
        else if (next is '@' or '*' or '#' or '?' or '-' or '$' or '!' || char.IsAsciiDigit(next))
        {
            Flush(parts, plain, quoted);
            parts.Add(new WordPart.Parameter(next.ToString(), "", null, null, quoted));
            _at += 2;
        }
        else
        {
            plain.Append('$');
            _at++;
        }
    }

    private T Nested<T>(Func<T> scan)
    {
        if (++Depth > 100) throw new ShellSyntaxException("nested too deep");
        var result = scan();
        Depth--;
        return result;
    }

    /// <summary>What stands after <c>${</c>, up to and with the brace that closes it.</summary>
    private WordPart.Parameter Braced(bool quoted)
    {
        var length = false;
        if (_at + 1 < text.Length && text[_at] == '#' && text[_at + 1] is not ('}' or '-' or '+' or '=' or '?' or ':' or '#' or '%'))
        {
            length = true;
            _at++;
        }

        var start = _at;
        if (_at < text.Length && (char.IsAsciiLetter(text[_at]) || text[_at] == '_'))
        {
            while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] == '_')) _at++;
        }
        else if (_at < text.Length && char.IsAsciiDigit(text[_at]))
        {
            while (_at < text.Length && char.IsAsciiDigit(text[_at])) _at++;
        }
        else if (_at < text.Length && text[_at] is '@' or '*' or '#' or '?' or '-' or '$' or '!')
        {
            _at++;
        }

        var name = text[start.._at];
        if (name.Length == 0) throw new ShellSyntaxException("syntax error: bad substitution");
        if (_at >= text.Length) throw new ShellSyntaxException("syntax error: unexpected end of file (expecting \"}\")");
        if (text[_at] == '}')
        {
            _at++;
            return new WordPart.Parameter(name, length ? "length" : "", null, null, quoted);
        }

        if (length) throw new ShellSyntaxException("syntax error: bad substitution");
        var op = Longest([":-", ":=", ":?", ":+", "-", "=", "?", "+", "%%", "%", "##", "#", "//", "/", ":"]) ?? throw new ShellSyntaxException("syntax error: bad substitution");
        var isPattern = op is "%" or "%%" or "#" or "##" or "/" or "//";
        var stop = op is "/" or "//" ? '/' : op == ":" ? ':' : '}';
        // In a pattern quotes work as they do outside of quotes, even where the whole stands in double quotes.
        var operand = Operand(stop, quoted && !isPattern);
        Word? second = null;
        if (stop != '}' && _at < text.Length && text[_at] == stop)
        {
            _at++;
            second = Operand('}', quoted);
        }

        if (_at >= text.Length) throw new ShellSyntaxException("syntax error: unexpected end of file (expecting \"}\")");
        _at++;
        return new WordPart.Parameter(name, op, operand, second, quoted);
    }

    private Word Operand(char stop, bool quoted)
    {
        var parts = new List<WordPart>();
        var plain = new StringBuilder();
        while (_at < text.Length && text[_at] != '}' && text[_at] != stop)
        {
            if (quoted && text[_at] == '"')
            {
                Flush(parts, plain, quoted);
                DoubleQuoted(parts);
            }
            else
            {
                Part(parts, plain, quoted);
            }
        }

        Flush(parts, plain, quoted);
        return new Word(parts);
    }

    private WordPart.Substitution Substitution(string script, bool quoted) =>
        new(parse(script, Depth + 1) ?? new Command.Sequence([]), quoted);

    /// <summary>The script in <c>$( )</c>: up to the parenthesis that closes it, skipping over quotes, comments and nested ones.</summary>
    private string Parenthesized()
    {
        var start = _at + 2;
        var end = Closing(start);
        _at = end + 1;
        return text[start..end];
    }

    private int Closing(int at)
    {
        var open = 1;
        var cases = 0;
        for (; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '\\':
                    at++;
                    break;
                case '\'':
                    at = text.IndexOf('\'', at + 1);
                    if (at < 0) throw new ShellSyntaxException("syntax error: unterminated quoted string");
                    break;
                case '"':
                    at = ClosingQuote(at + 1);
                    break;
                case '#' when at > 0 && text[at - 1] is ' ' or '\n' or '\t' or ';':
                    while (at + 1 < text.Length && text[at + 1] != '\n') at++;
                    break;
                case 'c' when IsWordAt(at, "case"):
                    cases++;
                    break;
                case 'e' when cases > 0 && IsWordAt(at, "esac"):
                    cases--;
                    break;
                case '(':
                    open++;
                    break;
                case ')' when open == 1 && cases > 0:
                    break;
                case ')':
                    if (--open == 0) return at;
                    break;
            }
        }

        throw new ShellSyntaxException("syntax error: unexpected end of file (expecting \")\")");
    }

    private bool IsWordAt(int at, string word) =>
        text.AsSpan(at).StartsWith(word) && (at == 0 || !char.IsAsciiLetterOrDigit(text[at - 1])) &&
        (at + word.Length == text.Length || !char.IsAsciiLetterOrDigit(text[at + word.Length]));

    private int ClosingQuote(int at)
    {
        for (; at < text.Length; at++)
        {
            if (text[at] == '\\') at++;
            else if (text[at] == '"') return at;
            else if (text[at] == '$' && at + 1 < text.Length && text[at + 1] == '(') at = Nested(() => Closing(at + 2));
        }

        throw new ShellSyntaxException("syntax error: unterminated quoted string");
    }

    private string Backquoted(bool quoted)
    {
        var script = new StringBuilder();
        for (_at++; _at < text.Length; _at++)
        {
            if (text[_at] == '`')
            {
                _at++;
                return script.ToString();
            }

            if (text[_at] == '\\' && _at + 1 < text.Length && (text[_at + 1] is '`' or '$' or '\\' || (quoted && text[_at + 1] == '"'))) _at++;
            script.Append(text[_at]);
        }

        throw new ShellSyntaxException("syntax error: EOF in backquote substitution");
    }

    /// <summary><c>$(( ))</c>; null if it turns out to be a substitution that starts with a subshell.</summary>
    private WordPart.Arithmetic? Arithmetic(bool quoted)
    {
        var open = 2;
        var end = _at + 3;
        for (; end < text.Length && open > 0; end++)
        {
            if (text[end] == '(') open++;
            else if (text[end] == ')') open--;
        }

        if (open > 0 || text[end - 2] != ')') return null;
        var inner = new Scanner(text[(_at + 3)..(end - 2)], parse) { Depth = Depth };
        _at = end;
        return new WordPart.Arithmetic(Nested(() => inner.WholeAsQuoted(keepQuotes: false)), quoted);
    }

    /// <summary>The whole text as if in double quotes: the inside of an arithmetic expression, or of a here-document.</summary>
    private Word WholeAsQuoted(bool keepQuotes)
    {
        var parts = new List<WordPart>();
        var plain = new StringBuilder();
        while (_at < text.Length)
        {
            if (text[_at] == '"' && !keepQuotes)
            {
                _at++;
            }
            else if (text[_at] == '\\' && keepQuotes && _at + 1 < text.Length && text[_at + 1] == '"')
            {
                // In a here-document a double quote is not special, so neither is the backslash before it.
                plain.Append('\\');
                _at++;
            }
            else
            {
                Part(parts, plain, quoted: true);
            }
        }

        Flush(parts, plain, quoted: true);
        return new Word(parts);
    }

    private string AnsiQuoted()
    {
        var result = new StringBuilder();
        while (_at < text.Length && text[_at] != '\'')
        {
            if (text[_at] == '\\' && _at + 1 < text.Length)
            {
                result.Append(Escapes.Read(text, ref _at));
                continue;
            }

            result.Append(text[_at++]);
        }

        if (_at >= text.Length) throw new ShellSyntaxException("syntax error: unterminated quoted string");
        _at++;
        return result.ToString();
    }

    private void ReadHereDocuments()
    {
        foreach (var document in _awaited)
        {
            var quoted = document.Delimiter.Parts.Any(p => p.Quoted);
            var delimiter = string.Concat(document.Delimiter.Parts.OfType<WordPart.Literal>().Select(p => p.Text));
            var body = new StringBuilder();
            while (_at < text.Length)
            {
                var end = text.IndexOf('\n', _at) is var newline && newline < 0 ? text.Length : newline;
                var line = text[_at..end];
                _at = Math.Min(end + 1, text.Length);
                if (document.StripTabs) line = line.TrimStart('\t');
                if (line == delimiter) break;
                body.Append(line).Append('\n');
            }

            if (quoted) document.Parts.Add(new WordPart.Literal(body.ToString(), true));
            else document.Parts.AddRange(new Scanner(body.ToString(), parse) { Depth = Depth }.WholeAsQuoted(keepQuotes: true).Parts);
        }

        _awaited.Clear();
    }
}
