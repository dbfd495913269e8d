using System.Text;
using System.Text.Json;
using AkkaKube.Api.Errors;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Api.Schema;

namespace AkkaKube.Api.Decoding;

/// <summary>Makes trees of request bodies, as strict as the client asks for, with the API server's complaints.</summary>
public static class ObjectDecoder
{
    private const string Scheme = "pkg/api/legacyscheme/scheme.go:30";
    private const int Shown = 30;

    /// <summary>Reads the body of a write to a resource.</summary>
    /// <param name="type">The resource that the request is about.</param>
    /// <param name="body">JSON in UTF-8.</param>
    /// <param name="fieldValidation">Strict, Warn or Ignore: what to do about unknown and duplicate fields.</param>
    public static Decoded Decode(ResourceType type, ReadOnlyMemory<byte> body, string fieldValidation) =>
        Decode(type.GroupVersionKind, type.Schema, body, fieldValidation);

    /// <summary>Reads a body that should be of kind <paramref name="expected"/>; where it says no kind, it is taken for one.</summary>
    public static Decoded Decode(GroupVersionKind expected, TypeSchema schema, ReadOnlyMemory<byte> body, string fieldValidation)
    {
        var reader = new StructReader(body.Span, strict: fieldValidation is "Strict" or "Warn");
        JsonMap tree;
        try
        {
            if (NotAnObject(body.Span) is { } word)
                return Unrecognized(expected, $"couldn't get version/kind; json parse error: json: cannot unmarshal {word} into Go value of type struct {{ APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; Kind string \"json:\\\"kind,omitempty\\\"\" }}", body.Span);
            tree = reader.Object(schema);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return Unrecognized(expected, "couldn't get version/kind; json parse error: " + (GoJson.Complaint(body.Span) ?? broken.Message), body.Span);
        }

        if (reader.Error?.StartsWith("couldn't get version/kind", StringComparison.Ordinal) == true)
            return Unrecognized(expected, reader.Error, body.Span);
        var said = GroupVersionKind.Of(reader.ApiVersion.Length == 0 ? expected.ApiVersion : reader.ApiVersion, reader.Kind.Length == 0 ? expected.Kind : reader.Kind);
        if (said != expected)
            return Mismatch(expected, said);
        if (reader.Error is not null)
            return Refused(expected, said, reader.Error);
        if (fieldValidation == "Strict" && reader.StrictErrors.Count > 0)
            return Refused(expected, said, "strict decoding error: " + string.Join(", ", reader.StrictErrors));
        return new Decoded { Object = Named(tree, expected), Warnings = [.. reader.StrictErrors] };
    }

    /// <summary>Reads the JSON of a stored object.</summary>
    public static JsonMap Stored(ResourceType type, ReadOnlyMemory<byte> json)
    {
        var reader = new StructReader(json.Span, strict: false);
        var tree = reader.Object(type.Schema);
        return reader.Error is null ? Named(tree, type.GroupVersionKind) : throw new InvalidDataException(reader.Error);
    }

    /// <summary>Brings a tree of any shape into Go's form again.</summary>
    /// <returns>The tree, or why it is not of its type; and its unknown fields.</returns>
    public static (JsonMap? Tree, string? Error, IReadOnlyList<string> Unknown) Normalize(GroupVersionKind kind, TypeSchema schema, JsonMap tree, bool strict = false)
    {
        var reader = new StructReader(Tree.Utf8(tree), strict);
        var normal = reader.Object(schema);
        return reader.Error is null ? (Named(normal, kind), null, reader.StrictErrors) : (null, reader.Error, []);
    }

    /// <summary>The tree with kind and apiVersion before all else.</summary>
    private static JsonMap Named(JsonMap tree, GroupVersionKind kind)
    {
        var named = new JsonMap();
        named.Append("kind", kind.Kind);
        named.Append("apiVersion", kind.ApiVersion);
        foreach (var (name, value) in tree.Entries)
            named.Append(name, value);
        return named;
    }

    private static string? NotAnObject(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        reader.Read();
        var word = reader.TokenType switch
        {
            JsonTokenType.StartArray => "array",
            JsonTokenType.String => "string",
            JsonTokenType.Number => "number",
            JsonTokenType.True or JsonTokenType.False => "bool",
            _ => null,
        };
        if (word is not null)
            reader.Skip();
        return word;
    }

    private static Decoded Mismatch(GroupVersionKind expected, GroupVersionKind said)
    {
        var known = Resources.BuiltIn.OfKind(said) is not null;
        if (!known)
            return Refused(expected, said, $"no kind \"{said.Kind}\" is registered for version \"{said.ApiVersion}\" in scheme \"{Scheme}\"");
        return Refused(expected, said, $"converting ({Schemas.GoName(said.Version, said.Kind)}) to ({InternalPackage(expected.Group)}.{expected.Kind}): unknown conversion");
    }

    /// <summary>The Go package of the types that the API server works on.</summary>
    private static string InternalPackage(string group) => group.Length == 0 ? "core" : group.Split('.')[0];

    private static Decoded Refused(GroupVersionKind expected, GroupVersionKind said, string why) =>
        new() { Failure = StatusErrors.BadRequest($"{said.Kind} in version \"{said.Version}\" cannot be handled as a {expected.Kind}: {why}") };

    private static Decoded Unrecognized(GroupVersionKind expected, string why, ReadOnlySpan<byte> body) =>
        new() { Failure = StatusErrors.BadRequest($"the object provided is unrecognized (must be of type {expected.Kind}): {why} ({Summary(body)})") };

    private static string Summary(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
            return "<empty>";
        var head = body[..Math.Min(body.Length, Shown)];
        var text = body[0] == '{' ? Encoding.UTF8.GetString(head) : Convert.ToHexStringLower(head);
        return body.Length > Shown ? text + " ..." : text;
    }
}
