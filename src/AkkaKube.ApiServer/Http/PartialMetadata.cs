using System.Text.Json;
using AkkaKube.Client.Requests;

namespace AkkaKube.ApiServer.Http;

/// <summary>Makes a PartialObjectMetadata of an object: its metadata, cut out of its bytes.</summary>
internal static class PartialMetadata
{
    private static readonly byte[] Head = "{\"kind\":\"PartialObjectMetadata\",\"apiVersion\":\"meta.k8s.io/v1\",\"metadata\":"u8.ToArray();

    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> json)
    {
        var metadata = MetadataOf(json);
        var made = new byte[Head.Length + metadata.Length + 1];
        Head.CopyTo(made, 0);
        metadata.Span.CopyTo(made.AsSpan(Head.Length));
        made[^1] = (byte)'}';
        return made;
    }

    public static ReadOnlyMemory<byte> List(Listed listed, string listMetadata)
    {
        using var made = new MemoryStream();
        made.Write(System.Text.Encoding.UTF8.GetBytes($"{{\"kind\":\"PartialObjectMetadataList\",\"apiVersion\":\"meta.k8s.io/v1\",\"metadata\":{listMetadata},\"items\":["));
        for (var i = 0; i < listed.Items.Count; i++)
        {
            if (i > 0) made.WriteByte((byte)',');
            made.Write(Of(listed.Items[i].Json).Span);
        }
        made.Write("]}"u8);
        return made.ToArray();
    }

    /// <summary>The bytes of the member <c>metadata</c>.</summary>
    private static ReadOnlyMemory<byte> MetadataOf(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isMetadata = reader.ValueTextEquals("metadata"u8);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (isMetadata) return json[start..(int)reader.BytesConsumed];
        }
        return "{}"u8.ToArray();
    }
}
