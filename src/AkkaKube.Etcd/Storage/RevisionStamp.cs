using System.Buffers.Text;

namespace AkkaKube.Etcd;

/// <summary>Writes a revision, in decimal digits, into a value whose writer could not know it yet.</summary>
internal static class RevisionStamp
{
    /// <summary>The value with <paramref name="revision"/> inserted at <paramref name="position"/>; unchanged where that is null.</summary>
    public static ReadOnlyMemory<byte> Insert(ReadOnlyMemory<byte> value, int? position, long revision)
    {
        if (position is not { } at) return value;
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(revision, digits, out var length);
        var stamped = new byte[value.Length + length];
        value.Span[..at].CopyTo(stamped);
        digits[..length].CopyTo(stamped.AsSpan(at));
        value.Span[at..].CopyTo(stamped.AsSpan(at + length));
        return stamped;
    }
}
