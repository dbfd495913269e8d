namespace AkkaKube.Api;

/// <summary>A JSON value that nobody looks into, as UTF-8. <c>default</c> is no value at all.</summary>
public readonly struct RawJson : IEquatable<RawJson>
{
    /// <summary>Takes the JSON as it stands.</summary>
    public RawJson(ReadOnlyMemory<byte> utf8) => Utf8 = utf8;

    /// <summary>The JSON.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; }

    /// <summary>There is no value.</summary>
    public bool IsEmpty => Utf8.IsEmpty;

    /// <inheritdoc/>
    public bool Equals(RawJson other) => Utf8.Span.SequenceEqual(other.Utf8.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RawJson other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Utf8.Span);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => System.Text.Encoding.UTF8.GetString(Utf8.Span);

    /// <summary>Compares the text of the JSON.</summary>
    public static bool operator ==(RawJson left, RawJson right) => left.Equals(right);

    /// <summary>Compares the text of the JSON.</summary>
    public static bool operator !=(RawJson left, RawJson right) => !left.Equals(right);
}
