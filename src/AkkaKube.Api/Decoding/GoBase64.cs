namespace AkkaKube.Api.Decoding;

/// <summary>Where Go's base64.StdEncoding gives up.</summary>
internal static class GoBase64
{
    /// <summary>The first byte that Go complains about; -1 where there is none. Line ends are passed over.</summary>
    public static int FirstBad(ReadOnlySpan<char> text)
    {
        var inGroup = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is '\r' or '\n')
                continue;
            if (c == '=')
                return Padding(text, i, inGroup);
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '/'))
                return i;
            inGroup = (inGroup + 1) % 4;
        }

        // An incomplete group at the end: Go names the byte where that group began.
        return inGroup == 0 ? -1 : text.Length - inGroup;
    }

    private static int Padding(ReadOnlySpan<char> text, int at, int inGroup)
    {
        if (inGroup < 2)
            return at;
        var end = at + 1;
        if (inGroup == 2)
        {
            while (end < text.Length && text[end] is '\r' or '\n') end++;
            if (end == text.Length)
                return text.Length;
            if (text[end] != '=')
                return end;
            end++;
        }

        while (end < text.Length && text[end] is '\r' or '\n') end++;
        return end < text.Length ? end : -1;
    }
}
