using Akka.Actor;
using Akka.Event;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.ApiServer.Services;
using AkkaKube.Client.Requests;

namespace AkkaKube.ApiServer.Operations;

/// <summary>What an operation gets from the worker that runs it.</summary>
internal interface IWorker
{
    IActorRef Self { get; }

    ApiServerSettings Settings { get; }

    ILoggingAdapter Log { get; }

    DateTimeOffset Now { get; }

    /// <summary>What time limits are counted by: a clock that does not jump.</summary>
    TimeSpan Elapsed { get; }

    /// <summary>Where its writes are noted; null: nowhere.</summary>
    RequestFlow? Flow { get; }

    /// <summary>Names, uids and suffixes.</summary>
    NameSource Names { get; }

    /// <summary>Addresses and ports; only the worker of the Services has it.</summary>
    ServiceAllocator? Services { get; }

    /// <summary>What the worker of the Services claimed the shard with; null for the others, which need no claim.</summary>
    string? Claim { get; }

    /// <summary>Whether a write was carried out is not known: what is taken is looked up again.</summary>
    void Doubt();

    /// <summary>The shard was claimed by another worker, or knows of no claim: the request begins anew, with a claim other than <paramref name="claim"/>.</summary>
    void BeginAnew(ApiRequest request, IActorRef client, string? claim);

    /// <summary>Where the kubelets are.</summary>
    INodeLocator Nodes { get; }

    IActorRef ShardOf(GroupVersionResource resource);

    IActorRef CacheOf(GroupVersionResource resource);

    /// <summary>A namespace as last heard of; null where it is not known yet, which does not mean that it is not there.</summary>
    Namespace? KnownNamespace(string name);

    /// <inheritdoc cref="KnownNamespace"/>
    ServiceAccount? KnownServiceAccount(string @namespace, string name);

    /// <summary>Wakes the operation after a while.</summary>
    void WakeLater(Operation operation, TimeSpan wait);

    void Run(Operation operation);

    void Done(Operation operation);
}
