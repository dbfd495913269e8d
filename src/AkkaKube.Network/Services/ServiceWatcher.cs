using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Discovery.V1;
using AkkaKube.Client;
using AkkaKube.Client.Informers;
using AkkaKube.Client.Requests;
using AkkaKube.Network.Dns;
using AkkaKube.Network.Proxy;

namespace AkkaKube.Network.Services;

/// <summary>
/// Follows Services and EndpointSlices for the whole process and derives from them, once for all nodes, what kube-proxy and DNS
/// know. Only what changed is derived again; changes that come close together make one new view.
/// </summary>
public sealed class ServiceWatcher : UntypedActor, IWithTimers
{
    /// <summary>The sender gets every <see cref="ServiceView"/> from now on, the present one at once, until it stops.</summary>
    public sealed record Subscribe
    {
        /// <summary>The one instance.</summary>
        public static readonly Subscribe Instance = new();
    }

    /// <summary>Asks for one <see cref="ServiceView"/>, as soon as all Services are known.</summary>
    public sealed record Get
    {
        /// <summary>The one instance.</summary>
        public static readonly Get Instance = new();
    }

    private sealed record Sync
    {
        public static readonly Sync Instance = new();
    }

    private const string ServiceLabel = "kubernetes.io/service-name";
    private static readonly UserInfo User = new("system:kube-proxy", ["system:node-proxier", "system:authenticated"]);
    private readonly NetworkSettings _settings;
    private readonly InformerSet _informers;
    private readonly Informer<Service> _services;
    private readonly Informer<EndpointSlice> _slices;
    private readonly StoreIndex<EndpointSlice> _slicesByService;
    private readonly Dictionary<ObjectKey, (ServiceRules? Rules, ServiceNames Names)> _derived = [];
    private readonly HashSet<ObjectKey> _dirty = [];
    private readonly HashSet<IActorRef> _subscribers = [];
    private readonly List<IActorRef> _waiting = [];
    private ServiceView _view;

    private ServiceWatcher(IActorRef apiServer, NetworkSettings settings)
    {
        _settings = settings;
        _view = new ServiceView(RuleTable.Empty, new DnsZone(settings.Domain, []), []);
        _informers = new InformerSet(Context, apiServer, User, ClusterRandom.Of(Context.System).Create("service-watcher"));
        _services = _informers.Follow<Service>(GroupVersionResource.Services, c => Touch(new ObjectKey(c.Object.Metadata.Namespace, c.Object.Metadata.Name ?? "")));
        _slices = _informers.Follow<EndpointSlice>(GroupVersionResource.EndpointSlices, c =>
        {
            if (c.Old is { } old) Touch(ServiceOf(old));
            if (c.New is { } now) Touch(ServiceOf(now));
        });
        _slicesByService = _slices.Store.IndexBy(s => ServiceOf(s) is { Name.Length: > 0 } key ? $"{key.Namespace}/{key.Name}" : null);
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>One for the process.</summary>
    public static Props Props(IActorRef apiServer, NetworkSettings settings) => Akka.Actor.Props.Create(() => new ServiceWatcher(apiServer, settings));

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Subscribe:
                if (_subscribers.Add(Sender)) Context.Watch(Sender);
                Sender.Tell(_view);
                break;
            case Get:
                if (_informers.HasSynced && _dirty.Count == 0) Sender.Tell(_view);
                else _waiting.Add(Sender);
                break;
            case Sync:
                Derive();
                break;
            case Terminated gone when _subscribers.Remove(gone.ActorRef):
                break;
            default:
                if (!_informers.Handle(message)) Unhandled(message);
                break;
        }
        if (_waiting.Count == 0 || !_informers.HasSynced) return;
        if (_dirty.Count > 0) Derive();
        foreach (var asker in _waiting) asker.Tell(_view);
        _waiting.Clear();
    }

    private static ObjectKey ServiceOf(EndpointSlice slice) =>
        new(slice.Metadata.Namespace, slice.Metadata.Labels.TryGetValue(ServiceLabel, out var name) ? name : "");

    private void Touch(ObjectKey service)
    {
        _dirty.Add(service);
        if (!Timers.IsTimerActive(nameof(Sync))) Timers.StartSingleTimer(nameof(Sync), Sync.Instance, _settings.SyncPeriod);
    }

    private void Derive()
    {
        foreach (var key in _dirty)
        {
            if (_services.Store.Find(key) is not { } service) { _derived.Remove(key); continue; }
            var slices = _slicesByService[$"{key.Namespace}/{key.Name}"];
            _derived[key] = (ServiceRulesOf.Derive(service, slices), ServiceNames.Derive(service, slices));
        }
        _dirty.Clear();
        _view = new ServiceView(
            RuleTable.Of(_derived.Values.Where(d => d.Rules is not null).Select(d => d.Rules!)),
            new DnsZone(_settings.Domain, _derived.Values.Select(d => d.Names)),
            [.. _services.Store.All]);
        foreach (var subscriber in _subscribers) subscriber.Tell(_view);
    }
}
