using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Client.Requests;

namespace AkkaKube.ApiServer.Operations;

/// <summary>Reads one object from the single writer of its key: what it answers is the last that was acknowledged.</summary>
internal sealed class GetOperation(Get get, IActorRef client, IWorker worker) : Operation(get, client, worker)
{
    protected override void Start() => Read(get.Resource, StoragePath.Of(get.Namespace, get.Name), entry =>
    {
        if (entry is null) throw new RefusalException(Refusals.NotFound(get.Resource, get.Name));
        var found = (ApiObject)entry.View!;
        Succeed(get.Subresource == Subresource.Scale ? ApiObject.Of(Scaling.ScaleOf(found.Object)) : found, []);
    });
}
