using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Strategy;
using AkkaKube.ApiServer.Admission;
using AkkaKube.Client.Requests;
using AkkaKube.Etcd;

namespace AkkaKube.ApiServer.Operations;

/// <summary>Creates an object: decoding, managed fields, admission, strategy, validation, allocation, storage.</summary>
internal sealed class CreateOperation(Create create, IActorRef client, IWorker worker, Draft? decoded = null, bool isOwned = false) : Operation(create, client, worker)
{
    private const int NameAttempts = 8;
    private const int AccountAttempts = 60;
    private static readonly TimeSpan AccountWait = TimeSpan.FromMilliseconds(25);

    private readonly List<string> _warnings = [];
    private IApiObject _object = null!;
    private string? _generateName;
    private int _attempts;
    private string? _allocatedFor;

    protected override void Start()
    {
        var draft = decoded ?? ObjectPipeline.Decode(Type, create.Object, create.FieldValidation);
        _warnings.AddRange(draft.Warnings);
        NameAndPlace(draft.Tree);
        if (!isOwned) FieldOwnership.OfCreate(Type, draft.Tree, create, Worker.Now);
        _object = Born(ObjectPipeline.Record(Type, draft.Tree));
        CheckNamespace();
    }

    protected override void Abandoned()
    {
        if (_allocatedFor is { } path) Worker.Services!.Stored(path, null);
    }

    /// <summary>The namespace of the request, and a name where the client leaves it to the server.</summary>
    private void NameAndPlace(JsonMap tree)
    {
        var metadata = tree.Metadata();
        if (tree.NamespaceOf() is { Length: > 0 } place)
        {
            if (place != create.Namespace) throw new RefusalException(Refusals.BadRequest("the namespace of the provided object does not match the namespace sent on the request"));
        }
        else if (Type.Namespaced)
        {
            metadata["namespace"] = create.Namespace;
        }
        if (tree.RevisionOf().Length > 0) throw new RefusalException(Refusals.BadRequest("resourceVersion should not be set on objects to be created"));
        if (tree.NameOf().Length > 0 || metadata.Text("generateName") is not { Length: > 0 } generateName) return;
        _generateName = generateName;
        metadata["name"] = Worker.Names.Generate(generateName);
    }

    private IApiObject Born(IApiObject created) => created.WithMetadata(created.Metadata with
    {
        Uid = Worker.Names.Uid(),
        CreationTimestamp = Worker.Now.ToSeconds(),
        SelfLink = null,
    });

    private void CheckNamespace()
    {
        if (create.Namespace is not { } name) { Admit(); return; }
        if (Worker.KnownNamespace(name) is { } known) { CheckNamespace(known); return; }
        Read(GroupVersionResource.Namespaces, name, entry => CheckNamespace(((ApiObject?)entry?.View)?.As<Namespace>()));
    }

    private void CheckNamespace(Namespace? found)
    {
        if (NamespaceLifecycle.RefuseCreate(create.Resource, _object.Metadata.Name, create.Namespace!, found) is { } refusal) throw new RefusalException(refusal);
        Admit();
    }

    private void Admit()
    {
        switch (_object)
        {
            case Pod pod:
                FindAccount(pod, ServiceAccountAdmission.AccountOf(pod), attempt: 1);
                return;
            case Node node:
                _object = NewNodeTaint.Admit(node);
                break;
        }
        Store();
    }

    /// <summary>The default account of a new namespace is about to be created by its controller: a pod waits a little for it.</summary>
    private void FindAccount(Pod pod, string account, int attempt)
    {
        if (Worker.KnownServiceAccount(create.Namespace!, account) is { } known) { AdmitPod(pod, known); return; }
        Read(GroupVersionResource.ServiceAccounts, StoragePath.Of(create.Namespace, account), entry =>
        {
            if (entry is not null) AdmitPod(pod, ((ApiObject)entry.View!).As<ServiceAccount>());
            else if (account == ServiceAccountAdmission.DefaultAccount && attempt < AccountAttempts) Wait(AccountWait, () => FindAccount(pod, account, attempt + 1));
            else throw new RefusalException(Refusals.Forbidden(create.Resource, pod.Metadata.Name, $"error looking up service account {create.Namespace}/{account}: serviceaccount \"{account}\" not found"));
        });
    }

    private void AdmitPod(Pod pod, ServiceAccount account)
    {
        var admitted = PodPriority.Admit(DefaultTolerations.Admit(ServiceAccountAdmission.Admit(pod, account, Worker.Names.Suffix())), out var forbidden);
        if (forbidden is not null) throw new RefusalException(Refusals.Forbidden(create.Resource, pod.Metadata.Name, forbidden));
        _object = admitted;
        Store();
    }

    private void Store()
    {
        _object = _object is Service sent ? Allocate(sent) : ObjectPipeline.PrepareForCreate(Type, _object, _warnings);
        if (create.DryRun)
        {
            Read(create.Resource, StoragePath.Of(create.Namespace, _object.Metadata.Name), entry =>
            {
                if (entry is not null) { Exists(entry); return; }
                var tried = ApiObject.Of(_object);
                if (_allocatedFor is { } path) Worker.Services!.Stored(path, null);
                Succeed(tried, _warnings, created: true);
            });
            return;
        }
        var allocatedFor = _allocatedFor;
        // What is not answered may be written all the same: what was taken for it stays taken.
        _allocatedFor = null;
        Put(ObjectPipeline.Encode(_object), _object, null, written => Succeed(written, _warnings, created: true), entry =>
        {
            _allocatedFor = allocatedFor;
            Exists(entry);
        });
    }

    /// <summary>A name that the server made may be taken; another one is made then.</summary>
    private void Exists(Entry? there)
    {
        // The Service that has the name keeps what it has.
        if (_allocatedFor is { } path) Worker.Services!.Stored(path, (there?.View as ApiObject)?.As<Service>());
        _allocatedFor = null;
        if (_generateName is null) throw new RefusalException(Refusals.AlreadyExists(create.Resource, _object.Metadata.Name));
        if (++_attempts >= NameAttempts) throw new RefusalException(Refusals.GenerateNameExhausted(create.Resource, _object.Metadata.Name));
        _object = _object.WithMetadata(_object.Metadata with { Name = Worker.Names.Generate(_generateName) });
        Store();
    }

    private Service Allocate(Service sent)
    {
        var (settled, familyErrors) = ServiceAddresses.SettleFamilies(ServiceAddresses.Synchronize(sent, null), null);
        if (familyErrors.Count > 0) throw new RefusalException(Refusals.Invalid(Type, sent.Metadata.Name, familyErrors));
        var path = StoragePath.Of(create.Namespace, settled.Metadata.Name);
        var (allocated, errors, exhausted) = Worker.Services!.Allocate(path, null, settled);
        if (exhausted is not null) throw new RefusalException(Refusals.Internal(exhausted));
        if (errors.Count > 0) throw new RefusalException(Refusals.Invalid(Type, settled.Metadata.Name, errors));
        _allocatedFor = path;
        return (Service)ObjectPipeline.PrepareForCreate(Type, allocated, _warnings);
    }
}
