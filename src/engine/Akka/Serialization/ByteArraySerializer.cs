using Akka.Actor;

namespace Akka.Serialization;

/// <summary>Bytes stay bytes.</summary>
public class ByteArraySerializer : Serializer, IWireSerializer
{
    /// <summary>Creates the serializer of a system.</summary>
    public ByteArraySerializer(ExtendedActorSystem system) : base(system) { }

    /// <inheritdoc />
    public override bool IncludeManifest => false;

    /// <inheritdoc />
    public override byte[] ToBinary(object obj) => obj switch
    {
        null => null!,
        byte[] bytes => bytes,
        _ => throw new NotSupportedException($"{nameof(ByteArraySerializer)} writes byte[] only, not {obj.GetType()}"),
    };

    /// <inheritdoc />
    public override object FromBinary(byte[] bytes, Type type) => bytes;

    string IWireSerializer.ManifestOf(object message) => "";
    void IWireSerializer.Write(object message, WireBuffer to) => to.WriteRaw((byte[])message);
    object IWireSerializer.Read(ReadOnlySpan<byte> bytes, string manifest) => bytes.ToArray();
}

/// <summary>Null stays null.</summary>
public class NullSerializer : Serializer
{
    /// <summary>Creates the serializer of a system.</summary>
    public NullSerializer(ExtendedActorSystem system) : base(system) { }

    /// <inheritdoc />
    public override int Identifier => 0;

    /// <inheritdoc />
    public override bool IncludeManifest => false;

    /// <inheritdoc />
    public override byte[] ToBinary(object obj) => [];

    /// <inheritdoc />
    public override object FromBinary(byte[] bytes, Type type) => null!;
}
