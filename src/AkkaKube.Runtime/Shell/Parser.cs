namespace AkkaKube.Runtime.Shell;

/// <summary>Parses the shell's language. Any text gives a command or a syntax error, nothing else.</summary>
internal sealed class Parser
{
    /// <summary>How deep commands and expansions may be nested.</summary>
    private const int Deepest = 100;

    private static readonly string[] ReservedWords = ["if", "then", "elif", "else", "fi", "do", "done", "case", "esac", "while", "until", "for", "{", "}", "!", "in", "function"];

    private readonly Scanner _scanner;
    private int _depth;

    /// <summary>Parses <paramref name="text"/> a line at a time.</summary>
    public Parser(string text)
        : this(text, 0)
    {
    }

    private Parser(string text, int depth)
    {
        _depth = depth;
        _scanner = new Scanner(text, ParseNested);
    }

    /// <summary>Whether nothing comes any more.</summary>
    public bool IsAtEnd
    {
        get
        {
            try
            {
                _scanner.SkipNewlines();
                return _scanner.Peek().Kind == TokenKind.End;
            }
            catch (ShellSyntaxException)
            {
                // The next line says so when it is read.
                return false;
            }
        }
    }

    /// <summary>The commands of the next line (with those it goes on in); null at the end.</summary>
    /// <exception cref="ShellSyntaxException">It is none.</exception>
    public Command? NextLine()
    {
        try
        {
            _scanner.SkipNewlines();
            if (_scanner.Peek().Kind == TokenKind.End) return null;
            var command = List(wholeText: false);
            var token = _scanner.Peek();
            return command is not null && token.Kind is TokenKind.Newline or TokenKind.End ? command : throw Unexpected(token);
        }
        catch (ShellSyntaxException error)
        {
            error.Line = _scanner.Line;
            throw;
        }
    }

    /// <summary>Parses a whole script; null for one without any command.</summary>
    /// <exception cref="ShellSyntaxException">It is no script.</exception>
    public static Command? Parse(string text) => ParseNested(text, 0);

    private static Command? ParseNested(string text, int depth)
    {
        if (depth > Deepest) throw new ShellSyntaxException("nested too deep");
        var parser = new Parser(text, depth);
        var script = parser.List();
        parser._scanner.SkipNewlines();
        var token = parser._scanner.Peek();
        if (token.Kind != TokenKind.End) throw Unexpected(token);
        return script;
    }

    private static ShellSyntaxException Unexpected(Token token, string? expected = null) => new(
        "syntax error: unexpected " + (token.Kind switch
        {
            TokenKind.End => "end of file",
            TokenKind.Newline => "newline",
            TokenKind.Word => token.Word!.PlainText is { } text && ReservedWords.Contains(text) ? $"\"{text}\"" : "word",
            _ => token.Kind == TokenKind.Operator ? $"\"{token.Text}\"" : "redirection",
        }) + (expected is null ? "" : $" (expecting \"{expected}\")"));

    private static bool IsReserved(Token token, string word) => token.Kind == TokenKind.Word && token.Word!.PlainText == word;

    private static bool IsOperator(Token token, string text) => token.Kind == TokenKind.Operator && token.Text == text;

    private static bool IsName(string text) => text.Length > 0 && !char.IsAsciiDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    /// <summary>Commands up to something that no command starts with.</summary>
    private Command? List(bool wholeText = true)
    {
        var items = new List<Command>();
        while (true)
        {
            if (wholeText) _scanner.SkipNewlines();
            if (AndOrList() is not { } item) break;
            var token = _scanner.Peek();
            if (IsOperator(token, "&"))
            {
                _scanner.Take();
                items.Add(new Command.Background(item));
            }
            else
            {
                items.Add(item);
                if (IsOperator(token, ";")) _scanner.Take();
                else if (token.Kind != TokenKind.Newline || !wholeText) break;
            }
        }

        return items.Count switch { 0 => null, 1 => items[0], _ => new Command.Sequence(items) };
    }

    private Command? AndOrList()
    {
        if (Pipeline() is not { } left) return null;
        while (_scanner.Peek() is { Kind: TokenKind.Operator, Text: "&&" or "||" } token)
        {
            _scanner.Take();
            _scanner.SkipNewlines();
            left = new Command.AndOr(left, token.Text == "&&", Pipeline() ?? throw Unexpected(_scanner.Peek()));
        }

        return left;
    }

