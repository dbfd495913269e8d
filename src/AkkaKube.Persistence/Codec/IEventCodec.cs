namespace AkkaKube.Persistence;

/// <summary>How events and snapshots become bytes. The manifest names what the bytes are and never a type of ours, so that code may move.</summary>
public interface IEventCodec
{
    /// <summary>The bytes of an event or a snapshot with their manifest.</summary>
    /// <exception cref="NotSupportedException">The codec does not know such a thing; the journal refuses the event and writes nothing of its group.</exception>
    EncodedEvent Encode(object payload);

    /// <summary>What the bytes stand for. They are the codec's to keep.</summary>
    /// <exception cref="NotSupportedException">The codec does not know the manifest.</exception>
    object Decode(string manifest, ReadOnlyMemory<byte> bytes);
}

/// <summary>An event as it is stored.</summary>
/// <param name="Manifest">What the bytes are.</param>
/// <param name="Bytes">Not changed from now on.</param>
public readonly record struct EncodedEvent(string Manifest, ReadOnlyMemory<byte> Bytes);
