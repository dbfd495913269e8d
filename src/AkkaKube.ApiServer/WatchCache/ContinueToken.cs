using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace AkkaKube.ApiServer.WatchCache;

/// <summary>Where the next page of a list starts: after which key, as of which revision. Opaque to clients; the form is Kubernetes' own.</summary>
internal readonly record struct ContinueToken(long Revision, string StartPath)
{
    public string Encode() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object> { ["v"] = "meta.k8s.io/v1", ["rv"] = Revision, ["start"] = StartPath + "\0" }));

    /// <summary>Reads a token; <paramref name="problem"/> says why it is none.</summary>
    public static ContinueToken? Decode(string text, out string problem)
    {
        problem = "";
        if (Bytes(text, out var wrongAt) is not { } bytes)
        {
            problem = $"continue key is not valid: illegal base64 data at input byte {wrongAt}";
            return null;
        }
        try
        {
            using var json = JsonDocument.Parse(bytes);
            var root = json.RootElement;
            if (root.GetProperty("v").GetString() != "meta.k8s.io/v1")
            {
                problem = $"continue key is not valid: server does not recognize this encoded version \"{root.GetProperty("v").GetString()}\"";
                return null;
            }
            var start = root.GetProperty("start").GetString() ?? "";
            if (start.Length == 0) { problem = "continue key is not valid: encoded start key empty (version meta.k8s.io/v1)"; return null; }
            return new ContinueToken(root.GetProperty("rv").GetInt64(), start.TrimEnd('\0'));
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            problem = $"continue key is not valid: {FirstCharacterProblem(bytes)}";
            return null;
        }
    }

    /// <summary>The bytes that unpadded base64 stands for; bits left over at the end do not matter, as they do not to Go.</summary>
    private static byte[]? Bytes(string text, out int wrongAt)
    {
        var bytes = new List<byte>(text.Length);
        int bits = 0, count = 0;
        for (wrongAt = 0; wrongAt < text.Length; wrongAt++)
        {
            var c = text[wrongAt];
            var value = c switch { >= 'A' and <= 'Z' => c - 'A', >= 'a' and <= 'z' => c - 'a' + 26, >= '0' and <= '9' => c - '0' + 52, '-' => 62, '_' => 63, _ => -1 };
            if (value < 0) return null;
            bits = (bits << 6) | value;
            count += 6;
            if (count < 8) continue;
            count -= 8;
            bytes.Add((byte)(bits >> count));
            bits &= (1 << count) - 1;
        }
        return text.Length % 4 == 1 ? null : [.. bytes];
    }

    /// <summary>What a JSON parser has against these bytes, in the words of Go's.</summary>
    private static string FirstCharacterProblem(byte[] bytes)
    {
        if (bytes.Length == 0) return "unexpected end of JSON input";
        var first = bytes[0];
        if (first == '{') return "unexpected end of JSON input";
        var shown = first switch
        {
            (byte)'\'' => "'\\''",
            (byte)'"' => "'\"'",
            < 0x20 or (>= 0x7f and < 0xa0) => first < 0x80 ? $"'\\x{first:x2}'" : $"'\\u{first:x4}'",
            _ => $"'{(char)first}'",
        };
        return $"invalid character {shown} looking for beginning of value";
    }
}
