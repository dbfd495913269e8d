using System.Globalization;
using System.Text;
using System.Text.Json;
using AkkaKube.Api;

namespace AkkaKube.Console.Documents;

/// <summary>Documents as JSON: what the management port answers, what one host's console tells another's, what <c>pbm --json</c> prints.</summary>
public static class DocumentJson
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The JSON of a document, in one line.</summary>
    public static byte[] Write(Document document)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Readable))
        {
            json.WriteStartObject();
            switch (document)
            {
                case Document.Table table:
                    Write(json, table);
                    break;
                case Document.Text text:
                    json.WriteString("text", text.Value);
                    break;
                case Document.Done done:
                    json.WriteBoolean("ok", true);
                    json.WriteString("message", done.Message);
                    break;
                case Document.Failure failure:
                    Write(json, failure);
                    break;
            }

            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>The JSON of a document as text.</summary>
    public static string WriteText(Document document) => Encoding.UTF8.GetString(Write(document));

    /// <summary>The document that JSON stands for. Fields that are not known are passed over.</summary>
    /// <exception cref="FormatException">It is no document.</exception>
    public static Document Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes);
            return Read(json.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException($"The answer is no document of a console: {fault.Message}", fault);
        }
    }

    private static Document Read(JsonElement json)
    {
        if (json.TryGetProperty("error", out var error))
        {
            return new Document.Failure(error.GetProperty("code").GetString() ?? "", error.GetProperty("message").GetString() ?? "")
            {
                Nearest = error.TryGetProperty("nearest", out var nearest) ? [.. nearest.EnumerateArray().Select(n => n.GetString() ?? "")] : [],
            };
        }

        if (json.TryGetProperty("columns", out var columns))
        {
            return new Document.Table(
                [.. columns.EnumerateArray().Select(c => c.GetString() ?? "")],
                [.. json.GetProperty("rows").EnumerateArray().Select(row => (ValueList<Cell>)[.. row.EnumerateArray().Select(ReadCell)])]);
        }

        if (json.TryGetProperty("text", out var text)) return new Document.Text(text.GetString() ?? "");
        return new Document.Done(json.GetProperty("message").GetString() ?? "");
    }

    private static Cell ReadCell(JsonElement cell) => cell.ValueKind switch
    {
        JsonValueKind.Null => new Cell(null),
        JsonValueKind.Number => new Cell(cell.GetRawText(), true),
        _ => new Cell(cell.GetString()),
    };

    private static void Write(Utf8JsonWriter json, Document.Table table)
    {
        json.WriteStartArray("columns");
        foreach (var column in table.Columns) json.WriteStringValue(column);
        json.WriteEndArray();
        json.WriteStartArray("rows");
        foreach (var row in table.Rows)
        {
            json.WriteStartArray();
            foreach (var cell in row) Write(json, cell);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, Cell cell)
    {
        if (cell.Text is null) json.WriteNullValue();
        else if (cell.IsNumber && decimal.TryParse(cell.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) json.WriteNumberValue(number);
        else json.WriteStringValue(cell.Text);
    }

    private static void Write(Utf8JsonWriter json, Document.Failure failure)
    {
        json.WriteStartObject("error");
        json.WriteString("code", failure.Code);
        json.WriteString("message", failure.Message);
        if (!failure.Nearest.IsEmpty)
        {
            json.WriteStartArray("nearest");
            foreach (var name in failure.Nearest) json.WriteStringValue(name);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
