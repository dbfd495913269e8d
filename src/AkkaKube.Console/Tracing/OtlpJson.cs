using System.Globalization;
using System.Text.Json;
using AkkaKube.Client.Tracing;

namespace AkkaKube.Console.Tracing;

/// <summary>Spans as OpenTelemetry has them on the wire: an ExportTraceServiceRequest in the JSON encoding of OTLP.</summary>
internal static class OtlpJson
{
    private const int Internal = 1;

    public static byte[] Write(string host, IEnumerable<FlowSpan> spans)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteStartArray("resourceSpans");
            json.WriteStartObject();
            json.WriteStartObject("resource");
            json.WriteStartArray("attributes");
            Attribute(json, "service.name", "akkakube");
            Attribute(json, "host.name", host);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteStartArray("scopeSpans");
            json.WriteStartObject();
            json.WriteStartObject("scope");
            json.WriteString("name", "akkakube.flow");
            json.WriteEndObject();
            json.WriteStartArray("spans");
            foreach (var span in spans) Write(json, span);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter json, FlowSpan span)
    {
        var row = ToldSpan.Of("", ToldSpan.Row(span));
        json.WriteStartObject();
        json.WriteString("traceId", row.Trace);
        json.WriteString("spanId", row.Id);
        if (span.Parent != 0) json.WriteString("parentSpanId", row.Parent);
        json.WriteString("name", $"{span.Message} {span.Resource.Resource}");
        json.WriteNumber("kind", Internal);
        json.WriteString("startTimeUnixNano", Nanoseconds(span.At));
        json.WriteString("endTimeUnixNano", Nanoseconds(span.At + span.Took));
        json.WriteStartArray("attributes");
        Attribute(json, "akkakube.object", row.Object);
        Attribute(json, "akkakube.from", row.From);
        Attribute(json, "akkakube.to", row.To);
        Attribute(json, "akkakube.revision", span.Revision.ToString(CultureInfo.InvariantCulture));
        if (row.Note.Length > 0) Attribute(json, "akkakube.note", row.Note);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Nanoseconds(DateTimeOffset at) => ((at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * 100).ToString(CultureInfo.InvariantCulture);

    private static void Attribute(Utf8JsonWriter json, string key, string value)
    {
        json.WriteStartObject();
        json.WriteString("key", key);
        json.WriteStartObject("value");
        json.WriteString("stringValue", value);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
