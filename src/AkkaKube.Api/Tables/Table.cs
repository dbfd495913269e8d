using System.Buffers;
using System.Text.Json;

namespace AkkaKube.Api.Tables;

/// <summary>What each row of a <see cref="Table"/> carries beside its cells (the query parameter includeObject).</summary>
public enum IncludeObject
{
    /// <summary>Its metadata, as a PartialObjectMetadata; the default.</summary>
    Metadata,

    /// <summary>Nothing.</summary>
    None,

    /// <summary>The whole object.</summary>
    Object,
}

/// <summary>Objects as rows of printed cells: what kubectl asks for to print (meta.k8s.io/v1 Table).</summary>
/// <param name="Type">The resource; its columns make the table.</param>
/// <param name="Now">The ages are as of this time.</param>
public sealed record Table(ResourceType Type, DateTimeOffset Now)
{
    private static readonly PrinterColumn[] Plain = [new("Name", "string", false, "@name"), new("Age", "string", false, "@age")];

    /// <summary>What each row carries beside its cells.</summary>
    public IncludeObject Include { get; init; }

    /// <summary>A watch sends the columns with its first event alone.</summary>
    public bool WithColumns { get; init; } = true;

    /// <summary>The revision of the list.</summary>
    public long ResourceVersion { get; init; }

    /// <summary>Where the next page starts.</summary>
    public string? Continue { get; init; }

    /// <summary>How many items are left.</summary>
    public long? RemainingItemCount { get; init; }

    /// <summary>The table of these objects as JSON.</summary>
    public byte[] Render(IEnumerable<ApiObject> items)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            Write(writer, items);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes the table of these objects.</summary>
    public void Write(Utf8JsonWriter writer, IEnumerable<ApiObject> items)
    {
        var columns = Type.Columns.Count > 0 ? Type.Columns.Span : Plain;
        writer.WriteStartObject();
        writer.WriteString("kind", "Table");
        writer.WriteString("apiVersion", "meta.k8s.io/v1");
        writer.WriteStartObject("metadata");
        if (ResourceVersion > 0) writer.WriteString("resourceVersion", ResourceVersion.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (Continue is not null) writer.WriteString("continue", Continue);
        if (RemainingItemCount is { } remaining) writer.WriteNumber("remainingItemCount", remaining);
        writer.WriteEndObject();
        WriteColumns(writer, columns);
        writer.WriteStartArray("rows");
        foreach (var item in items) WriteRow(writer, columns, item);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private void WriteColumns(Utf8JsonWriter writer, ReadOnlySpan<PrinterColumn> columns)
    {
        writer.WriteStartArray("columnDefinitions");
        foreach (var column in WithColumns ? columns : [])
        {
            writer.WriteStartObject();
            writer.WriteString("name", column.Name);
            writer.WriteString("type", column.Type);
            writer.WriteString("format", column.Name == "Name" ? "name" : "");
            writer.WriteString("description", column.Name == "Name" ? "The name, unique in the namespace." : "");
            writer.WriteNumber("priority", column.Wide ? 1 : 0);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void WriteRow(Utf8JsonWriter writer, ReadOnlySpan<PrinterColumn> columns, ApiObject item)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("cells");
        foreach (var column in columns)
        {
            switch (Cells.Of(column, item.Object, Now))
            {
                case null: writer.WriteNullValue(); break;
                case long number: writer.WriteNumberValue(number); break;
                case bool flag: writer.WriteBooleanValue(flag); break;
                case var text: writer.WriteStringValue(text.ToString()); break;
            }
        }

        writer.WriteEndArray();
        if (Include == IncludeObject.Object)
        {
            writer.WritePropertyName("object");
            writer.WriteRawValue(item.Json.Span, skipInputValidation: true);
        }
        else if (Include == IncludeObject.Metadata)
        {
            writer.WriteStartObject("object");
            writer.WriteString("kind", "PartialObjectMetadata");
            writer.WriteString("apiVersion", "meta.k8s.io/v1");
            writer.WritePropertyName("metadata");
            item.Object.Metadata.Write(writer);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
