using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Api.Autoscaling.V1;
using AkkaKube.Client.Requests;

namespace AkkaKube.ApiServer.Operations;

/// <summary>Changes an object by one of the four kinds of patch.</summary>
internal sealed class PatchOperation(Patch patch, IActorRef client, IWorker worker) : ModifyOperation(patch, patch.Name, patch.Subresource, client, worker)
{
    protected override IApiObject Change(ApiObject current)
    {
        if (patch.Subresource == Subresource.Scale) return Scaled(current);
        var patched = Patching.Apply(Type, current, patch, Worker.Now);
        Warnings.AddRange(patched.Warnings);
        CheckTarget(patched.Tree);
        return ObjectPipeline.Record(Type, patched.Tree);
    }

    /// <summary>A server-side apply makes the object where there is none.</summary>
    protected override void Missing()
    {
        if (patch.Type != PatchType.Apply || patch.Subresource != Subresource.None) { base.Missing(); return; }
        var applied = Patching.ApplyToNothing(Type, patch, Worker.Now);
        if (applied.Tree.UidOf() is { Length: > 0 } uid)
        {
            throw new RefusalException(Refusals.Conflict(patch.Resource, patch.Name, $"uid mismatch: the provided object specified uid {uid}, and no existing object was found"));
        }
        CheckTarget(applied.Tree);
        Become(new Create(patch.Resource, ObjectBody.Json(patch.Body))
        {
            User = patch.User,
            Namespace = patch.Namespace,
            Tag = patch.Tag,
            FieldManager = patch.FieldManager,
            DryRun = patch.DryRun,
        }, applied, isOwned: true);
    }

    private void CheckTarget(JsonMap tree)
    {
        if (tree.NameOf() != patch.Name) throw new RefusalException(Refusals.BadRequest($"the name of the object ({tree.NameOf()}) does not match the name on the URL ({patch.Name})"));
        if (tree.NamespaceOf() is { Length: > 0 } place && place != patch.Namespace) throw new RefusalException(Refusals.BadRequest("the namespace of the provided object does not match the namespace sent on the request"));
    }

    private IApiObject Scaled(ApiObject current)
    {
        var before = Scaling.ScaleOf(current.Object);
        var scale = Patching.ApplyToScale(before, patch);
        ObjectPipeline.CheckScale(scale, patch.Name);
        var owned = FieldOwnership.OfChange(Type, current, Scaling.WithReplicas(current.Object, scale.Spec.Replicas), patch, Subresource.Scale, Worker.Now);
        var revision = scale.Metadata.ResourceVersion == before.Metadata.ResourceVersion ? null : scale.Metadata.ResourceVersion;
        return owned.WithMetadata(owned.Metadata with { ResourceVersion = revision });
    }
}
