using System.Buffers.Text;
using System.Globalization;
using AkkaKube.Api;

namespace AkkaKube.ApiServer.WatchCache;

/// <summary>The same object under another revision: what a watch is told of an object that left its scope.</summary>
internal static class Restamping
{
    private static readonly byte[] Field = "\"resourceVersion\":\""u8.ToArray();

    public static ApiObject AtRevision(this ApiObject one, long revision)
    {
        var json = one.Json.Span;
        // Nothing before the metadata's own resourceVersion can look like it: a quote within a string is escaped.
        var start = json.IndexOf(Field) + Field.Length;
        if (start < Field.Length) return one;
        var length = json[start..].IndexOf((byte)'"');
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(revision, digits, out var count);
        var stamped = new byte[json.Length - length + count];
        json[..start].CopyTo(stamped);
        digits[..count].CopyTo(stamped.AsSpan(start));
        json[(start + length)..].CopyTo(stamped.AsSpan(start + count));
        var typed = one.Object.WithMetadata(one.Object.Metadata with { ResourceVersion = revision.ToString(CultureInfo.InvariantCulture) });
        return new ApiObject(stamped, one.Key, revision, typed);
    }
}
