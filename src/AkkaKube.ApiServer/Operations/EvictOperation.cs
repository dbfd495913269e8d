using System.Text.Json;
using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.ApiServer.Deletion;
using AkkaKube.Client.Requests;
using DeleteOptions = AkkaKube.Client.Requests.DeleteOptions;
using Status = AkkaKube.Api.Meta.V1.Status;

namespace AkkaKube.ApiServer.Operations;

/// <summary>Evicts a pod: a delete that a disruption budget could refuse; there is none here, so none does.</summary>
internal sealed class EvictOperation(Create create, IActorRef client, IWorker worker) : Operation(create, client, worker)
{
    private readonly IActorRef _client = client;

    protected override void Start()
    {
        var (name, options, dryRun) = Read(create.Object);
        if (name is not null && name != create.Name) throw new RefusalException(Refusals.BadRequest("name in URL does not match name in Eviction object"));
        HandOver();
        Worker.Run(new DeleteOperation(
            new Delete(create.Resource, create.Name!)
            {
                User = create.User,
                Namespace = create.Namespace,
                Tag = create.Tag,
                DryRun = create.DryRun || dryRun,
                Options = options,
            }, _client, Worker, new Status { StatusValue = "Success", Code = 201 }));
    }

    private static (string? Name, DeleteOptions Options, bool DryRun) Read(ObjectBody body)
    {
        try
        {
            using var json = JsonDocument.Parse(body.Utf8);
            var root = json.RootElement;
            var name = root.TryGetProperty("metadata", out var metadata) && metadata.TryGetProperty("name", out var named) ? named.GetString() : null;
            var (options, dryRun) = root.TryGetProperty("deleteOptions", out var given) ? DeleteOptionsReader.Read(given) : (DeleteOptions.None, false);
            return (name, options, dryRun);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            throw new RefusalException(Refusals.BadRequest("the object provided is unrecognized (must be of type Eviction)"));
        }
    }
}
