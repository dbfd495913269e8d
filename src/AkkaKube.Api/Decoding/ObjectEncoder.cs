using System.Text.Json;
using AkkaKube.Api.Schema;

namespace AkkaKube.Api.Decoding;

/// <summary>Writes trees in the order of Go's structs, maps sorted by key.</summary>
public static class ObjectEncoder
{
    /// <summary>The JSON of an object with room for the resourceVersion that the storage will assign.</summary>
    public static EncodedObject Encode(TypeSchema schema, JsonMap o)
    {
        var at = 0;
        var metadata = o.Map("metadata");
        var json = ApiJson.Utf8((schema, o), (state, writer) =>
        {
            var writing = new Writing(writer) { Splices = true };
            writing.Struct(state.schema, state.o);
            at = writing.RevisionAt;
        });
        return new EncodedObject(json, at, new ObjectKey(metadata?.Text("namespace") is { Length: > 0 } space ? space : null, metadata?.Text("name") ?? ""));
    }

    /// <summary>The JSON as it is.</summary>
    public static byte[] Utf8(TypeSchema schema, JsonMap o) =>
        ApiJson.Utf8((schema, o), static (state, writer) => new Writing(writer).Struct(state.schema, state.o));

    /// <summary>The record of a tree, e.g. for validation.</summary>
    public static IApiObject Record(TypeSchema schema, JsonMap o) => RecordTypes.Read(Utf8(schema, o));

    /// <summary>The record of a tree.</summary>
    public static T Record<T>(TypeSchema schema, JsonMap o)
        where T : class, IApiRecord<T> => ApiJson.Read<T>(Utf8(schema, o));

    private struct Writing(Utf8JsonWriter writer)
    {
        /// <summary>The resourceVersion is left empty.</summary>
        public bool Splices { get; init; }

        /// <summary>Where its digits go.</summary>
        public int RevisionAt { get; private set; }

        public void Struct(TypeSchema schema, JsonMap map)
        {
            writer.WriteStartObject();
            if (schema.IsKind)
            {
                Header("kind", map);
                Header("apiVersion", map);
            }

            var isMeta = Splices && RevisionAt == 0 && schema.FullName == "meta.v1.ObjectMeta";
            foreach (var field in schema.AllFields)
            {
                if (isMeta && field.Name == "resourceVersion")
                {
                    writer.WriteString(field.Encoded, "");
                    RevisionAt = (int)(writer.BytesCommitted + writer.BytesPending) - 1;
                }
                else if (map.TryGet(field.Name, out var value))
                {
                    if (value is null && !field.IsWritten)
                        continue;
                    writer.WritePropertyName(field.Encoded);
                    Value(field.Value, IsHollow(field, value) ? null : value);
                }
                else if (field.IsWritten)
                {
                    writer.WritePropertyName(field.Encoded);
                    Value(field.Value, field.Zero());
                }
            }

            writer.WriteEndObject();
        }

        /// <summary>A list or map that is written though empty: Kubernetes' storage forgets that it was there, so it is null from then on.</summary>
        private static bool IsHollow(FieldSchema field, object? value) =>
            field.IsWritten && !field.IsPointer && (value is JsonList { Count: 0 } || (value is JsonMap { Count: 0 } && field.Value.Kind == ValueKind.Map));

        private readonly void Header(string name, JsonMap map)
        {
            if (map.Text(name) is { Length: > 0 } text)
                writer.WriteString(name, text);
        }

        private void Value(ValueSchema schema, object? value)
        {
            switch (value)
            {
                case JsonMap map when schema.Kind == ValueKind.Struct: Struct(schema.Struct, map); break;
                case JsonMap map when schema.Kind == ValueKind.Map: Map(schema.Element!, map); break;
                case JsonList list when schema.Kind == ValueKind.List:
                    writer.WriteStartArray();
                    foreach (var item in list)
                        Value(schema.Element!, item);
                    writer.WriteEndArray();
                    break;
                default: Tree.Write(value, writer); break;
            }
        }

        private void Map(ValueSchema element, JsonMap map)
        {
            writer.WriteStartObject();
            if (!InOrder(map.Entries))
                map.Sort();
            foreach (var (name, value) in map.Entries)
            {
                writer.WritePropertyName(name);
                Value(element, value);
            }

            writer.WriteEndObject();
        }

        private static bool InOrder(ReadOnlySpan<KeyValuePair<string, object?>> entries)
        {
            for (var i = 1; i < entries.Length; i++)
            {
                if (string.CompareOrdinal(entries[i - 1].Key, entries[i].Key) > 0)
                    return false;
            }

            return true;
        }
    }
}