    private Command? Pipeline()
    {
        var negated = false;
        while (IsReserved(_scanner.Peek(), "!"))
        {
            _scanner.Take();
            negated = !negated;
        }

        if (Single() is not { } first) return negated ? throw Unexpected(_scanner.Peek()) : null;
        var stages = new List<Command> { first };
        while (IsOperator(_scanner.Peek(), "|"))
        {
            _scanner.Take();
            _scanner.SkipNewlines();
            stages.Add(Single() ?? throw Unexpected(_scanner.Peek()));
        }

        return stages.Count == 1 && !negated ? first : new Command.Pipeline(stages, negated);
    }

    private Command? Single()
    {
        if (++_depth > Deepest) throw new ShellSyntaxException("nested too deep");
        _scanner.Depth = _depth;
        var command = Compound();
        if (command is not null)
        {
            var redirections = Redirections();
            if (redirections.Count > 0) command = new Command.Redirected(command, redirections);
        }
        else
        {
            command = Simple();
        }

        _scanner.Depth = --_depth;
        return command;
    }

    private Command? Compound()
    {
        var token = _scanner.Peek();
        if (IsOperator(token, "("))
        {
            _scanner.Take();
            var body = List() ?? throw Unexpected(_scanner.Peek());
            Expect(")");
            return new Command.Subshell(body);
        }

        if (token.Kind != TokenKind.Word) return null;
        switch (token.Word!.PlainText)
        {
            case "{":
                _scanner.Take();
                var group = Body();
                ExpectWord("}");
                return group;
            case "if":
                _scanner.Take();
                return IfRest();
            case "while" or "until":
                _scanner.Take();
                var condition = Body();
                return new Command.Loop(condition, DoGroup(), Until: token.Word.PlainText == "until");
            case "for":
                _scanner.Take();
                return ForRest();
            case "case":
                _scanner.Take();
                return CaseRest();
            case "function":
                _scanner.Take();
                var name = _scanner.Take() is { Kind: TokenKind.Word } word && word.Word!.PlainText is { } plain ? plain : throw new ShellSyntaxException("syntax error: bad function name");
                if (IsOperator(_scanner.Peek(), "("))
                {
                    _scanner.Take();
                    Expect(")");
                }

                return FunctionRest(name);
            default:
                return null;
        }
    }

    private Command Body() => List() ?? throw Unexpected(_scanner.Peek());

    private Command.If IfRest()
    {
        // Each elif is an if inside of an else: it counts as a level.
        if (++_depth > Deepest) throw new ShellSyntaxException("nested too deep");
        var condition = Body();
        ExpectWord("then");
        var then = Body();
        Command? otherwise = null;
        var token = _scanner.Take();
        if (IsReserved(token, "elif"))
        {
            otherwise = IfRest();
        }
        else if (IsReserved(token, "else"))
        {
            otherwise = Body();
            ExpectWord("fi");
        }
        else if (!IsReserved(token, "fi"))
        {
            throw Unexpected(token, "fi");
        }

        _depth--;
        return new Command.If(condition, then, otherwise);
    }

    private Command DoGroup()
    {
        ExpectWord("do");
        var body = Body();
        ExpectWord("done");
        return body;
    }

    private Command.For ForRest()
    {
        var name = _scanner.Take() is { Kind: TokenKind.Word } token && token.Word!.PlainText is { } text && IsName(text)
            ? text
            : throw new ShellSyntaxException("syntax error: bad for loop variable");
        _scanner.SkipNewlines();
        List<Word>? words = null;
        if (IsReserved(_scanner.Peek(), "in"))
        {
            _scanner.Take();
            words = [];
            while (_scanner.Peek().Kind == TokenKind.Word) words.Add(_scanner.Take().Word!);
            var end = _scanner.Peek();
            if (IsOperator(end, ";")) _scanner.Take();
            else if (end.Kind != TokenKind.Newline) throw Unexpected(end);
        }
        else if (IsOperator(_scanner.Peek(), ";"))
        {
            _scanner.Take();
        }

        _scanner.SkipNewlines();
        return new Command.For(name, words, DoGroup());
    }

    private Command.Case CaseRest()
    {
        var subject = _scanner.Take() is { Kind: TokenKind.Word } token ? token.Word! : throw Unexpected(_scanner.Peek());
        _scanner.SkipNewlines();
        ExpectWord("in");
        var arms = new List<CaseArm>();
        while (true)
        {
            _scanner.SkipNewlines();
            if (IsReserved(_scanner.Peek(), "esac")) break;
            if (IsOperator(_scanner.Peek(), "(")) _scanner.Take();
            var patterns = new List<Word>();
            do
            {
                var pattern = _scanner.Take();
                patterns.Add(pattern.Kind == TokenKind.Word ? pattern.Word! : throw Unexpected(pattern, ")"));
            }
            while (IsOperator(_scanner.Peek(), "|") && _scanner.Take().Kind == TokenKind.Operator);
            Expect(")");
            var body = List();
            var end = _scanner.Peek();
            arms.Add(new CaseArm(patterns, body, IsOperator(end, ";&")));
            if (IsOperator(end, ";;") || IsOperator(end, ";&")) _scanner.Take();
            else break;
        }

        _scanner.SkipNewlines();
        ExpectWord("esac");
        return new Command.Case(subject, arms);
    }

