using AkkaKube.Api.Errors;

namespace AkkaKube.Api.Patches;

/// <summary>Strategic merge patch: like a merge patch, but lists with a merge key are merged element by element, and directives say the rest.</summary>
public static class StrategicMergePatch
{
    /// <summary>Applies a patch to a copy of <paramref name="live"/>.</summary>
    public static Patched Apply(ResourceType type, JsonMap live, ReadOnlyMemory<byte> patch, string fieldValidation)
    {
        var parsed = PatchResults.Parse(patch.Span, out var error);
        if (error is null && parsed is not JsonMap)
            error = MergePatch.NotAMap(parsed)["json: ".Length..] is var text ? "json: " + text : null;
        if (error is not null)
            return PatchResults.Failed(StatusErrors.BadRequest($"error decoding patch: {error}"));
        try
        {
            var merged = StrategicMerge.Maps(new PatchSchema(type.Schema), live.Clone(), (JsonMap)parsed!);
            merged.Default("kind", type.Kind);
            merged.Default("apiVersion", type.Resource.ApiVersion);
            return PatchResults.Finish(type, merged, fieldValidation);
        }
        catch (PatchException refused)
        {
            return PatchResults.Failed(PatchResults.Unforeseen(refused.Message));
        }
    }
}
