using System.Text.RegularExpressions;

namespace AkkaKube.Api.Defaults;

/// <summary>The name of an image: registry, path, tag and digest.</summary>
internal static partial class ImageReference
{
    /// <summary>The tag: the one said, <c>latest</c> where neither tag nor digest is said; null for a name that is none.</summary>
    public static string? Tag(string image)
    {
        if (OnlyHex().IsMatch(image))
            return null;
        var slash = image.IndexOf('/', StringComparison.Ordinal);
        var head = slash < 0 ? "" : image[..slash];
        var hasDomain = slash >= 0 && (head.AsSpan().ContainsAny('.', ':') || head == "localhost" || head.Any(char.IsAsciiLetterUpper));
        var rest = hasDomain ? image[(slash + 1)..] : image;
        if (hasDomain && !Domain().IsMatch(head))
            return null;
        var parts = Remainder().Match(rest);
        if (!parts.Success || (parts.Groups["path"].Length + (hasDomain ? head.Length + 1 : 0)) > 255)
            return null;
        return parts.Groups["tag"].Success ? parts.Groups["tag"].Value : parts.Groups["digest"].Success ? "" : "latest";
    }

    [GeneratedRegex("^[a-f0-9]{64}$")]
    private static partial Regex OnlyHex();

    [GeneratedRegex(@"^(?:(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?$")]
    private static partial Regex Domain();

    [GeneratedRegex(@"^(?<path>[a-z0-9]+(?:(?:[._]|__|[-]+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:[._]|__|[-]+)[a-z0-9]+)*)*)(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@(?<digest>[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}))?$")]
    private static partial Regex Remainder();
}
