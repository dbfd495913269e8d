using System.Buffers.Text;

namespace AkkaKube.Api;

/// <summary>
/// The JSON of an object that has everything but its resourceVersion, which the storage assigns when it writes: the digits belong
/// at <see cref="RevisionAt"/>, where the JSON has <c>"resourceVersion":""</c>.
/// </summary>
/// <param name="Json">The JSON with an empty resourceVersion.</param>
/// <param name="RevisionAt">Where the digits go.</param>
/// <param name="Key">The object's namespace and name.</param>
public sealed record EncodedObject(ReadOnlyMemory<byte> Json, int RevisionAt, ObjectKey Key)
{
    /// <summary>The JSON up to the digits of the resourceVersion.</summary>
    public ReadOnlyMemory<byte> Before => Json[..RevisionAt];

    /// <summary>The JSON behind them.</summary>
    public ReadOnlyMemory<byte> After => Json[RevisionAt..];

    /// <summary>The object as stored at <paramref name="revision"/>: one copy, no parsing.</summary>
    public ApiObject At(long revision)
    {
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(revision, digits, out var count);
        var json = new byte[Json.Length + count];
        Before.Span.CopyTo(json);
        digits[..count].CopyTo(json.AsSpan(RevisionAt));
        After.Span.CopyTo(json.AsSpan(RevisionAt + count));
        return new ApiObject(json, Key, revision);
    }
}
