using System.Text.Json.Nodes;
using AkkaKube.Api.Schema;

namespace AkkaKube.Api.OpenApi;

/// <summary>Which OpenAPI a document speaks.</summary>
internal enum Dialect
{
    /// <summary>OpenAPI 2.0 (Swagger).</summary>
    V2,

    /// <summary>OpenAPI 3.0.</summary>
    V3,
}

/// <summary>
/// The schemas of types in OpenAPI, with Kubernetes' extensions for list types and patch strategies. A type that is asked for brings
/// along all types it reaches.
/// </summary>
internal sealed class Definitions(Dialect dialect)
{
    private readonly SortedDictionary<string, JsonObject> _definitions = new(StringComparer.Ordinal);

    /// <summary>All definitions so far.</summary>
    public IReadOnlyDictionary<string, JsonObject> All => _definitions;

    /// <summary>A reference to a type, which is defined from now on.</summary>
    public JsonObject Reference(TypeSchema type)
    {
        var name = DefinitionNames.Of(type.FullName);
        if (_definitions.TryAdd(name, [])) Fill(_definitions[name], type);
        return Reference(name);
    }

    /// <summary>Defines a kind and the list of it, and returns references to both.</summary>
    public (JsonObject Item, JsonObject List) Resource(ResourceType type)
    {
        var item = Reference(type.Schema);
        Mark(_definitions[DefinitionNames.Of(type.Schema.FullName)], type.GroupVersionKind);
        var name = DefinitionNames.Of(type.Schema.Group + "." + type.ListKind);
        if (_definitions.ContainsKey(name)) return (item, Reference(name));
        var list = new JsonObject
        {
            ["type"] = "object",
            ["description"] = $"Objects of kind {type.Kind}.",
            ["required"] = new JsonArray("items"),
            ["properties"] = new JsonObject
            {
                ["apiVersion"] = KindField("The group and version of the list."),
                ["items"] = new JsonObject { ["type"] = "array", ["description"] = "The objects.", ["items"] = item.DeepClone() },
                ["kind"] = KindField("The kind of the list."),
                ["metadata"] = Reference(Schemas.Of("meta.v1.ListMeta")),
            },
        };
        Mark(list, type.GroupVersionKind with { Kind = type.ListKind });
        _definitions[name] = list;
        return (item, Reference(name));
    }

    private JsonObject Reference(string name) => new() { ["$ref"] = (dialect == Dialect.V2 ? "#/definitions/" : "#/components/schemas/") + name };

    private static void Mark(JsonObject definition, GroupVersionKind kind) =>
        definition["x-kubernetes-group-version-kind"] = new JsonArray(new JsonObject { ["group"] = kind.Group, ["kind"] = kind.Kind, ["version"] = kind.Version });

    private static JsonObject KindField(string description) => new() { ["type"] = "string", ["description"] = description };

    private void Fill(JsonObject definition, TypeSchema type)
    {
        definition["type"] = "object";
        definition["description"] = type.Description;
        var required = new JsonArray();
        var properties = new JsonObject();
        if (type.IsKind)
        {
            properties["apiVersion"] = KindField("The group and version of the object, e.g. v1 or apps/v1.");
            properties["kind"] = KindField("The kind of the object, in CamelCase.");
        }

        foreach (var field in type.Fields)
        {
            if (field.IsRequired) required.Add(field.Name);
            properties[field.Name] = Field(field);
        }

        if (required.Count > 0) definition["required"] = required;
        definition["properties"] = properties;
        if (type.IsAtomic) definition["x-kubernetes-map-type"] = "atomic";
    }

    private JsonObject Field(FieldSchema field)
    {
        var schema = Value(field.Value);
        // In OpenAPI 3.0 nothing may stand beside a reference.
        if (dialect == Dialect.V3 && schema.ContainsKey("$ref")) schema = new JsonObject { ["allOf"] = new JsonArray(schema) };
        schema["description"] = field.Description;
        if (dialect == Dialect.V3 && field.Default is not null) schema["default"] = JsonNode.Parse(Tree.Text(field.Default));
        if (field.ListType is { } listType) schema["x-kubernetes-list-type"] = listType;
        if (field.ListKeys.Count > 0) schema["x-kubernetes-list-map-keys"] = new JsonArray([.. field.ListKeys.Select(key => JsonValue.Create(key))]);
        if (field.IsAtomicMap) schema["x-kubernetes-map-type"] = "atomic";
        if (field.MergeKey is { } key) schema["x-kubernetes-patch-merge-key"] = key;
        if (field.PatchStrategies.Count > 0) schema["x-kubernetes-patch-strategy"] = string.Join(',', field.PatchStrategies);
        return schema;
    }

    private JsonObject Value(ValueSchema value) => value.Kind switch
    {
        ValueKind.Text => Text(value),
        ValueKind.Int32 => new JsonObject { ["type"] = "integer", ["format"] = "int32" },
        ValueKind.Int64 => new JsonObject { ["type"] = "integer", ["format"] = "int64" },
        ValueKind.Boolean => new JsonObject { ["type"] = "boolean" },
        ValueKind.Double => new JsonObject { ["type"] = "number", ["format"] = "double" },
        ValueKind.Bytes => new JsonObject { ["type"] = "string", ["format"] = "byte" },
        ValueKind.Quantity => Named(DefinitionNames.Quantity, "An amount such as 500m, 2 or 1Gi.", NumberOrText(null)),
        ValueKind.IntOrString => Named(DefinitionNames.IntOrString, "A number, or a text such as a percentage or the name of a port.", NumberOrText("int-or-string")),
        ValueKind.Time => Named(DefinitionNames.Time, "A time to the second (RFC 3339).", new JsonObject { ["type"] = "string", ["format"] = "date-time" }),
        ValueKind.MicroTime => Named(DefinitionNames.MicroTime, "A time to the microsecond (RFC 3339).", new JsonObject { ["type"] = "string", ["format"] = "date-time" }),
        ValueKind.Raw when value.GoType == "v1.FieldsV1" => Named(DefinitionNames.FieldsV1, "A set of fields, as a tree of their names.", new JsonObject { ["type"] = "object" }),
        ValueKind.Raw => Named(DefinitionNames.Raw, "Any object.", new JsonObject { ["type"] = "object" }),
        ValueKind.Struct => Reference(value.Struct),
        ValueKind.List => new JsonObject { ["type"] = "array", ["items"] = Value(value.Element!) },
        _ => new JsonObject { ["type"] = "object", ["additionalProperties"] = Value(value.Element!) },
    };

    /// <summary>A text; OpenAPI 3 lists the values where no others are taken.</summary>
    private JsonObject Text(ValueSchema value)
    {
        var schema = new JsonObject { ["type"] = "string" };
        var values = dialect == Dialect.V3 && value.TextType is not null ? Schemas.ClosedValues(value.TextType).Order(StringComparer.Ordinal).ToList() : [];
        if (values.Count > 0) schema["enum"] = new JsonArray([.. values.Select(one => JsonValue.Create(one))]);
        return schema;
    }

    private JsonObject NumberOrText(string? format)
    {
        var schema = new JsonObject();
        if (dialect == Dialect.V2) schema["type"] = "string";
        else schema["oneOf"] = new JsonArray(new JsonObject { ["type"] = "string" }, new JsonObject { ["type"] = format is null ? "number" : "integer" });
        if (format is not null) schema["format"] = format;
        return schema;
    }

    private JsonObject Named(string name, string description, JsonObject schema)
    {
        schema["description"] = description;
        _definitions.TryAdd(name, schema);
        return Reference(name);
    }
}
