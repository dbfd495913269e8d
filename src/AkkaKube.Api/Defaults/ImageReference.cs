namespace AkkaKube.Api.Defaults;

/// <summary>The name of an image: registry, path, tag and digest.</summary>
internal static class ImageReference
{
    private const int LongestName = 255;
    private const int LongestTag = 128;

    /// <summary>The tag: the one said, <c>latest</c> where neither tag nor digest is said, "" beside a digest; null for a name that is none.</summary>
    public static string? Tag(ReadOnlySpan<char> image)
    {
        if (image.Length == 64 && !image.ContainsAnyExcept("0123456789abcdef"))
            return null;
        var at = image.IndexOf('@');
        if (at >= 0 && !IsDigest(image[(at + 1)..]))
            return null;
        var name = at < 0 ? image : image[..at];
        var tagged = name[(name.LastIndexOf('/') + 1)..].IndexOf(':');
        var tag = ReadOnlySpan<char>.Empty;
        if (tagged >= 0)
        {
            tagged += name.LastIndexOf('/') + 1;
            tag = name[(tagged + 1)..];
            name = name[..tagged];
            if (!IsTag(tag))
                return null;
        }

        if (name.Length > LongestName || !IsName(name))
            return null;
        return tagged >= 0 ? tag.ToString() : at >= 0 ? "" : "latest";
    }

    private static bool IsName(ReadOnlySpan<char> name)
    {
        var slash = name.IndexOf('/');
        var head = slash < 0 ? default : name[..slash];
        if (slash >= 0 && (head.ContainsAny('.', ':') || head is "localhost" || head.ContainsAnyInRange('A', 'Z')))
        {
            if (!IsDomain(head))
                return false;
            name = name[(slash + 1)..];
        }

        foreach (var part in name.Split('/'))
        {
            if (!IsComponent(name[part]))
                return false;
        }

        return true;
    }

    /// <summary>Lower-case letters and digits, with single dots, one or two underscores, or dashes between.</summary>
    private static bool IsComponent(ReadOnlySpan<char> part)
    {
        if (part.IsEmpty || !IsLower(part[0]) || !IsLower(part[^1]))
            return false;
        for (var i = 1; i < part.Length - 1; i++)
        {
            if (IsLower(part[i]) || part[i] == '-')
            {
                if (part[i] == '-' && part[i - 1] is '.' or '_')
                    return false;
                continue;
            }

            var allowed = part[i] switch
            {
                '.' => IsLower(part[i - 1]),
                '_' => IsLower(part[i - 1]) || (part[i - 1] == '_' && IsLower(part[i - 2])),
                _ => false,
            };
            if (!allowed)
                return false;
        }

        return true;
    }

    private static bool IsDomain(ReadOnlySpan<char> domain)
    {
        if (domain[0] == '[')
        {
            var end = domain.IndexOf(']');
            return end > 1 && !domain[1..end].ContainsAnyExcept("0123456789abcdefABCDEF:") && IsPort(domain[(end + 1)..]);
        }

        var colon = domain.IndexOf(':');
        if (!IsPort(colon < 0 ? default : domain[colon..]))
            return false;
        var host = colon < 0 ? domain : domain[..colon];
        foreach (var part in host.Split('.'))
        {
            var label = host[part];
            if (label.IsEmpty || label[0] == '-' || label[^1] == '-')
                return false;
            foreach (var c in label)
            {
                if (!char.IsAsciiLetterOrDigit(c) && c != '-')
                    return false;
            }
        }

        return true;
    }

    private static bool IsPort(ReadOnlySpan<char> port) => port.IsEmpty || (port.Length > 1 && port[0] == ':' && !port[1..].ContainsAnyExceptInRange('0', '9'));

    private static bool IsTag(ReadOnlySpan<char> tag)
    {
        if (tag.IsEmpty || tag.Length > LongestTag || tag[0] is '.' or '-')
            return false;
        foreach (var c in tag)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '.' or '-'))
                return false;
        }

        return true;
    }

    private static bool IsDigest(ReadOnlySpan<char> digest)
    {
        var colon = digest.IndexOf(':');
        if (colon <= 0 || !char.IsAsciiLetter(digest[0]) || !char.IsAsciiLetterOrDigit(digest[colon - 1]))
            return false;
        var hex = digest[(colon + 1)..];
        foreach (var c in hex)
        {
            if (!char.IsAsciiHexDigit(c))
                return false;
        }

        return hex.Length >= 32;
    }

    private static bool IsLower(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c);
}
