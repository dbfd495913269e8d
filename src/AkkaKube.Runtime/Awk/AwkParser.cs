using System.Globalization;
using System.Text;
using AkkaKube.Runtime.Applets;

namespace AkkaKube.Runtime.Awk;

/// <summary>Parses awk programs.</summary>
internal sealed class AwkParser
{
    private const int Deepest = 100;

    private static readonly string[] Operators =
        ["**=", "&&", "||", "==", "!=", "<=", ">=", "++", "--", "+=", "-=", "*=", "/=", "%=", "^=", "**", ">>", "!~", "{", "}", "(", ")", "[", "]", ";", ",", "+", "-", "*", "/", "%", "^", "!", ">", "<", "|", "?", ":", "~", "$", "="];

    private static readonly string[] Comparisons = ["==", "!=", "<=", ">=", "<", ">"];

    private readonly string _text;
    private readonly Dictionary<string, Function> _functions = [];
    private int _at;
    private int _depth;
    private bool _noIn;
    private bool _noGreater;

    private AwkParser(string text) => _text = text;

    /// <summary>The rules and functions of a program.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static AwkProgram Parse(string text)
    {
        var parser = new AwkParser(text);
        var rules = new List<Rule>();
        parser.SkipNewlines();
        while (parser._at < text.Length)
        {
            if (parser.TakeWord("function") || parser.TakeWord("func")) parser.FunctionDefinition();
            else rules.Add(parser.Rule());
            parser.SkipNewlines();
        }

        return new AwkProgram(rules, parser._functions);
    }

    private FormatException Unexpected() => new(_at >= _text.Length ? "Unexpected end of string" : $"Unexpected token near '{_text[_at..Math.Min(_text.Length, _at + 10)]}'");

    private void FunctionDefinition()
    {
        var name = Word() ?? throw Unexpected();
        Expect("(");
        var parameters = new List<string>();
        while (!Take(")"))
        {
            parameters.Add(Word() ?? throw Unexpected());
            Take(",");
        }

        SkipNewlines();
        _functions[name] = new Function(parameters, Block());
    }

    private Rule Rule()
    {
        foreach (var kind in (string[])["BEGIN", "END"])
        {
            if (!TakeWord(kind)) continue;
            SkipNewlines();
            return new Rule(kind, null, null, Block());
        }

        if (Peek("{")) return new Rule("", null, null, Block());
        var pattern = ParseExpression();
        Expression? until = null;
        if (Take(","))
        {
            SkipNewlines();
            until = ParseExpression();
        }

        return new Rule("", pattern, until, Peek("{") ? Block() : null);
    }

    private Statement.Block Block()
    {
        Expect("{");
        var items = new List<Statement>();
        while (true)
        {
            SkipEnds();
            if (Take("}")) return new Statement.Block(items);
            items.Add(ParseStatement());
        }
    }

    private Statement ParseStatement()
    {
        if (++_depth > Deepest) throw new FormatException("nested too deep");
        var statement = StatementOf();
        _depth--;
        return statement;
    }

    private Statement StatementOf()
    {
        if (Peek("{")) return Block();
        if (Take(";")) return new Statement.Block([]);
        if (TakeWord("if"))
        {
            Expect("(");
            var condition = ParseExpression();
            Expect(")");
            SkipNewlines();
            var then = ParseStatement();
            var back = _at;
            SkipEnds();
            if (TakeWord("else"))
            {
                SkipNewlines();
                return new Statement.If(condition, then, ParseStatement());
            }

            _at = back;
            return new Statement.If(condition, then, null);
        }

        if (TakeWord("while"))
        {
            Expect("(");
            var condition = ParseExpression();
            Expect(")");
            SkipNewlines();
            return new Statement.Loop(null, condition, null, ParseStatement(), TestsAfter: false);
        }

        if (TakeWord("do"))
        {
            SkipNewlines();
            var body = ParseStatement();
            SkipEnds();
            if (!TakeWord("while")) throw Unexpected();
            Expect("(");
            var condition = ParseExpression();
            Expect(")");
            return new Statement.Loop(null, condition, null, body, TestsAfter: true);
        }

        if (TakeWord("for")) return For();
        var simple = Simple();
        SkipBlanks();
        if (!Peek("}") && !EndOfStatement()) throw Unexpected();
        return simple;
    }

