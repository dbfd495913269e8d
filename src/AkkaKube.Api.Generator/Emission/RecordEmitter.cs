#nullable enable
using System.Linq;
using System.Text;
using AkkaKube.Api.Declarations;

namespace AkkaKube.Api.Generator.Emission;

/// <summary>Writes the record of one struct: its properties, its reading constructor, its writing.</summary>
internal sealed class RecordEmitter
{
    private readonly TypeDeclaration _type;
    private readonly StringBuilder _code;
    private readonly PropertyEmitter[] _properties;

    public RecordEmitter(TypeCatalog catalog, TypeDeclaration type, StringBuilder code)
    {
        _type = type;
        _code = code;
        _properties = type.Fields.Select(field => new PropertyEmitter(catalog, type, field)).ToArray();
    }

    /// <summary>The apiVersion of a group's kinds.</summary>
    public static string ApiVersion(string group) => group switch
    {
        "core.v1" or "meta.v1" => "v1",
        "discovery.v1" => "discovery.k8s.io/v1",
        "apiextensions.v1" => "apiextensions.k8s.io/v1",
        "coordination.v1" => "coordination.k8s.io/v1",
        _ => group.Replace('.', '/'),
    };

    public static bool IsObjectMeta(FieldDeclaration field) => field.Name == "metadata" && field.Type.Name is "ObjectMeta" or "meta.v1.ObjectMeta";

    public void Emit()
    {
        _code.Append("namespace ").Append(TypeCatalog.Namespace(_type.Group)).Append("\n{\n");
        var isObject = _type.Form == TypeForm.Kind && _type.Fields.Any(IsObjectMeta);
        Record(_type.Name, _type.Description, isObject, _properties);
        if (_type.Resource?.Verbs.Contains("list") == true)
            List();
        _code.Append("}\n");
    }

    private void Record(string name, string description, bool isObject, PropertyEmitter[] properties)
    {
        Line(1, "/// <summary>" + Docs.Escape(description) + "</summary>");
        Line(1, $"public sealed partial record {name} : global::AkkaKube.Api.IApiRecord<{name}>{(isObject ? ", global::AkkaKube.Api.IApiObject" : "")}");
        Line(1, "{");
        Line(2, "/// <summary>One without any field set.</summary>");
        Line(2, $"public static readonly {name} Empty = new();");
        if (_type.Form == TypeForm.Kind)
        {
            Line(2, "/// <summary>The group and version, as an object says them.</summary>");
            Line(2, $"public string ApiVersion => \"{ApiVersion(_type.Group)}\";");
            Line(2, "/// <summary>The kind, as an object says it.</summary>");
            Line(2, $"public string Kind => \"{name}\";");
        }

        foreach (var property in properties)
            property.Declaration(_code);
        Line(2, "/// <summary>One without any field set.</summary>");
        Line(2, $"public {name}()");
        Line(2, "{");
        foreach (var property in properties)
            property.Initialization(_code);
        Line(2, "}");
        Reading(name, properties);
        Writing(properties);
        if (isObject)
        {
            Line(2, "/// <inheritdoc/>");
            Line(2, $"public global::AkkaKube.Api.IApiObject WithMetadata(global::AkkaKube.Api.Meta.V1.ObjectMeta metadata) => this with {{ Metadata = metadata }};");
        }

        Line(2, "/// <summary>The JSON.</summary>");
        Line(2, "public override string ToString() => global::AkkaKube.Api.ApiJson.Text(this);");
        Line(1, "}");
    }

    private void Reading(string name, PropertyEmitter[] properties)
    {
        Line(2, "/// <summary>Reads one from the object that the reader stands on; unknown fields are passed over.</summary>");
        Line(2, $"public static {name} Read(ref global::System.Text.Json.Utf8JsonReader reader) => new(ref reader);");
        Line(2, $"internal {name}(ref global::System.Text.Json.Utf8JsonReader reader)");
        Line(2, "{");
        foreach (var property in properties.Where(p => p.NeedsInitialText))
            property.Initialization(_code);
        Line(3, "while (global::AkkaKube.Api.JsonReading.NextField(ref reader))");
        Line(3, "{");
        Line(4, "var name = reader.ValueSpan;");
        Line(4, "switch (name.Length)");
        Line(4, "{");
        foreach (var group in properties.GroupBy(property => property.Field.Name.Length).OrderBy(group => group.Key))
        {
            Line(5, $"case {group.Key}:");
            foreach (var property in group)
                property.Reading(_code);
            Line(6, "break;");
        }

        Line(4, "}");
        Line(4, "global::AkkaKube.Api.JsonReading.PassOver(ref reader);");
        Line(3, "}");
        foreach (var property in properties.Where(p => p.IsOwnStruct))
            property.Completion(_code);
        Line(2, "}");
    }

    private void Writing(PropertyEmitter[] properties)
    {
        Line(2, "/// <summary>Writes it as a JSON object; what is zero is left out where Kubernetes leaves it out.</summary>");
        Line(2, "public void Write(global::System.Text.Json.Utf8JsonWriter writer)");
        Line(2, "{");
        Line(3, "writer.WriteStartObject();");
        if (_type.Form == TypeForm.Kind)
        {
            Line(3, "writer.WriteString(\"kind\"u8, Kind);");
            Line(3, "writer.WriteString(\"apiVersion\"u8, ApiVersion);");
        }

        foreach (var property in properties)
            property.Writing(_code);
        Line(3, "writer.WriteEndObject();");
        Line(2, "}");
    }

    private void List()
    {
        var file = ModelFile.Parse(_type.Group, $"kind {_type.Name}List\n  Many of them.\n\n  metadata  meta.v1.ListMeta  -- About the list.\n  items  []{_type.Name}  always  -- The objects.\n");
        var list = file.Types[0];
        var catalog = new TypeCatalog(new[] { list, _type, new TypeDeclaration("meta.v1", "ListMeta", TypeForm.Struct, 0) });
        Record(list.Name, $"A list of {_type.Name}.", false, list.Fields.Select(field => new PropertyEmitter(catalog, list, field)).ToArray());
    }

    private void Line(int indent, string text) => _code.Append(' ', indent * 4).Append(text).Append('\n');
}
