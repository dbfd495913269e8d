using System.Text;

namespace AkkaKube.Api.Validation;

/// <summary>A rule for the names of a kind; <c>generated</c> means that a suffix will follow, so a trailing dash is fine.</summary>
internal delegate string[] NameRule(string name, bool generated);

/// <summary>The rules that names follow. Each gives the messages of what is wrong, none when the name is right.</summary>
internal static class Names
{
    public const int LabelLimit = 63;
    public const int SubdomainLimit = 253;

    private const string LabelFormat = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private const string SubdomainFormat = LabelFormat + @"(\." + LabelFormat + ")*";
    private const string UnderscoreLabelFormat = "_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?";

    private const string NotLabel =
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character "
        + "(e.g. 'my-name',  or '123-abc', regex used for validation is '" + LabelFormat + "')";

    private const string NotSubdomain =
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character "
        + "(e.g. 'example.com', regex used for validation is '" + SubdomainFormat + "')";

    private const string NotUnderscoreSubdomain =
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character "
        + "(e.g. 'example.com', regex used for validation is '" + UnderscoreLabelFormat + @"(\." + UnderscoreLabelFormat + ")*')";

    private const string NotConfigKey =
        "a valid config key must consist of alphanumeric characters, '-', '_' or '.' "
        + "(e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

    /// <summary>Names of namespaces and services.</summary>
    public static readonly NameRule LabelName = (name, generated) => Label(generated ? MaskTrailingDash(name) : name);

    /// <summary>Names of nearly everything else.</summary>
    public static readonly NameRule SubdomainName = (name, generated) => Subdomain(generated ? MaskTrailingDash(name) : name);

    /// <summary>What every name must obey to stand in a path.</summary>
    public static readonly NameRule PathSegment = (name, generated) => generated ? PathSegmentPrefix(name) : PathSegmentName(name);

    /// <summary>A label of DNS (RFC 1123).</summary>
    public static string[] Label(string value)
    {
        if (IsLabel(value)) return Rules.None;
        var messages = new List<string>(2);
        if (Bytes(value) > LabelLimit) messages.Add(AtMostCharacters(LabelLimit));
        if (!LooksLikeLabel(value)) messages.Add(LooksLikeSubdomain(value, false) ? "must not contain dots" : NotLabel);
        return [.. messages];
    }

    /// <summary>A subdomain of DNS (RFC 1123).</summary>
    public static string[] Subdomain(string value) => Subdomain(value, "characters", false);

    /// <summary>A subdomain whose labels may have underscores, as search paths of resolvers do.</summary>
    public static string[] UnderscoreSubdomain(string value) => Subdomain(value, "characters", true);

    /// <summary>The prefix of a qualified name: a subdomain, counted in bytes.</summary>
    public static string[] SubdomainPrefix(string value) => Subdomain(value, "bytes", false);

    private static string[] Subdomain(string value, string unit, bool underscore)
    {
        var fits = Bytes(value) <= SubdomainLimit;
        var looks = LooksLikeSubdomain(value, underscore);
        var wrong = underscore ? NotUnderscoreSubdomain : NotSubdomain;
        return (fits, looks) switch
        {
            (true, true) => Rules.None,
            (true, false) => [wrong],
            (false, true) => [$"must be no more than {SubdomainLimit} {unit}"],
            _ => [$"must be no more than {SubdomainLimit} {unit}", wrong],
        };
    }

    /// <summary>Whether <see cref="Label"/> has nothing to say.</summary>
    public static bool IsLabel(string value) => value.Length <= LabelLimit && LooksLikeLabel(value);

    /// <summary>Whether <see cref="Subdomain(string)"/> has nothing to say.</summary>
    public static bool IsSubdomain(string value) => value.Length <= SubdomainLimit && LooksLikeSubdomain(value, false);

