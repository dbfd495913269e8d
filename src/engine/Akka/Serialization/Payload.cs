using Akka.Actor;

namespace Akka.Serialization;

/// <summary>A message inside of a message: number of its serializer, manifest, bytes. And references, which are texts.</summary>
internal static class Payload
{
    public static void Write(Serialization serialization, object? message, WireBuffer to)
    {
        var serializer = serialization.FindSerializerFor(message!);
        to.WriteSigned(serializer.Identifier);
        if (serializer is IWireSerializer wire)
        {
            to.WriteText(message is null ? "" : wire.ManifestOf(message));
            var start = to.Length;
            to.WriteFixed32(0);
            wire.Write(message!, to);
            to.PatchFixed32(start, to.Length - start - 4);
        }
        else
        {
            to.WriteText(Serialization.ManifestFor(serializer, message!));
            var bytes = serializer.ToBinary(message!);
            to.WriteFixed32(bytes.Length);
            to.WriteRaw(bytes);
        }
    }

    public static object Read(Serialization serialization, ref WireReader from)
    {
        var number = checked((int)from.ReadSigned());
        var manifest = from.ReadText();
        return Read(serialization, number, manifest, from.Take(from.ReadFixed32()));
    }

    public static object Read(Serialization serialization, int number, string manifest, ReadOnlySpan<byte> bytes) => serialization.Numbered(number, manifest) switch
    {
        IWireSerializer wire => wire.Read(bytes, manifest),
        SerializerWithStringManifest named => named.FromBinary(bytes.ToArray(), manifest),
        var plain => plain.FromBinary(bytes.ToArray(), (Type)null!),
    };

    public static void WriteRef(IActorRef? actor, WireBuffer to) => to.WriteText(Serialization.SerializedActorPath(actor!));

    public static IActorRef ReadRef(Serialization serialization, ref WireReader from) => serialization.DeserializeActorRef(from.ReadText());
}
