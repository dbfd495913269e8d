using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.ApiServer.Bootstrap;
using AkkaKube.ApiServer.Operations;
using AkkaKube.ApiServer.WatchCache;
using AkkaKube.Client.Requests;
using AkkaKube.Etcd;
using Watch = AkkaKube.Client.Requests.Watch;

namespace AkkaKube.ApiServer;

/// <summary>
/// The API server: takes the requests of all components, and of the HTTPS front end, and hands each to who answers it. Lists and watches
/// go to the watch cache of their resource; what is about one object goes to the worker that the object's key names.
/// </summary>
public sealed class ApiServerActor : ReceiveActor, IWithStash
{
    /// <summary>Asks whether the server serves. Reply: <see cref="Readiness"/>, at once.</summary>
    public sealed record GetReadiness;

    /// <summary>The reply is told when the server serves and the objects that every cluster has are there. Reply: <see cref="Readiness"/>.</summary>
    public sealed record AwaitReadiness;

    /// <summary>Whether the server serves and the objects that every cluster has are there.</summary>
    public sealed record Readiness(bool IsReady);

    /// <summary>Asks for what writes Services with the storage of this server. Reply: <see cref="ServiceWorker"/>. Stays on its host.</summary>
    internal sealed record GetServiceWorker;

    /// <summary>How to start what writes Services. Stays on its host.</summary>
    internal sealed record ServiceWorker(Props Props);

    private readonly IActorRef _etcd;
    private readonly ApiServerSettings _settings;
    private readonly INodeLocator _nodes;
    private readonly Func<string, Random> _chance;
    private readonly BootstrapFacts _facts;
    private readonly IActorRef? _serviceWriter;
    private readonly Dictionary<string, ResourceType> _awaited = ServedResources.Stored.ToDictionary(type => StoragePath.ShardOf(type.Resource), StringComparer.Ordinal);
    private readonly Dictionary<GroupVersionResource, IActorRef> _shards = [];
    private readonly Dictionary<GroupVersionResource, IActorRef> _caches = [];
    private readonly List<IActorRef> _waiting = [];
    private IActorRef[] _workers = [];
    private IActorRef _serviceWorker = ActorRefs.Nobody;
    private ServiceWorker? _serviceProps;
    private bool _ready;

    /// <summary>An API server over the shards of <paramref name="etcd"/>.</summary>
    public ApiServerActor(IActorRef etcd, ApiServerSettings settings, INodeLocator nodes, Func<string, Random> chance, BootstrapFacts facts, IActorRef? serviceWriter = null)
    {
        _serviceWriter = serviceWriter;
        _etcd = etcd;
        _settings = settings;
        _nodes = nodes;
        _chance = chance;
        _facts = facts;
        Starting();
    }

    /// <summary>An API server.</summary>
    /// <param name="etcd">The <see cref="EtcdActor"/>.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="nodes">Where the kubelets are.</param>
    /// <param name="chance">Gives the random numbers of a part of it, by name.</param>
    /// <param name="facts">What it has to say of itself in the objects that every cluster has.</param>
    /// <param name="serviceWriter">Who writes Services, where several servers share a storage; null: this one does.</param>
    public static Props Props(IActorRef etcd, ApiServerSettings settings, INodeLocator nodes, Func<string, Random> chance, BootstrapFacts facts, IActorRef? serviceWriter = null) =>
        Akka.Actor.Props.Create(() => new ApiServerActor(etcd, settings, nodes, chance, facts, serviceWriter));

    /// <inheritdoc/>
    public IStash Stash { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PreStart()
    {
        foreach (var shard in _awaited.Keys) _etcd.Tell(new EtcdActor.GetShard(shard));
    }

    private void Starting()
    {
        Receive<EtcdActor.Shard>(On);
        Receive<GetReadiness>(_ => Sender.Tell(new Readiness(false)));
        ReceiveAny(_ => Stash.Stash());
    }

    private void Serving()
    {
        Receive<Get>(get => (_serviceWriter is null ? WorkerOf(get, get.Name) : OrdinaryWorkerOf(get, get.Name)).Forward(get));
        Receive<List>(list => ToCache(list));
        Receive<Watch>(watch => ToCache(watch));
        Receive<Create>(create => WorkerOf(create, create.Name ?? create.Object.Object?.Metadata.Name ?? "").Forward(create));
        Receive<Update>(update => WorkerOf(update, update.Name).Forward(update));
        Receive<Patch>(patch => WorkerOf(patch, patch.Name).Forward(patch));
        Receive<Delete>(delete => WorkerOf(delete, delete.Name).Forward(delete));
        Receive<DeleteCollection>(delete => WorkerOf(delete, "").Forward(delete));
        Receive<ReadLog>(read => WorkerOf(read, read.Pod).Forward(read));
        Receive<StopWatch>(stop => { if (_caches.TryGetValue(stop.Resource, out var cache)) cache.Forward(stop); });
        Receive<GetServiceWorker>(_ => Sender.Tell(_serviceProps!));
        Receive<GetReadiness>(_ => Sender.Tell(new Readiness(_ready)));
        Receive<AwaitReadiness>(_ =>
        {
            if (_ready) Sender.Tell(new Readiness(true));
            else _waiting.Add(Sender);
        });
        Receive<DefaultObjects.Done>(_ =>
        {
            _ready = true;
            foreach (var waiting in _waiting) waiting.Tell(new Readiness(true));
            _waiting.Clear();
        });
    }

    private void On(EtcdActor.Shard shard)
    {
        if (!_awaited.Remove(shard.Resource, out var type)) return;
        _shards[type.Resource] = shard.Ref;
        _caches[type.Resource] = Context.ActorOf(WatchCacheActor.Props(type, shard.Ref, _settings), $"cache-{shard.Resource}");
        if (_awaited.Count > 0) return;
        var backends = new Backends(_shards, _caches);
        _workers = [.. Enumerable.Range(0, _settings.Workers).Select(i => Context.ActorOf(RequestWorker.Props(backends, _settings, _nodes, _chance($"apiserver/worker-{i}"), false), $"worker-{i}"))];
        var services = RequestWorker.Props(backends, _settings, _nodes, _chance("apiserver/services"), true);
        _serviceWorker = _serviceWriter ?? Context.ActorOf(services, "worker-services");
        _serviceProps = new ServiceWorker(services);
        Context.ActorOf(DefaultObjects.Props(Self, _facts), "default-objects");
        Become(Serving);
        Stash.UnstashAll();
    }

    private void ToCache(ApiRequest request)
    {
        if (_caches.TryGetValue(request.Resource, out var cache)) cache.Forward(request);
        else Sender.Tell(new Failed(request.Tag, Refusals.NoSuchResource()));
    }

    /// <summary>The same for the same object. Services have a worker of their own: what one gets, no other may get.</summary>
    private IActorRef WorkerOf(ApiRequest request, string name) =>
        request.Resource == GroupVersionResource.Services ? _serviceWorker : OrdinaryWorkerOf(request, name);

    private IActorRef OrdinaryWorkerOf(ApiRequest request, string name)
    {
        // Not string.GetHashCode, which differs from run to run.
        var hash = 2166136261u;
        foreach (var c in request.Resource.Resource) hash = (hash ^ c) * 16777619;
        foreach (var c in request.Namespace ?? "") hash = (hash ^ c) * 16777619;
        foreach (var c in name) hash = (hash ^ c) * 16777619;
        return _workers[hash % (uint)_workers.Length];
    }
}
