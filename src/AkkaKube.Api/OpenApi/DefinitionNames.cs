namespace AkkaKube.Api.OpenApi;

/// <summary>The names under which OpenAPI knows the types of the model, e.g. <c>io.k8s.api.core.v1.Pod</c>.</summary>
internal static class DefinitionNames
{
    public const string Quantity = "io.k8s.apimachinery.pkg.api.resource.Quantity";
    public const string IntOrString = "io.k8s.apimachinery.pkg.util.intstr.IntOrString";
    public const string Time = Meta + "Time";
    public const string MicroTime = Meta + "MicroTime";
    public const string FieldsV1 = Meta + "FieldsV1";
    public const string Raw = "io.k8s.apimachinery.pkg.runtime.RawExtension";
    public const string ListMeta = Meta + "ListMeta";
    public const string DeleteOptions = Meta + "DeleteOptions";
    public const string Status = Meta + "Status";
    private const string Meta = "io.k8s.apimachinery.pkg.apis.meta.v1.";

    /// <summary>The name of a type by its name in the model, e.g. <c>core.v1.Pod</c>.</summary>
    public static string Of(string fullName) => fullName switch
    {
        _ when fullName.StartsWith("meta.v1.", StringComparison.Ordinal) => Meta + fullName["meta.v1.".Length..],
        _ when fullName.StartsWith("version.", StringComparison.Ordinal) => "io.k8s.apimachinery.pkg." + fullName,
        _ => "io.k8s.api." + fullName,
    };
}
