#nullable enable
using System.Text;
using AkkaKube.Api.Declarations;

namespace AkkaKube.Api.Generator.Emission;

/// <summary>Writes the class of constants of a text type.</summary>
internal static class ConstantsEmitter
{
    public static void Emit(StringBuilder code, TypeDeclaration type)
    {
        code.Append("namespace ").Append(TypeCatalog.Namespace(type.Group)).Append("\n{\n");
        code.Append("    /// <summary>").Append(Docs.Escape(type.Description)).Append("</summary>\n");
        code.Append("    public static class ").Append(type.Name).Append("\n    {\n");
        foreach (var constant in type.Constants)
        {
            var name = constant.Key == type.Name ? constant.Key + "Value" : constant.Key;
            code.Append("        /// <summary><c>").Append(Docs.Escape(constant.Value)).Append("</c></summary>\n");
            code.Append("        public const string ").Append(name).Append(" = \"").Append(constant.Value).Append("\";\n");
        }

        code.Append("    }\n}\n");
    }
}
