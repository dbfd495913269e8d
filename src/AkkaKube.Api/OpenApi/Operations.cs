using System.Text.Json.Nodes;

namespace AkkaKube.Api.OpenApi;

/// <summary>The paths of a resource with what can be done at them.</summary>
internal sealed class Operations(Definitions definitions, Dialect dialect)
{
    private static readonly string[] PatchTypes = ["application/json-patch+json", "application/merge-patch+json", "application/strategic-merge-patch+json", "application/apply-patch+yaml"];
    private static readonly string[] WriteParameters = ["dryRun", "fieldManager", "fieldValidation"];
    private static readonly string[] ListParameters = ["allowWatchBookmarks", "continue", "fieldSelector", "labelSelector", "limit", "resourceVersion", "resourceVersionMatch", "sendInitialEvents", "timeoutSeconds", "watch"];
    private static readonly string[] DeleteParameters = ["dryRun", "gracePeriodSeconds", "orphanDependents", "propagationPolicy"];

    /// <summary>Adds the paths of <paramref name="type"/> to <paramref name="paths"/>.</summary>
    public void Add(JsonObject paths, ResourceType type)
    {
        var (item, list) = definitions.Resource(type);
        var root = type.Resource.Group.Length == 0 ? $"/api/{type.Resource.Version}" : $"/apis/{type.Resource.Group}/{type.Resource.Version}";
        var plural = type.Resource.Resource;
        var collection = type.Namespaced ? $"{root}/namespaces/{{namespace}}/{plural}" : $"{root}/{plural}";
        if (type.Namespaced && type.Verbs.Contains("list")) paths[$"{root}/{plural}"] = Path([], ("get", Operation(type, "list", $"list{type.Kind}ForAllNamespaces", ListParameters, null, list)));
        paths[collection] = Collection(type, item, list);
        paths[collection + "/{name}"] = One(type, "", type.Verbs, type.GroupVersionKind, item);
        foreach (var part in type.Subresources)
        {
            paths[$"{collection}/{{name}}/{part.Name}"] = One(type, part.Name, part.Verbs, part.Kind, item);
        }
    }

    private JsonObject Collection(ResourceType type, JsonObject item, JsonObject list)
    {
        var operations = new List<(string, JsonObject)>();
        if (type.Verbs.Contains("list")) operations.Add(("get", Operation(type, "list", $"list{type.Kind}", ListParameters, null, list)));
        if (type.Verbs.Contains("create")) operations.Add(("post", Operation(type, "post", $"create{type.Kind}", WriteParameters, item, item)));
        if (type.Verbs.Contains("deletecollection")) operations.Add(("delete", Operation(type, "deletecollection", $"deleteCollection{type.Kind}", [.. DeleteParameters, .. ListParameters], null, list)));
        return Path(type.Namespaced ? ["namespace"] : [], [.. operations]);
    }

    private JsonObject One(ResourceType type, string part, ValueList<string> verbs, GroupVersionKind kind, JsonObject item)
    {
        var body = kind == type.GroupVersionKind ? item : definitions.Reference(Schema.Schemas.Of(FullName(kind)));
        var name = type.Kind + (part.Length == 0 ? "" : char.ToUpperInvariant(part[0]) + part[1..]);
        var operations = new List<(string, JsonObject)>();
        if (verbs.Contains("get")) operations.Add(("get", Operation(type, "get", $"read{name}", [], null, body, kind)));
        if (verbs.Contains("create") && part.Length > 0) operations.Add(("post", Operation(type, "post", $"create{name}", WriteParameters, body, body, kind)));
        if (verbs.Contains("update")) operations.Add(("put", Operation(type, "put", $"replace{name}", WriteParameters, body, body, kind)));
        if (verbs.Contains("patch")) operations.Add(("patch", Operation(type, "patch", $"patch{name}", [.. WriteParameters, "force"], new JsonObject { ["type"] = "object" }, body, kind)));
        if (verbs.Contains("delete")) operations.Add(("delete", Operation(type, "delete", $"delete{name}", DeleteParameters, null, body, kind)));
        return Path(type.Namespaced ? ["namespace", "name"] : ["name"], [.. operations]);
    }

    private static string FullName(GroupVersionKind kind) => $"{(kind.Group.Length == 0 ? "core" : kind.Group.Split('.')[0])}.{kind.Version}.{kind.Kind}";

    private JsonObject Path(string[] pathParameters, params (string Method, JsonObject Operation)[] operations)
    {
        var path = new JsonObject();
        foreach (var (method, operation) in operations) path[method] = operation;
        path["parameters"] = new JsonArray([.. pathParameters.Select(name => Parameter(name, "path"))]);
        return path;
    }

    private JsonObject Operation(ResourceType type, string action, string id, string[] parameters, JsonObject? body, JsonObject answer, GroupVersionKind? kind = null)
    {
        var marked = kind ?? type.GroupVersionKind;
        var all = new JsonArray([.. parameters.Select(name => Parameter(name, "query"))]);
        var operation = new JsonObject { ["operationId"] = id, ["parameters"] = all };
        if (dialect == Dialect.V2)
        {
            if (body is not null) all.Insert(0, new JsonObject { ["name"] = "body", ["in"] = "body", ["required"] = true, ["schema"] = body.DeepClone() });
            operation["consumes"] = Texts(action == "patch" ? PatchTypes : ["application/json", "application/yaml"]);
            operation["produces"] = Texts(["application/json", "application/yaml"]);
            operation["responses"] = new JsonObject { ["200"] = new JsonObject { ["description"] = "OK", ["schema"] = answer.DeepClone() } };
        }
        else
        {
            if (body is not null) operation["requestBody"] = new JsonObject { ["content"] = Content(action == "patch" ? PatchTypes : ["application/json"], body), ["required"] = true };
            operation["responses"] = new JsonObject { ["200"] = new JsonObject { ["description"] = "OK", ["content"] = Content(["application/json"], answer) } };
        }

        operation["x-kubernetes-action"] = action;
        operation["x-kubernetes-group-version-kind"] = new JsonObject { ["group"] = marked.Group, ["kind"] = marked.Kind, ["version"] = marked.Version };
        return operation;
    }

    private static JsonObject Content(string[] mediaTypes, JsonObject schema)
    {
        var content = new JsonObject();
        foreach (var mediaType in mediaTypes) content[mediaType] = new JsonObject { ["schema"] = schema.DeepClone() };
        return content;
    }

    private JsonObject Parameter(string name, string place)
    {
        var type = name switch
        {
            "limit" or "timeoutSeconds" or "gracePeriodSeconds" => "integer",
            "watch" or "allowWatchBookmarks" or "sendInitialEvents" or "orphanDependents" or "force" => "boolean",
            _ => "string",
        };
        var parameter = new JsonObject { ["name"] = name, ["in"] = place };
        if (place == "path") parameter["required"] = true;
        if (dialect == Dialect.V2)
        {
            parameter["type"] = type;
            parameter["uniqueItems"] = true;
        }
        else
        {
            parameter["schema"] = new JsonObject { ["type"] = type, ["uniqueItems"] = true };
        }

        return parameter;
    }

    private static JsonArray Texts(string[] texts) => new([.. texts.Select(text => JsonValue.Create(text))]);
}
