using Akka.Actor;
using Akka.Event;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.ApiServer.Services;
using AkkaKube.Client;
using AkkaKube.Client.Requests;
using AkkaKube.Client.Tracing;
using AkkaKube.Etcd;
using Watch = AkkaKube.Client.Requests.Watch;

namespace AkkaKube.ApiServer.Operations;

/// <summary>
/// Carries out the requests for single objects. Several of them share the work; the requests for one object always come to the same, so
/// that they stay in order. It follows the namespaces and service accounts, which admission asks for with every pod.
/// </summary>
internal sealed class RequestWorker : ReceiveActor, IWithTimers, IWithStash, IWorker
{
    /// <summary>Stops it when what it has begun is done; nothing new is begun.</summary>
    public sealed record Finish;

    private sealed record Sweep;

    private sealed record LoadAgain;

    private sealed record Wake(Operation Operation);

    private static readonly UserInfo Own = new("system:apiserver", ["system:masters"]);
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(5);

    private readonly Backends _backends;
    private readonly Random _random;
    private readonly HashSet<Operation> _operations = [];
    private readonly List<(ApiRequest Request, IActorRef Client)> _anew = [];
    private bool _finishing;
    private bool _isLoading;
    private int _loads;
    private readonly Dictionary<string, ApiObject> _namespaces = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ApiObject> _accounts = new(StringComparer.Ordinal);

    public RequestWorker(Backends backends, ApiServerSettings settings, INodeLocator nodes, Random random, bool writesServices)
    {
        _backends = backends;
        Settings = settings;
        Nodes = nodes;
        Names = new NameSource(random);
        _random = random;
        if (FlowLog.Of(Context.System) is { IsOn: true } log) Flow = new RequestFlow(log, new SpanIds(ClusterRandom.Of(Context.System).Create($"flow{Self.Path.ToStringWithoutAddress()}")), Self);
        if (writesServices)
        {
            Services = NewAllocator();
            Loading();
        }
        else
        {
            Working();
        }
    }

    public static Props Props(Backends backends, ApiServerSettings settings, INodeLocator nodes, Random random, bool writesServices) =>
        Akka.Actor.Props.Create(() => new RequestWorker(backends, settings, nodes, random, writesServices));

    public ITimerScheduler Timers { get; set; } = null!;

    public IStash Stash { get; set; } = null!;

    public ApiServerSettings Settings { get; }

    public ILoggingAdapter Log { get; } = Context.GetLogger();

    public DateTimeOffset Now => Context.System.Scheduler.Now;

    public TimeSpan Elapsed => Context.System.Scheduler.MonotonicClock;

    public NameSource Names { get; }

    public RequestFlow? Flow { get; }

    public ServiceAllocator? Services { get; private set; }

    public string? Claim { get; private set; }

    public INodeLocator Nodes { get; }

    IActorRef IWorker.Self => Self;

    public IActorRef ShardOf(GroupVersionResource resource) => _backends.Shards.TryGetValue(resource, out var shard) ? shard : throw new RefusalException(Refusals.NoSuchResource());

    public IActorRef CacheOf(GroupVersionResource resource) => _backends.Caches.TryGetValue(resource, out var cache) ? cache : throw new RefusalException(Refusals.NoSuchResource());

    public Namespace? KnownNamespace(string name) => _namespaces.GetValueOrDefault(name)?.As<Namespace>();

    public ServiceAccount? KnownServiceAccount(string @namespace, string name) => _accounts.GetValueOrDefault($"{@namespace}/{name}")?.As<ServiceAccount>();

    public void Run(Operation operation)
    {
        _operations.Add(operation);
        operation.Run();
    }

    public void WakeLater(Operation operation, TimeSpan wait) => Timers.StartSingleTimer(operation, new Wake(operation), wait);

