#nullable enable
namespace AkkaKube.Api.Generator.Emission;

/// <summary>Descriptions as XML documentation.</summary>
internal static class Docs
{
    public static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
