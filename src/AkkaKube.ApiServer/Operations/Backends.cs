using Akka.Actor;
using AkkaKube.Api;

namespace AkkaKube.ApiServer.Operations;

/// <summary>The shard and the watch cache of every resource type.</summary>
internal sealed record Backends(IReadOnlyDictionary<GroupVersionResource, IActorRef> Shards, IReadOnlyDictionary<GroupVersionResource, IActorRef> Caches);
