using System.Text.RegularExpressions;

namespace AkkaKube.Runtime;

/// <summary>The name of an image as registries and pods write it, with what they leave out filled in.</summary>
/// <param name="Registry">E.g. <c>docker.io</c>.</param>
/// <param name="Path">E.g. <c>library/busybox</c>.</param>
/// <param name="Tag">E.g. <c>latest</c>; null for a name by digest alone.</param>
/// <param name="Digest">E.g. <c>sha256:...</c>; null for a name by tag.</param>
public sealed partial record ImageReference(string Registry, string Path, string? Tag, string? Digest)
{
    private const string DefaultRegistry = "docker.io";
    private const int LongestName = 255;

    /// <summary>Registry and path, e.g. <c>docker.io/library/busybox</c>.</summary>
    public string Repository => Registry + "/" + Path;

    /// <summary>The whole name, e.g. <c>docker.io/library/busybox:latest</c>.</summary>
    public override string ToString() => Digest is not null ? $"{Repository}@{Digest}" : $"{Repository}:{Tag}";

    /// <summary>Reads a name; null and the reason if it is none.</summary>
    public static ImageReference? Parse(string text, out string error)
    {
        error = "invalid reference format";
        if (Identifier().IsMatch(text))
        {
            error = $"invalid repository name ({text}), cannot specify 64-byte hexadecimal strings";
            return null;
        }

        var (registry, rest) = Split(text);
        var match = Form().Match(rest);
        if (!match.Success)
        {
            var name = rest.Split(':', '@')[0];
            if (Form().IsMatch(rest.ToLowerInvariant()) && name != name.ToLowerInvariant()) error = $"invalid reference format: repository name ({name}) must be lowercase";
            return null;
        }

        if (!RegistryForm().IsMatch(registry)) return null;
        var path = match.Groups["path"].Value;
        if (registry.Length + 1 + path.Length > LongestName)
        {
            error = "repository name must not be more than 255 characters";
            return null;
        }

        var digest = match.Groups["digest"] is { Success: true } d ? d.Value : null;
        var tag = match.Groups["tag"] is { Success: true } t ? t.Value : digest is null ? "latest" : null;
        error = "";
        return new ImageReference(registry, path, tag, digest);
    }

    private static (string Registry, string Name) Split(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var first = slash < 0 ? "" : text[..slash];
        var hasRegistry = slash >= 0 && (first.Contains('.', StringComparison.Ordinal) || first.Contains(':', StringComparison.Ordinal) || first == "localhost" || first.Any(char.IsAsciiLetterUpper));
        var registry = hasRegistry ? first : DefaultRegistry;
        var rest = hasRegistry ? text[(slash + 1)..] : text;
        if (registry == "index.docker.io") registry = DefaultRegistry;
        return (registry, registry == DefaultRegistry && !rest.Contains('/', StringComparison.Ordinal) ? "library/" + rest : rest);
    }

    [GeneratedRegex(@"\A(?<path>[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*)(:(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(@(?<digest>[A-Za-z][A-Za-z0-9]*([-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}))?\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Form();

    [GeneratedRegex(@"\A([a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(\.([a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*(:[0-9]+)?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex RegistryForm();

    [GeneratedRegex(@"\A[a-f0-9]{64}\z")]
    private static partial Regex Identifier();
}
