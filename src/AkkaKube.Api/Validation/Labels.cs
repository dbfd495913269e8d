using AkkaKube.Api.Errors;
using AkkaKube.Api.Meta.V1;

namespace AkkaKube.Api.Validation;

/// <summary>Keys and values of labels, annotations and label selectors.</summary>
internal static class Labels
{
    public const int AnnotationsLimit = 256 * 1024;

    private const int PartLimit = 63;

    private const string NotName =
        "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character "
        + "(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

    private const string NotValue =
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character "
        + "(e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

    private const string TooManyParts = "a valid label key " + NotName + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')";

    /// <summary>A qualified name: a name, perhaps after a subdomain and a slash.</summary>
    public static string[] Key(string value)
    {
        var slash = value.IndexOf('/');
        var name = slash < 0 ? value.AsSpan() : value.AsSpan(slash + 1);
        if (LooksLikeName(name) && name.Length <= PartLimit && (slash < 0 || (slash > 0 && Names.IsSubdomain(value[..slash])))) return Rules.None;
        return KeyMessages(value, slash);
    }

    private static string[] KeyMessages(string value, int slash)
    {
        if (slash >= 0 && value.IndexOf('/', slash + 1) >= 0) return [TooManyParts];
        var messages = new List<string>();
        if (slash == 0) messages.Add("prefix part must be non-empty");
        else if (slash > 0) foreach (var message in Names.SubdomainPrefix(value[..slash])) messages.Add("prefix part " + message);
        var name = value[(slash + 1)..];
        if (name.Length == 0) messages.Add("name part must be non-empty");
        else if (Names.Bytes(name) > PartLimit) messages.Add($"name part must be no more than {PartLimit} bytes");
        if (!LooksLikeName(name)) messages.Add("name part " + NotName);
        return [.. messages];
    }

    /// <summary>The value of a label, which may be empty.</summary>
    public static string[] Value(string value)
    {
        var fits = value.Length <= PartLimit && Names.Bytes(value) <= PartLimit;
        var looks = value.Length == 0 || LooksLikeName(value);
        return (fits, looks) switch
        {
            (true, true) => Rules.None,
            (true, false) => [NotValue],
            (false, true) => [$"must be no more than {PartLimit} bytes"],
            _ => [$"must be no more than {PartLimit} bytes", NotValue],
        };
    }

    public static void CheckKey(FieldErrors errors, FieldPath path, string key) => errors.Invalid(path, key, Key(key));

    public static void Check(FieldErrors errors, FieldPath path, ValueMap<string> labels)
    {
        foreach (var (key, value) in labels)
        {
            errors.Invalid(path, key, Key(key));
            errors.Invalid(path, value, Value(value));
        }
    }

    /// <summary>Annotations: keys are qualified names in any case, values are free, the sum is bounded.</summary>
    public static void CheckAnnotations(FieldErrors errors, FieldPath path, ValueMap<string> annotations)
    {
        long size = 0;
        foreach (var (key, value) in annotations)
        {
            if (Key(key).Length > 0) errors.Invalid(path, key, Key(key.ToLowerInvariant()));
            size += Names.Bytes(key) + Names.Bytes(value);
        }
        if (size > AnnotationsLimit) errors.TooLong(path, AnnotationsLimit);
    }

    public static void CheckSelector(FieldErrors errors, FieldPath path, LabelSelector? selector, bool allowInvalidValues = false)
    {
        if (selector is null) return;
        if (selector.MatchLabels.Count > 0) Check(errors, path.Child("matchLabels"), selector.MatchLabels);
        for (var i = 0; i < selector.MatchExpressions.Count; i++)
            CheckRequirement(errors, path.Child("matchExpressions").Index(i), selector.MatchExpressions[i], allowInvalidValues);
    }

    private static void CheckRequirement(FieldErrors errors, FieldPath path, LabelSelectorRequirement requirement, bool allowInvalidValues)
    {
        switch (requirement.Operator)
        {
            case "In" or "NotIn":
                if (requirement.Values.Count == 0) errors.Required(path.Child("values"), "must be specified when `operator` is 'In' or 'NotIn'");
                break;
            case "Exists" or "DoesNotExist":
                if (requirement.Values.Count > 0) errors.Forbidden(path.Child("values"), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                break;
            default:
                errors.Invalid(path.Child("operator"), requirement.Operator, "not a valid selector operator");
                break;
        }
        CheckKey(errors, path.Child("key"), requirement.Key);
        if (allowInvalidValues) return;
        for (var i = 0; i < requirement.Values.Count; i++)
            if (Value(requirement.Values[i]) is { Length: > 0 } wrong) errors.Invalid(path.Child("values").Index(i), requirement.Values[i], wrong);
    }

    /// <summary>Whether a selector can be evaluated at all: known operators with as many values as they take, keys and values well formed.</summary>
    public static bool IsUsable(LabelSelector selector)
    {
        foreach (var (key, value) in selector.MatchLabels)
            if (Key(key).Length > 0 || Value(value).Length > 0) return false;
        foreach (var requirement in selector.MatchExpressions)
        {
            var known = requirement.Operator switch
            {
                "In" or "NotIn" => requirement.Values.Count > 0,
                "Exists" or "DoesNotExist" => requirement.Values.Count == 0,
                _ => false,
            };
            if (!known || Key(requirement.Key).Length > 0) return false;
            foreach (var value in requirement.Values)
                if (Value(value).Length > 0) return false;
        }
        return true;
    }

    /// <summary>Whether a well-formed selector selects the labels.</summary>
    public static bool Selects(LabelSelector selector, ValueMap<string> labels)
    {
        foreach (var (key, value) in selector.MatchLabels)
            if (!labels.TryGetValue(key, out var has) || has != value) return false;
        foreach (var requirement in selector.MatchExpressions)
        {
            var isThere = labels.TryGetValue(requirement.Key, out var has);
            var matches = requirement.Operator switch
            {
                "In" => isThere && requirement.Values.Contains(has!),
                "NotIn" => !isThere || !requirement.Values.Contains(has!),
                "Exists" => isThere,
                _ => !isThere,
            };
            if (!matches) return false;
        }
        return true;
    }

    /// <summary>Whether a match expression has a value that no label can have.</summary>
    public static bool HasInvalidValue(LabelSelector? selector)
    {
        if (selector is null) return false;
        foreach (var requirement in selector.MatchExpressions)
            foreach (var value in requirement.Values)
                if (Value(value).Length > 0) return true;
        return false;
    }

    private static bool LooksLikeName(ReadOnlySpan<char> name)
    {
        if (name.Length == 0 || !char.IsAsciiLetterOrDigit(name[0]) || !char.IsAsciiLetterOrDigit(name[^1])) return false;
        foreach (var c in name)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.')) return false;
        return true;
    }
}
