namespace AkkaKube.Api.Patches;

/// <summary>A patch that says something impossible; the message is Kubernetes' own.</summary>
internal sealed class PatchException : Exception
{
    public PatchException()
    {
    }

    public PatchException(string message)
        : base(message)
    {
    }

    public PatchException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public static PatchException NoMergeKey(JsonMap item, string key) => new($"map: {GoText.Of(item)} does not contain declared merge key: {key}");

    public static PatchException BadType(string expected, object? value) =>
        new($"expected a {expected}, but received a {value switch { JsonMap => "map[string]interface {}", JsonList => "[]interface {}", string => "string", bool => "bool", null => "<nil>", long => "int64", _ => "float64" }}");

    public static PatchException BadDirective(object? directive, JsonMap patch) => new($"unknown patch type: {GoText.Of(directive)} in map: {GoText.Of(patch)}");
}
