using System.Text.Json;

namespace AkkaKube.Api;

/// <summary>Finds the record of a kind (the generated half has the table).</summary>
internal static partial class RecordTypes
{
    /// <summary>Reads an object whose JSON says what it is.</summary>
    /// <exception cref="JsonException">The JSON is broken, or of a kind that has no record.</exception>
    public static IApiObject Read(ReadOnlySpan<byte> json)
    {
        var (apiVersion, kind) = TypeOf(json);
        var reader = new Utf8JsonReader(json);
        reader.Read();
        return Read(apiVersion, kind, ref reader) ?? throw new JsonException($"no record for {apiVersion} {kind}");
    }

    /// <summary>apiVersion and kind of an object; they mostly stand at its start.</summary>
    public static (string ApiVersion, string Kind) TypeOf(ReadOnlySpan<byte> json)
    {
        var (apiVersion, kind) = ("", "");
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (JsonReading.NextField(ref reader) && (apiVersion.Length == 0 || kind.Length == 0))
        {
            if (reader.ValueTextEquals("kind"u8))
                kind = JsonReading.Text(ref reader) ?? "";
            else if (reader.ValueTextEquals("apiVersion"u8))
                apiVersion = JsonReading.Text(ref reader) ?? "";
            else
                JsonReading.PassOver(ref reader);
        }

        return (apiVersion, kind);
    }

    private static partial IApiObject? Read(string apiVersion, string kind, ref Utf8JsonReader reader);
}
