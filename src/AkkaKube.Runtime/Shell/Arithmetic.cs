using System.Globalization;

namespace AkkaKube.Runtime.Shell;

/// <summary>The expressions in <c>$(( ))</c>: C's, over 64-bit integers and the shell's variables.</summary>
internal sealed class Arithmetic
{
    private const int Deepest = 100;

    private static readonly string[][] Levels = [["||"], ["&&"], ["|"], ["^"], ["&"], ["==", "!="], ["<=", ">=", "<", ">"], ["<<", ">>"], ["+", "-"], ["*", "/", "%"]];
    private static readonly string[] Assignments = ["<<=", ">>=", "+=", "-=", "*=", "/=", "%=", "&=", "^=", "|=", "="];

    private readonly string _text;
    private readonly Func<string, string?> _get;
    private readonly Action<string, string> _set;
    private int _at;
    private int _depth;
    private bool _dry;

    private Arithmetic(string text, Func<string, string?> get, Action<string, string> set, int depth)
    {
        _text = text;
        _get = get;
        _set = set;
        _depth = depth;
    }

    /// <summary>Evaluates an expression; an empty one is 0.</summary>
    /// <exception cref="ShellSyntaxException">It is none.</exception>
    public static long Evaluate(string text, Func<string, string?> get, Action<string, string> set) => Evaluate(text, get, set, 0);

    private static long Evaluate(string text, Func<string, string?> get, Action<string, string> set, int depth)
    {
        if (string.IsNullOrWhiteSpace(text)) return 0;
        var expression = new Arithmetic(text, get, set, depth);
        var value = expression.Comma();
        expression.Space();
        return expression._at == text.Length ? value : throw Error();
    }

    private static ShellSyntaxException Error() => new("arithmetic syntax error");

    private long Comma()
    {
        var value = Assignment();
        while (Take(",")) value = Assignment();
        return value;
    }

    private long Assignment()
    {
        if (++_depth > Deepest) throw new ShellSyntaxException("expression recursion loop detected");
        var start = _at;
        Space();
        var name = Name();
        if (name.Length > 0)
        {
            Space();
            foreach (var op in Assignments)
            {
                if (!_text.AsSpan(_at).StartsWith(op) || (op == "=" && _text.AsSpan(_at).StartsWith("=="))) continue;
                _at += op.Length;
                var right = Assignment();
                var value = op == "=" ? right : Apply(op[..^1], Variable(name), right);
                Assign(name, value);
                _depth--;
                return value;
            }
        }

        _at = start;
        var result = Conditional();
        _depth--;
        return result;
    }

    private long Conditional()
    {
        var condition = Binary(0);
        if (!Take("?")) return condition;
        var dry = _dry;
        _dry = dry || condition == 0;
        var yes = Assignment();
        if (!Take(":")) throw Error();
        _dry = dry || condition != 0;
        var no = Assignment();
        _dry = dry;
        return condition != 0 ? yes : no;
    }

    private long Binary(int level)
    {
        if (level == Levels.Length) return Power();
        var left = Binary(level + 1);
        while (Operator(level) is { } op)
        {
            // What is not needed is parsed but has no effect.
            var dry = _dry;
            _dry |= (op == "||" && left != 0) || (op == "&&" && left == 0);
            var right = Binary(level + 1);
            _dry = dry;
            left = Apply(op, left, right);
        }

        return left;
    }

    private string? Operator(int level)
    {
        Space();
        foreach (var op in Levels[level])
        {
            if (!_text.AsSpan(_at).StartsWith(op)) continue;
            var after = _at + op.Length < _text.Length ? _text[_at + op.Length] : '\0';
            // "&" is not the start of "&&", "<" not of "<<" or "<=", "*" not of "**", and none is part of an assignment.
            if (op.Length == 1 && (after == op[0] && op is "|" or "&" or "<" or ">" or "*" && after == op[0])) continue;
            if (after == '=' && op is not ("==" or "!=" or "<=" or ">=" or "&&" or "||")) continue;
            _at += op.Length;
            return op;
        }

        return null;
    }

    private long Power()
    {
        var left = Unary();
        if (!Take("**")) return left;
        if (++_depth > Deepest) throw Error();
        var right = Power();
        _depth--;
        var result = 1L;
        for (var i = 0; i < Math.Min(right, 64); i++) result = unchecked(result * left);
        return result;
    }

