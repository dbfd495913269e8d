namespace AkkaKube.Api;

/// <summary>Reads the text form of a label selector. The words of its complaints are those of Kubernetes (apimachinery, package labels).</summary>
internal sealed class SelectorParser(string text)
{
    private const string Operators = "in, notin, =, ==, !=, gt, lt, >, <, exists, !";
    private int _position;
    private (Token Kind, string Text)? _peeked;

    private enum Token
    {
        End,
        Comma,
        Open,
        Close,
        Identifier,
        Equal,
        NotEqual,
        Not,
        Greater,
        Less,
        In,
        NotIn,
    }

    public List<Requirement> Parse()
    {
        var requirements = new List<Requirement>();
        while (true)
        {
            var (kind, word) = Peek(asKey: true);
            if (kind == Token.End) return requirements;
            if (kind is not (Token.Identifier or Token.Not)) throw new FormatException($"found '{word}', expected: !, identifier, or 'end of string'");
            requirements.Add(ParseRequirement());
            (kind, word) = Next();
            if (kind == Token.End) return requirements;
            if (kind != Token.Comma) throw new FormatException($"found '{word}', expected: ',' or 'end of string'");
            (kind, word) = Peek(asKey: true);
            if (kind is not (Token.Identifier or Token.Not)) throw new FormatException($"found '{word}', expected: identifier after ','");
        }
    }

    private Requirement ParseRequirement()
    {
        var (kind, key) = Next(asKey: true);
        var negated = kind == Token.Not;
        if (negated) (kind, key) = Next(asKey: true);
        if (kind != Token.Identifier) throw Unparsable($"found '{key}', expected: identifier");
        CheckKey(key);
        if (Peek().Kind is Token.End or Token.Comma) return new Requirement(key, negated ? RequirementOperator.DoesNotExist : RequirementOperator.Exists, []);
        if (negated) return new Requirement(key, RequirementOperator.DoesNotExist, []);
        var (operatorKind, operatorText) = Next();
        return operatorKind switch
        {
            Token.In => new Requirement(key, RequirementOperator.In, Values()),
            Token.NotIn => new Requirement(key, RequirementOperator.NotIn, Values()),
            Token.Equal => new Requirement(key, RequirementOperator.In, [Value(key)]),
            Token.NotEqual => new Requirement(key, RequirementOperator.NotIn, [Value(key)]),
            Token.Greater => new Requirement(key, RequirementOperator.GreaterThan, [Number(key)]),
            Token.Less => new Requirement(key, RequirementOperator.LessThan, [Number(key)]),
            _ => throw Unparsable($"found '{operatorText}', expected: {Operators}"),
        };
    }

    private ValueList<string> Values()
    {
        var (kind, word) = Next();
        if (kind != Token.Open) throw Unparsable($"found '{word}' expected: '('");
        var values = new List<string>();
        while (true)
        {
            (kind, word) = Next(asKey: true);
            switch (kind)
            {
                case Token.Identifier:
                    values.Add(word);
                    (kind, word) = Next();
                    if (kind == Token.Close) return Selector.Sorted(values);
                    if (kind != Token.Comma) throw Unparsable($"found '{word}', expected: ',' or ')'");
                    if (Peek().Kind == Token.Close) values.Add("");
                    break;
                case Token.Comma:
                    values.Add("");
                    break;
                case Token.Close:
                    return values.Count > 0 ? Selector.Sorted(values) : [""];
                default:
                    throw Unparsable($"found '{word}', expected: ',', ')' or identifier");
            }
        }
    }

    // Nothing behind the operator means the empty value.
    private string Value(string key)
    {
        if (Peek(asKey: true).Kind is Token.End or Token.Comma) return "";
        var (kind, word) = Next(asKey: true);
        if (kind != Token.Identifier) throw Unparsable($"found '{word}', expected: identifier");
        return CheckValue(key, word);
    }

    private string Number(string key)
    {
        var value = Value(key);
        return long.TryParse(value, out _) ? value : throw Unparsable($"values[0][{key}]: Invalid value: \"{value}\": for 'Gt', 'Lt' operators, the value must be an integer");
    }

    private static void CheckKey(string key)
    {
        if (Validation.Labels.Key(key) is { Length: > 0 } complaints) throw Unparsable($"key: Invalid value: \"{key}\": {string.Join("; ", complaints)}");
    }

    private static string CheckValue(string key, string value)
    {
        if (Validation.Labels.Value(value) is { Length: > 0 } complaints) throw Unparsable($"values[0][{key}]: Invalid value: \"{value}\": {string.Join("; ", complaints)}");
        return value;
    }

    private static FormatException Unparsable(string why) => new("unable to parse requirement: " + why);

    // 'in' and 'notin' are operators only where an operator can stand.
    private (Token Kind, string Text) Peek(bool asKey = false)
    {
        var (kind, word) = _peeked ??= Read();
        return (asKey && kind is (Token.In or Token.NotIn) ? Token.Identifier : kind, word);
    }

    private (Token Kind, string Text) Next(bool asKey = false)
    {
        var next = Peek(asKey);
        _peeked = null;
        return next;
    }

    private (Token Kind, string Text) Read()
    {
        while (_position < text.Length && text[_position] is ' ' or '\t' or '\r' or '\n') _position++;
        if (_position == text.Length) return (Token.End, "");
        var start = _position;
        switch (text[_position++])
        {
            case ',': return (Token.Comma, ",");
            case '(': return (Token.Open, "(");
            case ')': return (Token.Close, ")");
            case '>': return (Token.Greater, ">");
            case '<': return (Token.Less, "<");
            case '=':
                if (_position < text.Length && text[_position] == '=') _position++;
                return (Token.Equal, text[start.._position]);
            case '!':
                if (_position == text.Length || text[_position] != '=') return (Token.Not, "!");
                _position++;
                return (Token.NotEqual, "!=");
        }

        while (_position < text.Length && text[_position] is not (' ' or '\t' or '\r' or '\n' or ',' or '(' or ')' or '=' or '!' or '<' or '>')) _position++;
        var word = text[start.._position];
        return (word switch { "in" => Token.In, "notin" => Token.NotIn, _ => Token.Identifier }, word);
    }
}
