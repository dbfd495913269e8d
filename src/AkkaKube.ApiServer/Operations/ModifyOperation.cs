using System.Globalization;
using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;
using AkkaKube.Api.Strategy;
using AkkaKube.ApiServer.Admission;
using AkkaKube.ApiServer.Deletion;
using AkkaKube.Client.Requests;
using AkkaKube.Etcd;

namespace AkkaKube.ApiServer.Operations;

/// <summary>
/// Changes an object: reads it, makes of it what the request wants, and writes it if nobody was faster. A request that names no
/// resourceVersion is tried again on what the faster one left.
/// </summary>
internal abstract class ModifyOperation(WriteRequest request, string name, Subresource subresource, IActorRef client, IWorker worker) : Operation(request, client, worker)
{
    /// <summary>How often a request is tried again before the client has to; an optimistic writer meets few others.</summary>
    private const int Attempts = 50;

    private int _attempts;
    private string? _allocatedFor;
    private Service? _allocatedFrom;

    protected List<string> Warnings { get; } = [];

    /// <summary>The key in the shard.</summary>
    protected string Path => StoragePath.Of(request.Namespace, name);

    protected override void Start() => Read(request.Resource, Path, Continue);

    /// <summary>What the object is to be, managed fields included.</summary>
    protected abstract IApiObject Change(ApiObject current);

    /// <summary>What is answered when it is not there.</summary>
    protected virtual void Missing() => throw new RefusalException(Refusals.NotFound(request.Resource, name));

    /// <summary>What the client gets for the stored object.</summary>
    protected virtual void Answer(ApiObject stored) =>
        Succeed(subresource == Subresource.Scale ? ApiObject.Of(Scaling.ScaleOf(stored.Object)) : stored, Warnings);

    protected override void Abandoned()
    {
        if (_allocatedFor is { } path) Worker.Services!.Stored(path, _allocatedFrom);
    }

    private void Continue(Entry? entry)
    {
        if (entry is null) { Missing(); return; }
        Warnings.Clear();
        var current = (ApiObject)entry.View!;
        var changed = Change(current);
        CheckPreconditions(current, changed);
        changed = Admit(current, KeepIdentity(current.Object, changed));
        changed = changed is Service service && subresource == Subresource.None
            ? Allocate(current.As<Service>(), service)
            : ObjectPipeline.PrepareForUpdate(Type, subresource, current.Object, changed, Warnings);
        if (subresource is Subresource.None or Subresource.Finalize && Deletions.IsOver(changed)) { RemoveNow(current, changed); return; }
        Write(current, changed);
    }

    private void Write(ApiObject current, IApiObject changed)
    {
        var encoded = ObjectPipeline.Encode(changed);
        if (ObjectPipeline.IsSame(encoded, current)) { Unallocated(); Answer(current); return; }
        if (request.DryRun)
        {
            Unallocated();
            Answer(encoded.At(current.ResourceVersion));
            return;
        }
        Put(encoded, changed, current.ResourceVersion, Answer, Retry);
    }

    private void RemoveNow(ApiObject current, IApiObject changed)
    {
        var encoded = ObjectPipeline.Encode(changed);
        if (request.DryRun) { Answer(encoded.At(current.ResourceVersion)); return; }
        Remove(encoded, changed, current.ResourceVersion, Answer, Retry);
    }

    private void Retry(Entry? entry)
    {
        if (++_attempts >= Attempts) throw new RefusalException(Refusals.Modified(request.Resource, name));
        Continue(entry);
    }

    private void CheckPreconditions(ApiObject current, IApiObject changed)
    {
        if (changed.Metadata.ResourceVersion is null or "" && this is UpdateOperation && subresource == Subresource.None && !ObjectPipeline.StrategyOf(Type, subresource).AllowsUnconditionalUpdate)
        {
            // The store refuses this itself, and knows the resource where validation knows the kind.
            var missing = FieldError.InvalidShown(new FieldPath("metadata").Child("resourceVersion"), "0", "must be specified for an update");
            throw new RefusalException(StatusErrors.Invalid(new GroupKind(Type.Resource.Group, Type.Resource.Resource), name, [missing]));
        }
        var wanted = changed.Metadata.ResourceVersion;
        if (!string.IsNullOrEmpty(wanted) && wanted != current.ResourceVersion.ToString(CultureInfo.InvariantCulture)) throw new RefusalException(Refusals.Modified(request.Resource, name));
        var uid = changed.Metadata.Uid;
        if (uid.Length > 0 && uid != current.Object.Metadata.Uid)
        {
            throw new RefusalException(Refusals.Conflict(request.Resource, name, $"Precondition failed: UID in precondition: {uid}, UID in object meta: {current.Object.Metadata.Uid}"));
        }
    }

    /// <summary>What the server alone says of an object does not change with an update that leaves it out.</summary>
    private static IApiObject KeepIdentity(IApiObject current, IApiObject changed) => changed.WithMetadata(changed.Metadata with
    {
        Uid = current.Metadata.Uid,
        ResourceVersion = current.Metadata.ResourceVersion,
        Namespace = current.Metadata.Namespace,
        CreationTimestamp = changed.Metadata.CreationTimestamp ?? current.Metadata.CreationTimestamp,
        DeletionTimestamp = current.Metadata.DeletionTimestamp,
        DeletionGracePeriodSeconds = current.Metadata.DeletionGracePeriodSeconds,
        GenerateName = string.IsNullOrEmpty(changed.Metadata.GenerateName) ? current.Metadata.GenerateName : changed.Metadata.GenerateName,
        SelfLink = null,
    });

    private IApiObject Admit(ApiObject current, IApiObject changed) =>
        changed is Pod pod && subresource == Subresource.None && !pod.Spec.Equals(current.As<Pod>().Spec) ? DefaultTolerations.Admit(pod) : changed;

    private Service Allocate(Service before, Service sent)
    {
        var (settled, familyErrors) = ServiceAddresses.SettleFamilies(ServiceAddresses.KeepAllocated(sent, before), before);
        if (familyErrors.Count > 0) throw new RefusalException(Refusals.Invalid(Type, name, familyErrors));
        var (allocated, errors, exhausted) = Worker.Services!.Allocate(Path, before, settled);
        if (exhausted is not null) throw new RefusalException(Refusals.Internal(exhausted));
        if (errors.Count > 0) throw new RefusalException(Refusals.Invalid(Type, name, errors));
        (_allocatedFor, _allocatedFrom) = (Path, before);
        return (Service)ObjectPipeline.PrepareForUpdate(Type, subresource, before, allocated, Warnings);
    }

    private void Unallocated()
    {
        if (_allocatedFor is { } path) Worker.Services!.Stored(path, _allocatedFrom);
        _allocatedFor = null;
    }
}