    private long Unary()
    {
        if (++_depth > Deepest) throw new ShellSyntaxException("expression recursion loop detected");
        var value = UnaryOf();
        _depth--;
        return value;
    }

    private long UnaryOf()
    {
        Space();
        if (_at >= _text.Length) throw Error();
        if (Take("++") || Take("--"))
        {
            var step = _text[_at - 1] == '+' ? 1 : -1;
            Space();
            var name = Name();
            if (name.Length == 0) return step == 1 ? Unary() : Unary();
            return Assign(name, Variable(name) + step);
        }

        if (Take("!")) return Unary() == 0 ? 1 : 0;
        if (Take("~")) return ~Unary();
        if (Take("-")) return unchecked(-Unary());
        if (Take("+")) return Unary();
        return Primary();
    }

    private long Primary()
    {
        if (Take("("))
        {
            var value = Comma();
            return Take(")") ? value : throw Error();
        }

        var name = Name();
        if (name.Length > 0)
        {
            var value = Variable(name);
            if (Take("++")) Assign(name, value + 1);
            else if (Take("--")) Assign(name, value - 1);
            return value;
        }

        return Number();
    }

    private long Number()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '#' or '_' or '@')) _at++;
        return ParseNumber(_text[start.._at]) ?? throw Error();
    }

    private static long? ParseNumber(string text)
    {
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)) return InBase(text[2..], 16);
        if (text.IndexOf('#', StringComparison.Ordinal) is var hash and > 0) return int.TryParse(text[..hash], out var radix) && radix is >= 2 and <= 36 ? InBase(text[(hash + 1)..], radix) : null;
        if (text.Length > 1 && text[0] == '0') return InBase(text[1..], 8);
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    private static long? InBase(string digits, int radix)
    {
        if (digits.Length == 0) return null;
        var value = 0L;
        foreach (var c in digits)
        {
            var digit = char.IsAsciiDigit(c) ? c - '0' : char.IsAsciiLetter(c) ? char.ToLowerInvariant(c) - 'a' + 10 : radix;
            if (digit >= radix) return null;
            value = unchecked((value * radix) + digit);
        }

        return value;
    }

    private static long Apply(string op, long left, long right) => unchecked(op switch
    {
        "||" => left != 0 || right != 0 ? 1 : 0,
        "&&" => left != 0 && right != 0 ? 1 : 0,
        "|" => left | right,
        "^" => left ^ right,
        "&" => left & right,
        "==" => left == right ? 1 : 0,
        "!=" => left != right ? 1 : 0,
        "<=" => left <= right ? 1 : 0,
        ">=" => left >= right ? 1 : 0,
        "<" => left < right ? 1 : 0,
        ">" => left > right ? 1 : 0,
        "<<" => left << (int)right,
        ">>" => left >> (int)right,
        "+" => left + right,
        "-" => left - right,
        "*" => left * right,
        "/" => right switch { 0 => throw new ShellSyntaxException("divide by zero"), -1 => -left, _ => left / right },
        "%" => right switch { 0 => throw new ShellSyntaxException("divide by zero"), -1 => 0, _ => left % right },
        _ => throw Error(),
    });

    /// <summary>A variable's value may be an expression again.</summary>
    private long Variable(string name)
    {
        if (_dry || _get(name) is not { Length: > 0 } value) return 0;
        if (long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && (value.Length == 1 || value[0] != '0')) return number;
        if (_depth >= Deepest) throw new ShellSyntaxException("expression recursion loop detected");
        return Evaluate(value, _get, _set, _depth + 10);
    }

    private long Assign(string name, long value)
    {
        if (!_dry) _set(name, value.ToString(CultureInfo.InvariantCulture));
        return value;
    }

    private string Name()
    {
        Space();
        var start = _at;
        if (_at < _text.Length && (char.IsAsciiLetter(_text[_at]) || _text[_at] == '_'))
        {
            while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] == '_')) _at++;
        }

        return _text[start.._at];
    }

    private bool Take(string symbol)
    {
        Space();
        if (!_text.AsSpan(_at).StartsWith(symbol)) return false;
        _at += symbol.Length;
        return true;
    }

    private void Space()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at])) _at++;
    }
}
