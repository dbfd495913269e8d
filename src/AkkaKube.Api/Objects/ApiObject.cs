using System.Globalization;
using System.Text.Json;

namespace AkkaKube.Api;

/// <summary>
/// An object as it travels: its JSON, made once, and its typed view, made once when somebody first asks. All who hold the object share both.
/// </summary>
public sealed class ApiObject
{
    private IApiObject? _object;

    /// <summary>Takes the JSON of a stored object; <paramref name="key"/> and <paramref name="resourceVersion"/> say what is in it.</summary>
    public ApiObject(ReadOnlyMemory<byte> json, ObjectKey key, long resourceVersion, IApiObject? view = null)
    {
        Json = json;
        Key = key;
        ResourceVersion = resourceVersion;
        _object = view;
    }

    /// <summary>The JSON in UTF-8, with its resourceVersion, without spaces.</summary>
    public ReadOnlyMemory<byte> Json { get; }

    /// <summary>The revision of its last change; 0 for an object that is not stored.</summary>
    public long ResourceVersion { get; }

    /// <summary>Its namespace and name.</summary>
    public ObjectKey Key { get; }

    /// <summary>The typed view.</summary>
    public IApiObject Object => _object ??= RecordTypes.Read(Json.Span);

    /// <summary>The typed view as <typeparamref name="T"/>.</summary>
    public T As<T>()
        where T : class, IApiObject => (T)Object;

    /// <summary>Reads key and resourceVersion from the JSON.</summary>
    public static ApiObject FromJson(ReadOnlyMemory<byte> json)
    {
        var (key, version) = Identity(json.Span);
        return new(json, key, version);
    }

    /// <summary>Writes the JSON of a record.</summary>
    public static ApiObject Of(IApiObject o) =>
        new(ApiJson.Utf8(o), ObjectKey.Of(o), Revision(o.Metadata.ResourceVersion), o);

    /// <summary>The JSON.</summary>
    public override string ToString() => System.Text.Encoding.UTF8.GetString(Json.Span);

    private static long Revision(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : 0;

    private static (ObjectKey Key, long Revision) Identity(ReadOnlySpan<byte> json)
    {
        string? space = null, name = null, version = null;
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (JsonReading.NextField(ref reader))
        {
            if (!reader.ValueTextEquals("metadata"u8))
            {
                JsonReading.PassOver(ref reader);
                continue;
            }

            reader.Read();
            while (JsonReading.NextField(ref reader))
            {
                if (reader.ValueTextEquals("name"u8))
                    name = JsonReading.Text(ref reader);
                else if (reader.ValueTextEquals("namespace"u8))
                    space = JsonReading.TextOrNull(ref reader);
                else if (reader.ValueTextEquals("resourceVersion"u8))
                    version = JsonReading.Text(ref reader);
                else
                    JsonReading.PassOver(ref reader);
            }

            break;
        }

        return (new ObjectKey(space, name ?? ""), Revision(version));
    }
}
