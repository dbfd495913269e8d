using System.Globalization;
using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.ApiServer.Admission;
using AkkaKube.ApiServer.Deletion;
using AkkaKube.Client.Requests;
using AkkaKube.Etcd;
using Status = AkkaKube.Api.Meta.V1.Status;

namespace AkkaKube.ApiServer.Operations;

/// <summary>Deletes an object, or marks it where something has to finish first.</summary>
internal sealed class DeleteOperation(Delete delete, IActorRef client, IWorker worker, Status? answer = null) : Operation(delete, client, worker)
{
    private static readonly HashSet<string> AnswersWithObject = new(StringComparer.Ordinal) { "Pod", "Service", "ServiceAccount", "Namespace" };

    protected override void Start()
    {
        if (NamespaceLifecycle.RefuseDelete(delete.Resource, delete.Name) is { } refusal) throw new RefusalException(refusal);
        Read(delete.Resource, StoragePath.Of(delete.Namespace, delete.Name), Continue);
    }

    private void Continue(Entry? entry)
    {
        if (entry is null) throw new RefusalException(Refusals.NotFound(delete.Resource, delete.Name));
        var current = (ApiObject)entry.View!;
        CheckPreconditions(current);
        switch (Deletions.Decide(current.Object, delete.Options, Worker.Now.ToSeconds()))
        {
            case DeletionStep.AlreadyEnding:
                Answer(current, removed: false);
                break;
            case DeletionStep.Mark(var marked):
                var changed = ObjectPipeline.Encode(marked);
                if (delete.DryRun) { Answer(changed.At(current.ResourceVersion), removed: false); return; }
                Put(changed, marked, current.ResourceVersion, written => Answer(written, removed: false), Continue);
                break;
            case DeletionStep.Remove(var last):
                var words = ObjectPipeline.Encode(last);
                if (delete.DryRun) { Answer(words.At(current.ResourceVersion), removed: true); return; }
                Remove(words, last, current.ResourceVersion, written => Answer(written, removed: true), Continue);
                break;
        }
    }

    private void CheckPreconditions(ApiObject current)
    {
        var actual = current.Object.Metadata.Uid;
        if (delete.Options.PreconditionUid is { } uid && uid != actual)
        {
            throw new RefusalException(current.Object is Namespace
                ? Refusals.Conflict(delete.Resource, delete.Name, $"Precondition failed: UID in precondition: {uid}, UID in object meta: {actual}")
                : Refusals.UidPrecondition(Type, delete.Name, uid, actual));
        }
        if (delete.Options.PreconditionResourceVersion is { } revision && revision != current.ResourceVersion.ToString(CultureInfo.InvariantCulture))
        {
            throw new RefusalException(Refusals.RevisionPrecondition(Type, delete.Name, revision, current.ResourceVersion));
        }
    }

    /// <summary>Most kinds that are gone are answered with a Status; some, and all that stay for now, with the object.</summary>
    private void Answer(ApiObject result, bool removed)
    {
        if (removed && Worker.Services is { } services && result.Object is Service && !delete.DryRun) services.Stored(StoragePath.Of(result.Key), null);
        var status = answer ?? (removed && !AnswersWithObject.Contains(Type.Kind)
            ? new Status { StatusValue = "Success", Details = new StatusDetails { Name = delete.Name, Group = delete.Resource.Group.Length == 0 ? null : delete.Resource.Group, Kind = delete.Resource.Resource, Uid = result.Object.Metadata.Uid } }
            : null);
        Succeed(result, [], status: status);
    }
}
