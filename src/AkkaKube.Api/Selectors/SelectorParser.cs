using System.Globalization;
using AkkaKube.Api.Errors;
using AkkaKube.Api.Validation;

namespace AkkaKube.Api;

/// <summary>Reads the text form of a label selector, with the complaints of Kubernetes' parser.</summary>
internal sealed class SelectorParser
{
    private const string Operators = "in, notin, =, ==, !=, gt, lt";
    private readonly List<(Token Kind, string Text)> _tokens = [];
    private int _at;

    public SelectorParser(string text) => Scan(text);

    private enum Token
    {
        Error,
        End,
        ClosedPar,
        Comma,
        DoesNotExist,
        DoubleEquals,
        Equals,
        GreaterThan,
        Identifier,
        In,
        LessThan,
        NotEquals,
        NotIn,
        OpenPar,
    }

    /// <summary>The conditions.</summary>
    /// <exception cref="FormatException">The text is no selector.</exception>
    public List<Requirement> Parse() => Parse(out var error) ?? throw new FormatException(error);

    private List<Requirement>? Parse(out string? error)
    {
        error = null;
        var requirements = new List<Requirement>();
        while (true)
        {
            var (kind, text) = Peek();
            if (kind == Token.End)
                return requirements;
            if (kind is not (Token.Identifier or Token.DoesNotExist))
            {
                error = $"found '{text}', expected: !, identifier, or 'end of string'";
                return null;
            }

            var requirement = Requirement(out error);
            if (requirement is null)
            {
                error = "unable to parse requirement: " + error;
                return null;
            }

            requirements.Add(requirement);
            (kind, text) = Next();
            if (kind == Token.End)
                return requirements;
            if (kind != Token.Comma)
            {
                error = $"found '{text}', expected: ',' or 'end of string'";
                return null;
            }

            (kind, text) = Peek();
            if (kind is not (Token.Identifier or Token.DoesNotExist))
            {
                error = $"found '{text}', expected: identifier after ','";
                return null;
            }
        }
    }

    private Requirement? Requirement(out string? error)
    {
        var (kind, key) = Next();
        var absent = kind == Token.DoesNotExist;
        if (absent)
            (kind, key) = Next();
        if (kind != Token.Identifier)
        {
            error = $"found '{key}', expected: identifier";
            return null;
        }

        error = Complaint("<nil>", key, Labels.Key(key));
        if (error is not null)
            return null;
        if (absent)
            return new(key, RequirementOperator.DoesNotExist, []);
        if (Peek().Kind is Token.End or Token.Comma)
            return new(key, RequirementOperator.Exists, []);
        var (sign, text) = Next(words: true);
        var comparison = Comparison(sign);
        if (comparison is null)
        {
            error = $"found '{text}', expected: {Operators}";
            return null;
        }

        var values = sign is Token.In or Token.NotIn ? Set(out error) : Exact(out error);
        if (values is null)
            return null;
        error = ValueComplaint(key, comparison.Value, values);
        return error is null ? new(key, comparison.Value, [.. values]) : null;
    }

    private static RequirementOperator? Comparison(Token sign) => sign switch
    {
        Token.In => RequirementOperator.In,
        Token.NotIn => RequirementOperator.NotIn,
        Token.Equals or Token.DoubleEquals => RequirementOperator.In,
        Token.NotEquals => RequirementOperator.NotIn,
        Token.GreaterThan => RequirementOperator.GreaterThan,
        Token.LessThan => RequirementOperator.LessThan,
        _ => null,
    };

    private SortedSet<string>? Set(out string? error)
    {
        error = null;
        var (kind, text) = Next();
        if (kind != Token.OpenPar)
        {
            error = $"found '{text}' expected: '('";
            return null;
        }

        (kind, text) = Peek();
        if (kind == Token.ClosedPar)
        {
            Next();
            return Sorted("");
        }

        if (kind is not (Token.Identifier or Token.Comma))
        {
            error = $"found '{text}', expected: ',', ')' or identifier";
            return null;
        }

        var values = Identifiers(out error);
        if (values is null)
            return null;
        if (Next().Kind == Token.ClosedPar)
            return values;
        error = $"found '{text}', expected: ')'";
        return null;
    }

