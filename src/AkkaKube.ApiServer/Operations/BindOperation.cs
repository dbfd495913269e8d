using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.ApiServer.Bindings;
using AkkaKube.Client.Requests;
using AkkaKube.Etcd;
using Binding = AkkaKube.Api.Core.V1.Binding;
using Status = AkkaKube.Api.Meta.V1.Status;

namespace AkkaKube.ApiServer.Operations;

/// <summary>Binds a pod to a node.</summary>
internal sealed class BindOperation(Create create, IActorRef client, IWorker worker) : Operation(create, client, worker)
{
    private static readonly Status Bound = new() { StatusValue = "Success", Code = 201 };

    private Binding _binding = null!;

    private string Name => create.Name!;

    protected override void Start()
    {
        _binding = ObjectPipeline.DecodeBinding(create.Object, create.FieldValidation);
        if (_binding.Metadata.Name.Length > 0 && _binding.Metadata.Name != Name) throw new RefusalException(Refusals.BadRequest($"name in URL does not match name in Binding object"));
        ObjectPipeline.CheckBinding(_binding, Name);
        Read(create.Resource, StoragePath.Of(create.Namespace, Name), Bind);
    }

    private void Bind(Entry? entry)
    {
        if (entry is null) throw new RefusalException(Refusals.NotFound(create.Resource, Name));
        var current = (ApiObject)entry.View!;
        var bound = PodBinding.Assign(current.As<Pod>(), _binding, Worker.Now.ToSeconds(), out var conflict);
        if (conflict is not null) throw new RefusalException(Refusals.Conflict(new GroupVersionResource("", "v1", "pods/binding"), Name, conflict));
        var encoded = ObjectPipeline.Encode(bound);
        if (create.DryRun) { Succeed(encoded.At(current.ResourceVersion), [], created: true, Bound); return; }
        Put(encoded, bound, current.ResourceVersion, written => Succeed(written, [], created: true, Bound), Bind);
    }
}
