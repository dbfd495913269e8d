#nullable enable
using System.Linq;
using System.Text;
using AkkaKube.Api.Declarations;

namespace AkkaKube.Api.Generator.Emission;

/// <summary>Writes the table that finds the record of a kind.</summary>
internal static class RecordTypesEmitter
{
    public static string Emit(TypeCatalog catalog)
    {
        var code = new StringBuilder();
        code.Append("namespace AkkaKube.Api\n{\n    internal static partial class RecordTypes\n    {\n");
        code.Append("        private static partial IApiObject? Read(string apiVersion, string kind, ref System.Text.Json.Utf8JsonReader reader) => (apiVersion, kind) switch\n        {\n");
        foreach (var type in catalog.Types.Where(type => type.Form == TypeForm.Kind && !type.SchemaOnly && type.Fields.Any(RecordEmitter.IsObjectMeta)).OrderBy(type => type.FullName, System.StringComparer.Ordinal))
            code.Append($"            (\"{RecordEmitter.ApiVersion(type.Group)}\", \"{type.Name}\") => new {TypeCatalog.FullName(type)}(ref reader),\n");
        code.Append("            _ => null,\n        };\n    }\n}\n");
        return code.ToString();
    }
}
