using AkkaKube.Wire;

namespace AkkaKube.Etcd;

/// <summary>What a key holds now.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">Opaque bytes.</param>
/// <param name="Revision">The revision of the write that made it so.</param>
public sealed record Entry(string Key, ReadOnlyMemory<byte> Value, long Revision)
{
    /// <summary>The value in the form that its readers in this process share; made by <see cref="IValueViews"/>, never persisted.</summary>
    [NotOnWire]
    public object? View { get; init; }
}

/// <summary>Makes the shared in-memory form of a value, once for each value.</summary>
public interface IValueViews
{
    /// <summary>The form of <paramref name="value"/>; <paramref name="draft"/> is what its writer gave along, null after a recovery.</summary>
    object? Make(string key, ReadOnlyMemory<byte> value, long revision, object? draft);
}

/// <summary>Keeps values as bytes alone.</summary>
public sealed class NoViews : IValueViews
{
    /// <summary>The one there is.</summary>
    public static readonly NoViews Instance = new();

    /// <inheritdoc/>
    public object? Make(string key, ReadOnlyMemory<byte> value, long revision, object? draft) => null;
}