    private Statement For()
    {
        Expect("(");
        var back = _at;
        if (Word() is { } name && TakeWord("in") && Word() is { } array && Take(")"))
        {
            SkipNewlines();
            return new Statement.ForIn(name, array, ParseStatement());
        }

        _at = back;
        var start = Peek(";") ? null : Simple();
        Expect(";");
        SkipNewlines();
        var condition = Peek(";") ? null : ParseExpression();
        Expect(";");
        SkipNewlines();
        var step = Peek(")") ? null : Simple();
        Expect(")");
        SkipNewlines();
        return new Statement.Loop(start, condition, step, ParseStatement(), TestsAfter: false);
    }

    private Statement Simple()
    {
        foreach (var kind in (string[])["next", "exit", "break", "continue", "return"])
        {
            if (!TakeWord(kind)) continue;
            SkipBlanks();
            var hasValue = kind is "exit" or "return" && _at < _text.Length && _text[_at] is not (';' or '}' or '\n' or '#');
            return new Statement.Jump(kind, hasValue ? ParseExpression() : null);
        }

        if (TakeWord("delete"))
        {
            var array = Word() ?? throw Unexpected();
            if (!Take("[")) return new Statement.Delete(array, null);
            var index = List("]");
            return new Statement.Delete(array, index);
        }

        var formatted = TakeWord("printf");
        if (!formatted && !TakeWord("print")) return new Statement.Evaluate(ParseExpression());
        return Print(formatted);
    }

    private Statement.Print Print(bool formatted)
    {
        var values = new List<Expression>();
        SkipBlanks();
        _noGreater = true;
        if (_at < _text.Length && _text[_at] is not (';' or '}' or '\n' or '#' or '>' or '|'))
        {
            values.Add(ParseExpression());
            // print (a, b) is a list in parentheses, not a list with one element.
            while (Take(","))
            {
                SkipNewlines();
                values.Add(ParseExpression());
            }

            if (values is [Expression.Call { Name: "" } list]) values = [.. list.Arguments];
        }

        _noGreater = false;
        foreach (var redirection in (string[])[">>", ">", "|"])
        {
            if (Take(redirection)) return new Statement.Print(values, formatted, redirection, Concatenation());
        }

        return new Statement.Print(values, formatted, "", null);
    }

    // ---- expressions

    private Expression ParseExpression()
    {
        if (++_depth > Deepest) throw new FormatException("nested too deep");
        var value = Ternary();
        _depth--;
        return value;
    }

    private Expression Ternary()
    {
        var condition = Or();
        if (IsTarget(condition))
        {
            foreach (var op in (string[])["+=", "-=", "*=", "/=", "%=", "^=", "**=", "="])
            {
                if (op == "=" && Peek("==")) continue;
                if (!Take(op)) continue;
                SkipNewlines();
                return new Expression.Assign(condition, op == "**=" ? "^=" : op, ParseExpression());
            }
        }

        if (!Take("?")) return condition;
        SkipNewlines();
        var then = ParseExpression();
        SkipNewlines();
        Expect(":");
        SkipNewlines();
        return new Expression.Choice(condition, then, ParseExpression());
    }

    private static bool IsTarget(Expression expression) => expression is Expression.Variable or Expression.Field or Expression.Element;

    private Expression Or()
    {
        var left = And();
        while (Take("||"))
        {
            SkipNewlines();
            left = new Expression.Binary("||", left, And());
        }

        return left;
    }

    private Expression And()
    {
        var left = In();
        while (Take("&&"))
        {
            SkipNewlines();
            left = new Expression.Binary("&&", left, In());
        }

        return left;
    }

    private Expression In()
    {
        var left = Matching();
        while (!_noIn && TakeWord("in")) left = new Expression.In(left is Expression.Call { Name: "" } list ? list.Arguments : [left], Word() ?? throw Unexpected());
        return left;
    }

    private Expression Matching()
    {
        var left = Comparison();
        while (true)
        {
            if (Take("!~")) left = new Expression.Binary("!~", left, Comparison());
            else if (Take("~")) left = new Expression.Binary("~", left, Comparison());
            else return left;
        }
    }

    private Expression Comparison()
    {
        var left = Concatenation();
        foreach (var op in Comparisons)
        {
            if (op == ">" && (_noGreater || Peek(">>"))) continue;
            if (Take(op)) return new Expression.Binary(op, left, Concatenation());
        }

        return left;
    }

