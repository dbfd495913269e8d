namespace AkkaKube.Api;

/// <summary>A field selector, e.g. <c>spec.nodeName=node-1,status.phase!=Failed</c>: all of its terms must hold.</summary>
public sealed class FieldSelector
{
    /// <summary>Selects every object.</summary>
    public static readonly FieldSelector Everything = new([]);

    private FieldSelector(Term[] terms) => Terms = terms;

    /// <summary>The terms, sorted by field.</summary>
    public IReadOnlyList<Term> Terms { get; }

    /// <summary>There is no term: everything is selected.</summary>
    public bool IsEverything => Terms.Count == 0;

    /// <summary>Reads the text form; null and "" select everything, and so does a term without field and value.</summary>
    /// <exception cref="FormatException">The text is no selector; the message is Kubernetes'.</exception>
    public static FieldSelector Parse(string? text)
    {
        if (string.IsNullOrEmpty(text)) return Everything;
        var terms = new List<Term>();
        foreach (var part in Split(text))
        {
            if (part.Length == 0) continue;
            var (field, value, isEqual) = Parse(part, text);
            if (field.Length > 0 || value.Length > 0) terms.Add(new Term(field, value, isEqual));
        }

        return new FieldSelector([.. terms.OrderBy(t => t.Field, StringComparer.Ordinal)]);
    }

    /// <summary>The value that the field must have, or null where the selector leaves it open.</summary>
    public string? RequiredValue(string field)
    {
        foreach (var term in Terms)
        {
            if (term.IsEqual && term.Field == field) return term.Value;
        }

        return null;
    }

    /// <summary>Whether an object is selected whose fields have these values; a field it does not have counts as "".</summary>
    public bool Matches(Func<string, string?> valueOf)
    {
        foreach (var term in Terms)
        {
            if (((valueOf(term.Field) ?? "") == term.Value) != term.IsEqual) return false;
        }

        return true;
    }

    /// <summary>The text form.</summary>
    public override string ToString() => string.Join(',', Terms);

    // A backslash takes the meaning from a comma, an equals sign and itself.
    private static List<string> Split(string text)
    {
        var parts = new List<string>();
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] == ',')
            {
                parts.Add(text[start..i]);
                start = i + 1;
            }
        }

        parts.Add(text[start..]);
        return parts;
    }

    private static (string Field, string Value, bool IsEqual) Parse(string part, string whole)
    {
        for (var i = 0; i < part.Length; i++)
        {
            if (part[i] == '\\')
            {
                i++;
                continue;
            }

            foreach (var sign in new[] { "!=", "==", "=" })
            {
                if (!part.AsSpan(i).StartsWith(sign)) continue;
                return (part[..i], Unescape(part[(i + sign.Length)..]), sign != "!=");
            }
        }

        throw new FormatException($"invalid selector: '{whole}'; can't understand '{part}'");
    }

    private static string Unescape(string value)
    {
        var plain = new System.Text.StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\')
            {
                if (++i == value.Length || value[i] is not ('\\' or ',' or '=')) throw new FormatException($"invalid field selector: invalid escape sequence: \\{(i < value.Length ? value[i] : "")}");
            }
            else if (value[i] is ',' or '=')
            {
                throw new FormatException($"invalid field selector: unescaped character in value: {(int)value[i]}");
            }

            plain.Append(value[i]);
        }

        return plain.ToString();
    }

    /// <summary>One condition.</summary>
    /// <param name="Field">The path of the field, e.g. <c>metadata.name</c>.</param>
    /// <param name="Value">The value.</param>
    /// <param name="IsEqual">True: the field must have it. False: it must not.</param>
    public readonly record struct Term(string Field, string Value, bool IsEqual)
    {
        /// <summary>The text form.</summary>
        public override string ToString() => $"{Field}{(IsEqual ? "=" : "!=")}{Value}";
    }
}