    private Command.Function FunctionRest(string name)
    {
        _scanner.SkipNewlines();
        var body = Single() ?? throw Unexpected(_scanner.Peek());
        return new Command.Function(name, body);
    }

    private Command? Simple()
    {
        var assignments = new List<Assignment>();
        var words = new List<Word>();
        var redirections = new List<Redirection>();
        var line = 0;
        while (true)
        {
            var token = _scanner.Peek();
            if (line == 0) line = _scanner.Line;
            if (words.Count > 0 && words[0].PlainText == "[[" && words[^1].PlainText != "]]" && (token.Kind == TokenKind.Redirection || (token.Kind == TokenKind.Operator && token.Text is "&&" or "||" or "(" or ")")))
            {
                // Between [[ and ]] these are operators of the condition.
                _scanner.Take();
                words.Add(new Word([new WordPart.Literal(token.Text, true)]));
            }
            else if (token.Kind == TokenKind.Redirection)
            {
                redirections.Add(Redirection());
            }
            else if (token.Kind == TokenKind.Word)
            {
                if (words.Count == 0 && assignments.Count == 0 && redirections.Count == 0 && token.Word!.PlainText is { } reserved && ReservedWords.Contains(reserved) && reserved is not "in") return null;
                _scanner.Take();
                if (words.Count == 0 && AsAssignment(token.Word!) is { } assignment)
                {
                    assignments.Add(assignment);
                    continue;
                }

                words.Add(token.Word!);
            }
            else if (IsOperator(token, "(") && words.Count == 1 && assignments.Count == 0 && redirections.Count == 0)
            {
                _scanner.Take();
                Expect(")");
                if (words[0].PlainText is not { } name || name.Length == 0) throw new ShellSyntaxException("syntax error: bad function name");
                return FunctionRest(name);
            }
            else
            {
                break;
            }
        }

        return words.Count + assignments.Count + redirections.Count == 0 ? null : new Command.Simple(assignments, words, redirections, line);
    }

    private static Assignment? AsAssignment(Word word)
    {
        if (word.Parts.Count == 0 || word.Parts[0] is not WordPart.Literal { Quoted: false } first) return null;
        var equals = first.Text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0 || !IsName(first.Text[..equals])) return null;
        var value = first.Text[(equals + 1)..];
        var parts = new List<WordPart>();
        if (value.StartsWith('~'))
        {
            var end = value.IndexOf('/', StringComparison.Ordinal) is var slash && slash < 0 ? value.Length : slash;
            parts.Add(new WordPart.Tilde(value[1..end]));
            value = value[end..];
        }

        if (value.Length > 0) parts.Add(new WordPart.Literal(value, false));
        return new Assignment(first.Text[..equals], new Word([.. parts, .. word.Parts.Skip(1)]));
    }

    private List<Redirection> Redirections()
    {
        var redirections = new List<Redirection>();
        while (_scanner.Peek().Kind == TokenKind.Redirection) redirections.Add(Redirection());
        return redirections;
    }

    private Redirection Redirection()
    {
        var token = _scanner.Take();
        var target = _scanner.Take();
        if (target.Kind != TokenKind.Word) throw Unexpected(target);
        var descriptor = token.Descriptor ?? (token.Text[0] == '<' ? 0 : 1);
        if (token.Text is not ("<<" or "<<-")) return new Redirection(descriptor, token.Text, target.Word!);
        var document = new HereDocument(target.Word!, StripTabs: token.Text == "<<-");
        _scanner.Expect(document);
        return new Redirection(descriptor, "<<", new Word(document.Parts));
    }

    private void Expect(string text)
    {
        var token = _scanner.Take();
        if (!IsOperator(token, text)) throw Unexpected(token, text);
    }

    private void ExpectWord(string text)
    {
        _scanner.SkipNewlines();
        var token = _scanner.Take();
        if (!IsReserved(token, text)) throw Unexpected(token, text);
    }
}

/// <summary>A here-document whose text comes after the line that asks for it.</summary>
internal sealed record HereDocument(Word Delimiter, bool StripTabs)
{
    /// <summary>Filled when the text has been read.</summary>
    public List<WordPart> Parts { get; } = [];
}
