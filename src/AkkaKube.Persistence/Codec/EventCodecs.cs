using System.Collections.Frozen;

namespace AkkaKube.Persistence;

/// <summary>A codec put together of one for each type.</summary>
public sealed class EventCodecs : IEventCodec
{
    private readonly FrozenDictionary<Type, (string Manifest, Func<object, ReadOnlyMemory<byte>> Encode)> _byType;
    private readonly FrozenDictionary<string, Func<ReadOnlyMemory<byte>, object>> _byManifest;

    /// <summary>Knows the types given.</summary>
    public EventCodecs(params IReadOnlyCollection<Entry> entries)
    {
        _byType = entries.ToFrozenDictionary(e => e.Type, e => (e.Manifest, e.Encode));
        _byManifest = entries.ToFrozenDictionary(e => e.Manifest, e => e.Decode, StringComparer.Ordinal);
    }

    /// <summary>How one type becomes bytes.</summary>
    /// <param name="Type">Exactly this type.</param>
    /// <param name="Manifest">Its name in the journal.</param>
    /// <param name="Encode">Its bytes.</param>
    /// <param name="Decode">What bytes stand for.</param>
    public sealed record Entry(Type Type, string Manifest, Func<object, ReadOnlyMemory<byte>> Encode, Func<ReadOnlyMemory<byte>, object> Decode)
    {
        /// <summary>How <typeparamref name="T"/> becomes bytes.</summary>
        public static Entry Of<T>(string manifest, Func<T, byte[]> encode, Func<ReadOnlyMemory<byte>, T> decode) where T : class =>
            new(typeof(T), manifest, value => encode((T)value), decode);
    }

    /// <inheritdoc/>
    public EncodedEvent Encode(object payload) => _byType.TryGetValue(payload.GetType(), out var codec)
        ? new EncodedEvent(codec.Manifest, codec.Encode(payload))
        : throw new NotSupportedException($"No codec writes {payload.GetType().Name}");

    /// <inheritdoc/>
    public object Decode(string manifest, ReadOnlyMemory<byte> bytes) => _byManifest.TryGetValue(manifest, out var decode)
        ? decode(bytes)
        : throw new NotSupportedException($"No codec reads '{manifest}'");
}
