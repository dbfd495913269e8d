using AkkaKube.Api;
using AkkaKube.Api.Autoscaling.V1;
using AkkaKube.Api.Decoding;
using AkkaKube.Api.Defaults;
using AkkaKube.Api.Fields;
using AkkaKube.Api.Patches;
using AkkaKube.Client.Requests;

namespace AkkaKube.ApiServer.Operations;

/// <summary>Carries out the four kinds of patch.</summary>
internal static class Patching
{
    private static readonly ResourceType ScaleType = new(new GroupVersionResource("autoscaling", "v1", "scales"), "Scale", () => Api.Schema.Schemas.Of("autoscaling.v1.Scale")) { Namespaced = true };

    /// <summary>The patched object, defaults and field owners included.</summary>
    public static Draft Apply(ResourceType type, ApiObject current, Patch patch, DateTimeOffset now)
    {
        var live = ObjectTree.Of(type, current);
        var writer = FieldOwnership.WriterOf(type, patch, patch.Subresource, now);
        if (patch.Type == PatchType.Apply) return Result(ServerSideApply.Apply(type, live, patch.Body, writer, patch.Force), patch);
        var draft = Result(Patched(type, live, patch), patch);
        Defaulting.Apply(type, draft.Tree);
        ManagedFields.Track(type, live, draft.Tree, writer);
        return draft;
    }

    /// <summary>The object that a server-side apply makes where there is none.</summary>
    public static Draft ApplyToNothing(ResourceType type, Patch patch, DateTimeOffset now) =>
        Result(ServerSideApply.Apply(type, null, patch.Body, FieldOwnership.WriterOf(type, patch, Subresource.None, now), patch.Force), patch);

    /// <summary>The patched scale of a workload.</summary>
    public static Scale ApplyToScale(Scale before, Patch patch)
    {
        var live = ObjectTree.Of(ScaleType, before);
        var patched = patch.Type == PatchType.Apply
            ? ServerSideApply.Apply(ScaleType, live, patch.Body, new FieldWriter(patch.FieldManager ?? "", "scale", default), force: true)
            : Patched(ScaleType, live, patch);
        return (Scale)ObjectPipeline.Record(ScaleType, Result(patched, patch).Tree);
    }

    private static Patched Patched(ResourceType type, JsonMap live, Patch patch) => patch.Type switch
    {
        PatchType.Json => JsonPatch.Apply(type, live, patch.Body, patch.FieldValidation),
        PatchType.Merge => MergePatch.Apply(type, live, patch.Body, patch.FieldValidation),
        _ => StrategicMergePatch.Apply(type, live, patch.Body, patch.FieldValidation),
    };

    private static Draft Result(Patched patched, Patch patch) =>
        patched.Failure is { } failure ? throw new RefusalException(failure) : new Draft(patched.Object!, patch.FieldValidation == "Warn" ? patched.Warnings : []);
}