    private Expression Concatenation()
    {
        var left = Additive();
        while (StartsOperand()) left = new Expression.Binary(" ", left, Additive());
        return left;
    }

    private bool StartsOperand()
    {
        SkipBlanks();
        if (_at >= _text.Length) return false;
        var c = _text[_at];
        if (char.IsAsciiLetter(c) || c == '_') return !(IsWord("in") || IsWord("getline"));
        return char.IsAsciiDigit(c) || c is '"' or '$' or '(' or '.' || (c == '!' && !Peek("!=") && !Peek("!~")) || (c is '-' or '+' && _at + 1 < _text.Length && _text[_at + 1] == c);
    }

    private Expression Additive()
    {
        var left = Multiplicative();
        while (true)
        {
            if (!Peek("++") && !Peek("+=") && Take("+")) left = new Expression.Binary("+", left, Multiplicative());
            else if (!Peek("--") && !Peek("-=") && Take("-")) left = new Expression.Binary("-", left, Multiplicative());
            else return left;
        }
    }

    private Expression Multiplicative()
    {
        var left = Prefix();
        while (true)
        {
            if (!Peek("**") && !Peek("*=") && Take("*")) left = new Expression.Binary("*", left, Prefix());
            else if (!Peek("/=") && Take("/")) left = new Expression.Binary("/", left, Prefix());
            else if (!Peek("%=") && Take("%")) left = new Expression.Binary("%", left, Prefix());
            else return left;
        }
    }

    private Expression Prefix()
    {
        if (++_depth > Deepest) throw new FormatException("nested too deep");
        Expression value;
        if (!Peek("!=") && !Peek("!~") && Take("!")) value = new Expression.Unary("!", Prefix());
        else if (!Peek("--") && Take("-")) value = new Expression.Unary("-", Prefix());
        else if (!Peek("++") && Take("+")) value = new Expression.Unary("+", Prefix());
        else value = Power();
        _depth--;
        return value;
    }

    private Expression Power()
    {
        var left = Postfix();
        if (!Peek("^=") && !Peek("**=") && (Take("**") || Take("^"))) return new Expression.Binary("^", left, Prefix());
        return left;
    }

    private Expression Postfix()
    {
        if (Take("++")) return new Expression.Step(Primary(), 1, Before: true);
        if (Take("--")) return new Expression.Step(Primary(), -1, Before: true);
        var primary = Primary();
        if (IsTarget(primary) && Take("++")) return new Expression.Step(primary, 1, Before: false);
        if (IsTarget(primary) && Take("--")) return new Expression.Step(primary, -1, Before: false);
        return primary;
    }

    private Expression Primary()
    {
        SkipBlanks();
        if (_at >= _text.Length) throw Unexpected();
        var c = _text[_at];
        if (c == '"') return new Expression.Text(Quoted('"'));
        if (c == '/') return new Expression.Match(Regexes.Make(Quoted('/'), extended: true, ignoreCase: false) ?? throw new FormatException("bad regex"));
        if (char.IsAsciiDigit(c) || c == '.') return Number();
        if (Take("$")) return new Expression.Field(Peek("++") || Peek("--") ? Postfix() : Take("-") ? new Expression.Unary("-", Primary()) : Primary());
        if (Take("("))
        {
            var (noIn, noGreater) = (_noIn, _noGreater);
            (_noIn, _noGreater) = (false, false);
            var list = List(")");
            (_noIn, _noGreater) = (noIn, noGreater);
            return list.Count == 1 ? new Expression.Choice(new Expression.Number(1), list[0], list[0]) : new Expression.Call("", list);
        }

        if (Word() is not { } name) throw Unexpected();
        if (name == "getline")
        {
            SkipBlanks();
            return new Expression.GetLine(_at < _text.Length && (char.IsAsciiLetter(_text[_at]) || _text[_at] is '_' or '$') ? Primary() : null);
        }

        if (_at < _text.Length && _text[_at] == '(')
        {
            _at++;
            return new Expression.Call(name, List(")"));
        }

        if (name == "length") return new Expression.Call(name, []);
        return _at < _text.Length && _text[_at] == '[' && Take("[") ? new Expression.Element(name, List("]")) : new Expression.Variable(name);
    }

