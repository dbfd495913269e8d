using Akka.Actor;
using Akka.Event;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Discovery.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Client.Requests;
using Endpoint = AkkaKube.Api.Discovery.V1.Endpoint;
using EndpointPort = AkkaKube.Api.Core.V1.EndpointPort;

namespace AkkaKube.ApiServer.Bootstrap;

/// <summary>Creates the objects that every cluster has, one after the other, those that are not there; tells its parent when all are.</summary>
internal sealed class DefaultObjects : ReceiveActor, IWithTimers
{
    /// <summary>All are there.</summary>
    public sealed record Done;

    private sealed record TryAgain;

    private const string Kubernetes = "kubernetes";
    private const string Default = "default";

    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(200);
    private static readonly UserInfo Own = new("system:apiserver", ["system:masters"]);

    private readonly IActorRef _apiServer;
    private readonly Queue<WriteRequest> _left;
    private readonly ILoggingAdapter _log = Context.GetLogger();

    public DefaultObjects(IActorRef apiServer, BootstrapFacts facts)
    {
        _apiServer = apiServer;
        _left = new Queue<WriteRequest>(Writes(facts));
        Receive<Succeeded>(_ => Next());
        Receive<Failed>(On);
        Receive<TryAgain>(_ => Send());
    }

    public static Props Props(IActorRef apiServer, BootstrapFacts facts) => Akka.Actor.Props.Create(() => new DefaultObjects(apiServer, facts));

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Send();

    private void Send() => _apiServer.Tell(_left.Peek());

    private void Next()
    {
        _left.Dequeue();
        if (_left.Count > 0) { Send(); return; }
        Context.Parent.Tell(new Done());
        Context.Stop(Self);
    }

    private void On(Failed failed)
    {
        if (failed.Status.Reason == "AlreadyExists") { Next(); return; }
        _log.Warning("{0}: {1}; trying again", _left.Peek().Resource, failed.Status.Message);
        Timers.StartSingleTimer(nameof(TryAgain), new TryAgain(), RetryAfter);
    }

    /// <summary>Where the API server listens may differ from the last time, so its endpoints are replaced; the rest is created once.</summary>
    private static IEnumerable<WriteRequest> Writes(BootstrapFacts facts)
    {
        foreach (var name in new[] { "kube-system", "kube-public", "kube-node-lease", Default })
        {
            yield return Create(GroupVersionResource.Namespaces, null, new Namespace { Metadata = new ObjectMeta { Name = name } });
        }
        yield return Create(GroupVersionResource.Services, Default, Service());
        yield return Create(GroupVersionResource.Endpoints, Default, Endpoints(facts));
        yield return Replace(GroupVersionResource.Endpoints, Endpoints(facts));
        yield return Create(GroupVersionResource.EndpointSlices, Default, EndpointSlice(facts));
        yield return Replace(GroupVersionResource.EndpointSlices, EndpointSlice(facts));
    }

    private static Create Create(GroupVersionResource resource, string? @namespace, IApiObject one) =>
        new(resource, ObjectBody.Of(one)) { User = Own, Namespace = @namespace, FieldManager = "kube-apiserver" };

    private static Update Replace(GroupVersionResource resource, IApiObject one) =>
        new(resource, one.Metadata.Name, ObjectBody.Of(one)) { User = Own, Namespace = Default, FieldManager = "kube-apiserver" };

    private static ObjectMeta Metadata(params KeyValuePair<string, string>[] labels) =>
        new() { Name = Kubernetes, Namespace = Default, Labels = ValueMap.From(labels) };

    private static Service Service() => new()
    {
        Metadata = Metadata(new("component", "apiserver"), new("provider", Kubernetes)),
        Spec = new ServiceSpec
        {
            ClusterIP = "10.96.0.1",
            ClusterIPs = ["10.96.0.1"],
            Type = ServiceType.ClusterIP,
            Ports = [new ServicePort { Name = "https", Port = 443, Protocol = "TCP", TargetPort = 6443 }],
        },
    };

    private static Endpoints Endpoints(BootstrapFacts facts) => new()
    {
        Metadata = Metadata(new KeyValuePair<string, string>("endpointslice.kubernetes.io/skip-mirror", "true")),
        Subsets = [new EndpointSubset { Addresses = [new EndpointAddress { Ip = facts.Address }], Ports = [new EndpointPort { Name = "https", Port = facts.Port, Protocol = "TCP" }] }],
    };

    private static EndpointSlice EndpointSlice(BootstrapFacts facts) => new()
    {
        Metadata = Metadata(new KeyValuePair<string, string>("kubernetes.io/service-name", Kubernetes)),
        AddressType = "IPv4",
        Endpoints = [new Endpoint { Addresses = [facts.Address], Conditions = new EndpointConditions { Ready = true } }],
        Ports = [new Api.Discovery.V1.EndpointPort { Name = "https", Port = facts.Port, Protocol = "TCP" }],
    };
}