    public void Done(Operation operation)
    {
        _operations.Remove(operation);
        StopWhenFinished();
    }

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(nameof(Sweep), new Sweep(), SweepInterval);
        Follow(GroupVersionResource.Namespaces);
        Follow(GroupVersionResource.ServiceAccounts);
        if (Services is not null) Load();
    }

    public void Doubt()
    {
        if (Services is not null && !_isLoading) LoadAnew();
    }

    public void BeginAnew(ApiRequest request, IActorRef client, string? claim)
    {
        if (claim != Claim)
        {
            Self.Tell(request, client);
            return;
        }
        _anew.Add((request, client));
        LoadAnew();
    }

    private ServiceAllocator NewAllocator() => new(new AddressPool(Settings.ServiceRange), new PortPool(Settings.NodePortMin, Settings.NodePortMax), _random);

    private void LoadAnew()
    {
        Become(Loading);
        Load();
    }

    /// <summary>Reads all Services, and lets nobody write them who has not read them after this.</summary>
    private void Load()
    {
        _isLoading = true;
        Claim = $"{Akka.Serialization.Serialization.SerializedActorPath(Self)}/{++_loads}";
        ShardOf(GroupVersionResource.Services).Tell(new EtcdShard.Range("") { Claim = Claim });
    }

    /// <summary>What addresses and ports are taken is known before the first Service is written.</summary>
    private void Loading()
    {
        Receive<EtcdShard.Ranged>(ranged =>
        {
            Services = NewAllocator();
            foreach (var entry in ranged.Entries) Services.Stored(entry.Key, ((ApiObject)entry.View!).As<Service>());
            _isLoading = false;
            Become(Working);
            foreach (var (request, client) in _anew) Self.Tell(request, client);
            _anew.Clear();
            Stash.UnstashAll();
        });
        Receive<EtcdShard.Unavailable>(unavailable =>
        {
            if (unavailable.Tag is Operation operation) operation.Resume(unavailable);
            else Timers.StartSingleTimer(nameof(LoadAgain), new LoadAgain(), Settings.RetryInterval);
        });
        Receive<Finish>(_ => Context.Stop(Self));
        Receive<LoadAgain>(_ => Load());
        ReceiveAny(_ => Stash.Stash());
    }

    private void Working()
    {
        Receive<EtcdShard.Reply>(reply => (reply.Tag as Operation)?.Resume(reply));
        Receive<Finish>(_ =>
        {
            _finishing = true;
            StopWhenFinished();
        });
        Receive<Get>(get => Begin(get, client => new GetOperation(get, client, this)));
        Receive<Create>(create => Begin(create, client => create.Subresource switch
        {
            Subresource.Binding => new BindOperation(create, client, this),
            Subresource.Eviction => new EvictOperation(create, client, this),
            _ => new CreateOperation(create, client, this),
        }));
        Receive<Update>(update => Begin(update, client => new UpdateOperation(update, client, this)));
        Receive<Patch>(patch => Begin(patch, client => new PatchOperation(patch, client, this)));
        Receive<Delete>(delete => Begin(delete, client => new DeleteOperation(delete, client, this)));
        Receive<DeleteCollection>(delete => Begin(delete, client => new DeleteCollectionOperation(delete, client, this)));
        Receive<ReadLog>(read => Begin(read, client => new LogOperation(read, client, this)));
        Receive<WatchEvents>(On);
        Receive<WatchEnded>(ended => Follow((GroupVersionResource)ended.Tag!));
        Receive<ApiReply>(reply => (reply.Tag as DeleteCollectionOperation)?.On(reply));
        Receive<Sweep>(_ => GiveUpLate());
        Receive<Wake>(wake => wake.Operation.Wake());
    }

    private void StopWhenFinished()
    {
        if (_finishing && _operations.Count == 0) Context.Stop(Self);
    }

    private void Begin(ApiRequest request, Func<IActorRef, Operation> make)
    {
        if (_finishing)
        {
            Sender.Tell(new Failed(request.Tag, Refusals.StorageUnavailable("the writer moves to another host")));
            return;
        }

        try
        {
            Run(make(Sender));
        }
        catch (RefusalException refusal)
        {
            Sender.Tell(new Failed(request.Tag, refusal.Status));
        }
    }

    private void Follow(GroupVersionResource resource)
    {
        if (resource == GroupVersionResource.Namespaces) _namespaces.Clear();
        else _accounts.Clear();
        CacheOf(resource).Tell(new Watch(resource) { User = Own, Tag = resource });
    }

    private void On(WatchEvents events)
    {
        var known = (GroupVersionResource)events.Tag! == GroupVersionResource.Namespaces ? _namespaces : _accounts;
        foreach (var one in events.Events)
        {
            switch (one.Type)
            {
                case WatchEventType.Added or WatchEventType.Modified: known[StoragePath.Of(one.Object.Key)] = one.Object; break;
                case WatchEventType.Deleted: known.Remove(StoragePath.Of(one.Object.Key)); break;
            }
        }
    }

    /// <summary>An answer of the storage may have been lost with a shard that failed; its request does not wait for ever.</summary>
    private void GiveUpLate()
    {
        var now = Elapsed;
        foreach (var late in _operations.Where(operation => operation.Deadline < now).ToList()) late.GiveUp();
    }
}
