using System.Text;

namespace AkkaKube.Persistence.Tests;

/// <summary>An event for tests.</summary>
public sealed record Noted(string Text);

/// <summary>Writes <see cref="Noted"/>; refuses the text "unwritable".</summary>
public sealed class TextCodec : IEventCodec
{
    private readonly EventCodecs _codecs = new(EventCodecs.Entry.Of<Noted>("test.noted.1",
        n => n.Text == "unwritable" ? throw new NotSupportedException("unwritable") : Encoding.UTF8.GetBytes(n.Text),
        bytes => new Noted(Encoding.UTF8.GetString(bytes.Span))));

    public EncodedEvent Encode(object payload) => _codecs.Encode(payload);

    public object Decode(string manifest, ReadOnlyMemory<byte> bytes) => _codecs.Decode(manifest, bytes);
}
