namespace Akka.Serialization;

/// <summary>A serializer that can write into the buffer of a connection and read from it, without an array of its own.</summary>
internal interface IWireSerializer
{
    string ManifestOf(object message);
    void Write(object message, WireBuffer to);
    object Read(ReadOnlySpan<byte> bytes, string manifest);
}

/// <summary>The base of the engine's own serializers: arrays are made only for those who ask for them.</summary>
internal abstract class WireSerializer(Actor.ExtendedActorSystem system) : SerializerWithStringManifest(system), IWireSerializer
{
    public sealed override byte[] ToBinary(object obj)
    {
        using var buffer = new WireBuffer();
        Write(obj, buffer);
        return buffer.Written.ToArray();
    }

    public sealed override object FromBinary(byte[] bytes, string manifest) => Read(bytes, manifest);
    public sealed override string Manifest(object o) => ManifestOf(o);

    public abstract string ManifestOf(object message);
    public abstract void Write(object message, WireBuffer to);
    public abstract object Read(ReadOnlySpan<byte> bytes, string manifest);

    protected Exception Unknown(object message) => new ArgumentException($"{GetType().Name} cannot write {message.GetType()}");

    protected Exception Unknown(string manifest) =>
        new System.Runtime.Serialization.SerializationException($"{GetType().Name} knows nothing of manifest '{manifest}'; was it written by a newer version?");
}