    /// <summary>The name of a port: 15 characters, at least one letter, no double dash.</summary>
    public static string[] PortName(string value)
    {
        List<string>? messages = null;
        var letter = false;
        var charset = value.Length > 0;
        foreach (var c in value)
        {
            letter |= c is >= 'a' and <= 'z';
            charset &= c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-';
        }
        if (Bytes(value) > 15) (messages ??= []).Add(AtMostCharacters(15));
        if (!charset) (messages ??= []).Add("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
        if (!letter) (messages ??= []).Add("must contain at least one letter (a-z)");
        if (value.Contains("--", StringComparison.Ordinal)) (messages ??= []).Add("must not contain consecutive hyphens");
        if (value.Length > 0 && (value[0] == '-' || value[^1] == '-')) (messages ??= []).Add("must not begin or end with a hyphen");
        return messages is null ? Rules.None : [.. messages];
    }

    /// <summary>The name of an environment variable: printable ASCII without '='.</summary>
    public static string[] EnvironmentVariable(string value)
    {
        if (value.Length == 0) return ["environment variable name must be non-empty"];
        foreach (var c in value)
            if (c is < ' ' or > '~' or '=') return ["a valid environment variable name must consist only of printable ASCII characters other than '='"];
        return Rules.None;
    }

    /// <summary>A key of a ConfigMap or Secret; it becomes the name of a file.</summary>
    public static string[] ConfigKey(string value)
    {
        List<string>? messages = null;
        if (Bytes(value) > SubdomainLimit) (messages ??= []).Add(AtMostCharacters(SubdomainLimit));
        var charset = value.Length > 0;
        foreach (var c in value) charset &= char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_';
        if (!charset) (messages ??= []).Add(NotConfigKey);
        if (value is "." or "..") (messages ??= []).Add($"must not be '{value}'");
        else if (value.StartsWith("..", StringComparison.Ordinal)) (messages ??= []).Add("must not start with '..'");
        return messages is null ? Rules.None : [.. messages];
    }

    /// <summary>The name of an HTTP header.</summary>
    public static string[] HttpHeader(string value)
    {
        var fine = value.Length > 0;
        foreach (var c in value) fine &= char.IsAsciiLetterOrDigit(c) || c == '-';
        return fine ? Rules.None : ["a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')"];
    }

    /// <summary>A domain name of at least two labels, perhaps with a final dot.</summary>
    public static (string Value, string? Message) FullyQualifiedDomain(string name)
    {
        var trimmed = name.EndsWith('.') ? name[..^1] : name;
        if (Subdomain(trimmed) is { Length: > 0 } wrong) return (trimmed, string.Join(",", wrong));
        var labels = trimmed.Split('.');
        if (labels.Length < 2) return (trimmed, "should be a domain with at least two segments separated by dots");
        foreach (var label in labels)
            if (Label(label) is { Length: > 0 } bad) return (label, string.Join(",", bad));
        return (trimmed, null);
    }

    /// <summary>The length of a text as the server counts it: UTF-8 bytes.</summary>
    public static int Bytes(string value) => Encoding.UTF8.GetByteCount(value);

    public static string AtMostCharacters(int limit) => $"must be no more than {limit} characters";

    private static string MaskTrailingDash(string name) => name.Length > 1 && name[^1] == '-' ? string.Concat(name.AsSpan(0, name.Length - 2), "a") : name;

    private static string[] PathSegmentName(string name)
    {
        if (name is "." or "..") return [$"may not be '{name}'"];
        return PathSegmentPrefix(name);
    }

    private static string[] PathSegmentPrefix(string name)
    {
        List<string>? messages = null;
        if (name.Contains('/', StringComparison.Ordinal)) (messages ??= []).Add("may not contain '/'");
        if (name.Contains('%', StringComparison.Ordinal)) (messages ??= []).Add("may not contain '%'");
        return messages is null ? Rules.None : [.. messages];
    }

    private static bool LooksLikeLabel(ReadOnlySpan<char> value, bool underscore = false)
    {
        if (underscore && value.Length > 0 && value[0] == '_') value = value[1..];
        if (value.Length == 0 || !IsLowerOrDigit(value[0]) || !IsLowerOrDigit(value[^1])) return false;
        foreach (var c in value)
            if (!IsLowerOrDigit(c) && c != '-' && !(underscore && c == '_')) return false;
        return true;
    }

    private static bool LooksLikeSubdomain(ReadOnlySpan<char> value, bool underscore)
    {
        while (true)
        {
            var dot = value.IndexOf('.');
            if (!LooksLikeLabel(dot < 0 ? value : value[..dot], underscore)) return false;
            if (dot < 0) return true;
            value = value[(dot + 1)..];
        }
    }

    private static bool IsLowerOrDigit(char c) => c is (>= 'a' and <= 'z') or (>= '0' and <= '9');
}
