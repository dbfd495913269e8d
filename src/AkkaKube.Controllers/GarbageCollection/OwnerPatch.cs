using System.Buffers;
using System.Text.Json;
using AkkaKube.Api;
using AkkaKube.Api.Meta.V1;

namespace AkkaKube.Controllers.GarbageCollection;

/// <summary>Patches that take owner references and finalizers away. They name the uid, so that they cannot hit another object of the same name.</summary>
internal static class OwnerPatch
{
    public static ReadOnlyMemory<byte> Without(IApiObject item, IEnumerable<OwnerReference> owners) => Metadata(item, writer =>
    {
        writer.WriteStartArray("ownerReferences");
        foreach (var owner in owners)
        {
            writer.WriteStartObject();
            writer.WriteString("$patch", "delete");
            writer.WriteString("uid", owner.Uid);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    /// <summary>A merge patch replaces the whole list, so it is good only for the version that it was made from.</summary>
    public static ReadOnlyMemory<byte> WithoutFinalizer(IApiObject item, string finalizer) => Metadata(item, writer =>
    {
        writer.WriteString("resourceVersion", item.Metadata.ResourceVersion);
        writer.WriteStartArray("finalizers");
        foreach (var other in item.Metadata.Finalizers)
            if (other != finalizer) writer.WriteStringValue(other);
        writer.WriteEndArray();
    });

    private static ReadOnlyMemory<byte> Metadata(IApiObject item, Action<Utf8JsonWriter> body)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("metadata");
            writer.WriteString("uid", item.Metadata.Uid);
            body(writer);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