    private SortedSet<string>? Identifiers(out string? error)
    {
        error = null;
        var values = Sorted();
        while (true)
        {
            var (kind, text) = Next();
            if (kind == Token.Identifier)
            {
                values.Add(text);
                var (after, found) = Peek();
                if (after == Token.ClosedPar)
                    return values;
                if (after == Token.Comma)
                    continue;
                error = $"found '{found}', expected: ',' or ')'";
                return null;
            }

            if (kind != Token.Comma)
            {
                error = $"found '{text}', expected: ',', or identifier";
                return null;
            }

            if (values.Count == 0 || Peek().Kind is Token.ClosedPar or Token.Comma)
                values.Add("");
            if (Peek().Kind == Token.ClosedPar)
                return values;
        }
    }

    private SortedSet<string>? Exact(out string? error)
    {
        error = null;
        if (Peek().Kind is Token.End or Token.Comma)
            return Sorted("");
        var (kind, text) = Next();
        if (kind == Token.Identifier)
            return Sorted(text);
        error = $"found '{text}', expected: identifier";
        return null;
    }

    private static string? ValueComplaint(string key, RequirementOperator comparison, SortedSet<string> values)
    {
        var faults = new List<string>();
        var index = 0;
        foreach (var value in values)
        {
            if (comparison is RequirementOperator.GreaterThan or RequirementOperator.LessThan && !long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
                faults.Add($"values[{index}]: Invalid value: {ShownValue.Of(value)}: for 'Gt', 'Lt' operators, the value must be an integer");
            index++;
        }

        index = 0;
        foreach (var value in values)
        {
            if (Complaint($"values[{index++}][{key}]", value, Labels.Value(value)) is { } complaint)
                faults.Add(complaint);
        }

        return faults.Count switch { 0 => null, 1 => faults[0], _ => $"[{string.Join(", ", faults.Distinct())}]" };
    }

    private static string? Complaint(string path, string value, string[] why) =>
        why.Length == 0 ? null : $"{path}: Invalid value: {ShownValue.Of(value)}: {string.Join("; ", why)}";

    private static SortedSet<string> Sorted(params string[] values) => new(values, StringComparer.Ordinal);

    private (Token Kind, string Text) Peek() => Word(_tokens[Math.Min(_at, _tokens.Count - 1)]);

    private (Token Kind, string Text) Next(bool words = false)
    {
        var token = _tokens[Math.Min(_at++, _tokens.Count - 1)];
        return words ? token : Word(token);
    }

    /// <summary>Where a name may stand, "in" and "notin" are names.</summary>
    private static (Token Kind, string Text) Word((Token Kind, string Text) token) => token.Kind is Token.In or Token.NotIn ? (Token.Identifier, token.Text) : token;

    private void Scan(string text)
    {
        var at = 0;
        while (true)
        {
            while (at < text.Length && text[at] is ' ' or '\t' or '\r' or '\n') at++;
            if (at >= text.Length)
            {
                _tokens.Add((Token.End, ""));
                return;
            }

            var start = at;
            if (IsSign(text[at]))
            {
                _tokens.Add(Sign(text, ref at));
                continue;
            }

            while (at < text.Length && !IsSign(text[at]) && text[at] is not (' ' or '\t' or '\r' or '\n')) at++;
            var word = text[start..at];
            _tokens.Add((word switch { "in" => Token.In, "notin" => Token.NotIn, _ => Token.Identifier }, word));
        }
    }

    private static (Token Kind, string Text) Sign(string text, ref int at)
    {
        foreach (var (sign, kind) in new[] { ("==", Token.DoubleEquals), ("!=", Token.NotEquals), ("=", Token.Equals), ("!", Token.DoesNotExist), ("<", Token.LessThan), (">", Token.GreaterThan), ("(", Token.OpenPar), (")", Token.ClosedPar), (",", Token.Comma) })
        {
            if (!text.AsSpan(at).StartsWith(sign))
                continue;
            at += sign.Length;
            return (kind, sign);
        }

        return (Token.Error, text[at++].ToString());
    }

    private static bool IsSign(char c) => c is '=' or '!' or '(' or ')' or ',' or '>' or '<';
}