    private List<Expression> List(string end)
    {
        var list = new List<Expression>();
        SkipNewlines();
        if (Take(end)) return list;
        while (true)
        {
            list.Add(ParseExpression());
            SkipNewlines();
            if (Take(end)) return list;
            Expect(",");
            SkipNewlines();
        }
    }

    private Expression.Number Number()
    {
        var start = _at;
        if (_text.AsSpan(_at).StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            _at += 2;
            while (_at < _text.Length && char.IsAsciiHexDigit(_text[_at])) _at++;
            return new Expression.Number(long.TryParse(_text.AsSpan(start + 2, _at - start - 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var hex) ? hex : 0);
        }

        while (_at < _text.Length && (char.IsAsciiDigit(_text[_at]) || _text[_at] == '.')) _at++;
        if (_at + 1 < _text.Length && _text[_at] is 'e' or 'E' && (char.IsAsciiDigit(_text[_at + 1]) || (_text[_at + 1] is '-' or '+' && _at + 2 < _text.Length && char.IsAsciiDigit(_text[_at + 2]))))
        {
            _at += 2;
            while (_at < _text.Length && char.IsAsciiDigit(_text[_at])) _at++;
        }

        return double.TryParse(_text.AsSpan(start, _at - start), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? new Expression.Number(value) : throw Unexpected();
    }

    private string Quoted(char quote)
    {
        var text = new StringBuilder();
        for (_at++; ;)
        {
            if (_at >= _text.Length || _text[_at] == '\n') throw new FormatException(quote == '"' ? "Unexpected end of string" : "Unexpected end of regex");
            if (_text[_at] == quote)
            {
                _at++;
                return text.ToString();
            }

            if (_text[_at] != '\\' || _at + 1 >= _text.Length) text.Append(_text[_at++]);
            else if (_text[_at + 1] == quote || (quote == '/' && _text[_at + 1] == '/'))
            {
                text.Append(quote);
                _at += 2;
            }
            else if (quote == '/') text.Append(_text[_at++]).Append(_text[_at++]);
            else text.Append(Shell.Escapes.Read(_text, ref _at));
        }
    }

    // ---- tokens

    private void SkipBlanks()
    {
        while (_at < _text.Length)
        {
            if (_text[_at] is ' ' or '\t' or '\r') _at++;
            else if (_text[_at] == '\\' && _at + 1 < _text.Length && _text[_at + 1] == '\n') _at += 2;
            else if (_text[_at] == '#') while (_at < _text.Length && _text[_at] != '\n') _at++;
            else return;
        }
    }

    private void SkipNewlines()
    {
        for (SkipBlanks(); _at < _text.Length && _text[_at] is '\n' or ';' && (_text[_at] == '\n' || _depth == 0); SkipBlanks()) _at++;
    }

    private void SkipEnds()
    {
        for (SkipBlanks(); _at < _text.Length && _text[_at] is '\n' or ';'; SkipBlanks()) _at++;
    }

    private bool EndOfStatement()
    {
        SkipBlanks();
        return _at >= _text.Length || _text[_at] is ';' or '\n' or ')';
    }

    private bool Peek(string symbol)
    {
        SkipBlanks();
        return _text.AsSpan(_at).StartsWith(symbol);
    }

    private bool Take(string symbol)
    {
        if (!Peek(symbol)) return false;
        // The longest operator counts: "=" does not start "==".
        foreach (var longer in Operators)
        {
            if (longer.Length > symbol.Length && longer.StartsWith(symbol, StringComparison.Ordinal) && _text.AsSpan(_at).StartsWith(longer)) return false;
        }

        _at += symbol.Length;
        return true;
    }

    private void Expect(string symbol)
    {
        if (!Take(symbol)) throw Unexpected();
    }

    private bool IsWord(string word) =>
        _text.AsSpan(_at).StartsWith(word) && (_at + word.Length == _text.Length || !(char.IsAsciiLetterOrDigit(_text[_at + word.Length]) || _text[_at + word.Length] == '_'));

    private bool TakeWord(string word)
    {
        SkipBlanks();
        if (!IsWord(word)) return false;
        _at += word.Length;
        return true;
    }

    private string? Word()
    {
        SkipBlanks();
        var start = _at;
        if (_at < _text.Length && (char.IsAsciiLetter(_text[_at]) || _text[_at] == '_'))
        {
            while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] == '_')) _at++;
        }

        return _at == start ? null : _text[start.._at];
    }
}
