using System.Text.Json;
using AkkaKube.Api.Decoding;
using AkkaKube.Api.Errors;
using AkkaKube.Api.Meta.V1;

namespace AkkaKube.Api.Patches;

/// <summary>What all kinds of patch share: reading the body, and bringing the outcome into Go's form.</summary>
internal static class PatchResults
{
    /// <summary>Reads JSON; where it is broken, says why in Go's words.</summary>
    public static object? Parse(ReadOnlySpan<byte> body, out string? error)
    {
        error = null;
        try
        {
            return Tree.Parse(body);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            error = GoJson.Complaint(body) ?? broken.Message;
            return null;
        }
    }

    /// <summary>The patched object in Go's form, or why it is none.</summary>
    /// <param name="type">The resource.</param>
    /// <param name="tree">What the patch made.</param>
    /// <param name="fieldValidation">Strict, Warn or Ignore.</param>
    public static Patched Finish(ResourceType type, JsonMap tree, string fieldValidation)
    {
        var said = GroupVersionKind.Of(tree.Text("apiVersion") ?? "", tree.Text("kind") ?? "");
        if (said != type.GroupVersionKind)
            return Failed(Mismatch(type, said));
        var (normal, error, unknown) = ObjectDecoder.Normalize(type.GroupVersionKind, type.Schema, tree, strict: fieldValidation is "Strict" or "Warn");
        if (error is not null)
            return Failed(StatusErrors.BadRequest(error));
        if (fieldValidation == "Strict" && unknown.Count > 0)
            return Failed(StatusErrors.BadRequest($"strict decoding error: {string.Join(", ", unknown)}"));
        return new Patched { Object = normal, Warnings = [.. unknown] };
    }

    public static Patched Failed(Status failure) => new() { Failure = failure };

    /// <summary>A failure that Kubernetes did not foresee: its code is all that the client learns beside the text.</summary>
    public static Status Unforeseen(string message) => new() { StatusValue = "Failure", Message = message, Code = 500 };

    /// <summary>The answer to a patch that cannot be carried out: the text stays in the server's log.</summary>
    public static Status Rejected() => new()
    {
        StatusValue = "Failure",
        Message = "the server rejected our request due to an error in our request",
        Reason = StatusReason.Invalid,
        Details = StatusDetails.Empty,
        Code = 422,
    };

    private static Status Mismatch(ResourceType type, GroupVersionKind said) => said.Kind.Length == 0
        ? StatusErrors.BadRequest($"Object 'Kind' is missing in '{type.Kind}'")
        : StatusErrors.BadRequest($"{said.Kind} in version \"{said.Version}\" cannot be handled as a {type.Kind}: no kind \"{said.Kind}\" is registered for version \"{said.ApiVersion}\" in scheme \"pkg/api/legacyscheme/scheme.go:30\"");
}
