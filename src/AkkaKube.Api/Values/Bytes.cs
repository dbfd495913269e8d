namespace AkkaKube.Api;

/// <summary>Immutable bytes, base64 in JSON; equal to others with the same content. <c>default</c> is empty.</summary>
public readonly struct Bytes : IEquatable<Bytes>
{
    private readonly byte[]? _content;

    /// <summary>A copy of <paramref name="content"/>.</summary>
    public Bytes(ReadOnlySpan<byte> content) => _content = content.ToArray();

    private Bytes(byte[] content) => _content = content;

    /// <summary>The content.</summary>
    public ReadOnlySpan<byte> Span => _content;

    /// <summary>The content.</summary>
    public ReadOnlyMemory<byte> Memory => _content;

    /// <summary>How many there are.</summary>
    public int Length => _content?.Length ?? 0;

    /// <summary>Nothing in it.</summary>
    public bool IsEmpty => Length == 0;

    /// <summary>The bytes of a text in UTF-8.</summary>
    public static Bytes Utf8(string text) => new(System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>The content read as UTF-8.</summary>
    public string ToText() => System.Text.Encoding.UTF8.GetString(Span);

    /// <summary>Takes an array that nobody will change.</summary>
    internal static Bytes Owned(byte[] content) => new(content);

    /// <inheritdoc/>
    public bool Equals(Bytes other) => Span.SequenceEqual(other.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Bytes other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Span);
        return hash.ToHashCode();
    }

    /// <summary>The content in base64.</summary>
    public override string ToString() => Convert.ToBase64String(Span);

    /// <summary>Compares the content.</summary>
    public static bool operator ==(Bytes left, Bytes right) => left.Equals(right);

    /// <summary>Compares the content.</summary>
    public static bool operator !=(Bytes left, Bytes right) => !left.Equals(right);
}
