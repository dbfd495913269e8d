using System.Text.Json.Nodes;
using Google.Protobuf;

namespace AkkaKube.Api.OpenApi;

/// <summary>
/// Writes an OpenAPI 2.0 document as the protobuf message <c>openapi.v2.Document</c> of gnostic: kubectl up to 1.26 reads no other form.
/// The numbers are those of the message's fields.
/// </summary>
internal static class OpenApiV2Protobuf
{
    private static readonly string[] Methods = ["", "", "get", "put", "post", "delete", "options", "head", "patch"];

    public static byte[] Encode(JsonObject document) => Message(output =>
    {
        Text(output, 1, document["swagger"]);
        Nested(output, 2, info =>
        {
            Text(info, 1, document["info"]!["title"]);
            Text(info, 2, document["info"]!["version"]);
        });
        Nested(output, 8, paths =>
        {
            foreach (var (name, path) in document["paths"]!.AsObject()) Named(paths, 2, name, item => Path(item, path!.AsObject()));
        });
        Nested(output, 9, definitions => Schemas(definitions, document["definitions"]!.AsObject()));
    });

    private static void Path(CodedOutputStream output, JsonObject path)
    {
        for (var number = 2; number < Methods.Length; number++)
        {
            if (path[Methods[number]] is JsonObject operation) Nested(output, number, o => Operation(o, operation));
        }

        foreach (var parameter in path["parameters"]!.AsArray()) Nested(output, 9, item => Nested(item, 1, p => Parameter(p, parameter!.AsObject())));
    }

    private static void Operation(CodedOutputStream output, JsonObject operation)
    {
        Text(output, 5, operation["operationId"]);
        foreach (var type in operation["produces"]!.AsArray()) Text(output, 6, type);
        foreach (var type in operation["consumes"]!.AsArray()) Text(output, 7, type);
        foreach (var parameter in operation["parameters"]!.AsArray()) Nested(output, 8, item => Nested(item, 1, p => Parameter(p, parameter!.AsObject())));
        Nested(output, 9, responses =>
        {
            foreach (var (code, response) in operation["responses"]!.AsObject())
            {
                Named(responses, 1, code, value => Nested(value, 1, r =>
                {
                    Text(r, 1, response!["description"]);
                    Nested(r, 2, item => Nested(item, 1, schema => Schema(schema, response["schema"]!.AsObject())));
                }));
            }
        });
        Extensions(output, 13, operation);
    }

    private static void Parameter(CodedOutputStream output, JsonObject parameter)
    {
        if ((string?)parameter["in"] == "body")
        {
            Nested(output, 1, body =>
            {
                Text(body, 2, parameter["name"]);
                Text(body, 3, parameter["in"]);
                Flag(body, 4, parameter["required"]);
                Nested(body, 5, schema => Schema(schema, parameter["schema"]!.AsObject()));
            });
            return;
        }

        var isPath = (string?)parameter["in"] == "path";
        Nested(output, 2, simple => Nested(simple, isPath ? 4 : 3, p =>
        {
            Flag(p, 1, parameter["required"]);
            Text(p, 2, parameter["in"]);
            Text(p, 4, parameter["name"]);
            Text(p, isPath ? 5 : 6, parameter["type"]);
            Flag(p, isPath ? 18 : 20, parameter["uniqueItems"]);
        }));
    }

    private static void Schema(CodedOutputStream output, JsonObject schema)
    {
        Text(output, 1, schema["$ref"]);
        Text(output, 2, schema["format"]);
        Text(output, 4, schema["description"]);
        foreach (var name in schema["required"] as JsonArray ?? []) Text(output, 19, name);
        if (schema["additionalProperties"] is JsonObject more) Nested(output, 21, item => Nested(item, 1, s => Schema(s, more)));
        if (schema["type"] is { } type) Nested(output, 22, item => Text(item, 1, type));
        if (schema["items"] is JsonObject items) Nested(output, 23, item => Nested(item, 1, s => Schema(s, items)));
        if (schema["properties"] is JsonObject properties) Nested(output, 25, p => Schemas(p, properties));
        Extensions(output, 31, schema);
    }

    private static void Schemas(CodedOutputStream output, JsonObject schemas)
    {
        foreach (var (name, schema) in schemas) Named(output, 1, name, s => Schema(s, schema!.AsObject()));
    }

    // An extension is any value, as YAML; JSON is YAML.
    private static void Extensions(CodedOutputStream output, int number, JsonObject holder)
    {
        foreach (var (name, value) in holder)
        {
            if (!name.StartsWith("x-", StringComparison.Ordinal)) continue;
            Named(output, number, name, any =>
            {
                any.WriteTag(2, WireFormat.WireType.LengthDelimited);
                any.WriteString(value!.ToJsonString() + "\n");
            });
        }
    }

    private static void Named(CodedOutputStream output, int number, string name, Action<CodedOutputStream> value) => Nested(output, number, named =>
    {
        named.WriteTag(1, WireFormat.WireType.LengthDelimited);
        named.WriteString(name);
        Nested(named, 2, value);
    });

    private static void Text(CodedOutputStream output, int number, JsonNode? text)
    {
        if (text is null) return;
        output.WriteTag(number, WireFormat.WireType.LengthDelimited);
        output.WriteString((string)text!);
    }

    private static void Flag(CodedOutputStream output, int number, JsonNode? flag)
    {
        if (flag is null || !(bool)flag) return;
        output.WriteTag(number, WireFormat.WireType.Varint);
        output.WriteBool(true);
    }

    private static void Nested(CodedOutputStream output, int number, Action<CodedOutputStream> write)
    {
        output.WriteTag(number, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(UnsafeByteOperations.UnsafeWrap(Message(write)));
    }

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true)) write(output);
        return stream.ToArray();
    }
}
