using Akka.Actor;
using Akka.Event;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Client.Requests;

namespace AkkaKube.Network.Dns;

/// <summary>Sees to it that the Service kube-dns is there, as a cluster's installer would, and stops. Every host of a cluster may do it at the same time.</summary>
public sealed class DnsService : ReceiveActor, IWithTimers
{
    private sealed record Try
    {
        public static readonly Try Instance = new();
    }

    /// <summary>Looks whether the Service is there after it could not be made.</summary>
    private sealed record Looked(string? Failure);

    private const string Name = "kube-dns";
    private static readonly UserInfo User = new("kubernetes-admin", ["system:masters", "system:authenticated"]);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private DnsService(IActorRef apiServer, string ip)
    {
        Receive<Try>(_ => apiServer.Tell(new Create(GroupVersionResource.Services, ObjectBody.Of(Service(ip))) { Namespace = "kube-system", User = User, FieldManager = "akkakube" }));
        // There it is: made by this actor, or by that of another host.
        Receive<Succeeded>(_ => Context.Stop(Self));
        Receive<Failed>(failed => failed.Tag is Looked || failed.Status.Reason == "AlreadyExists", failed =>
        {
            if (failed.Tag is not Looked looked) Context.Stop(Self);
            else TryLater(looked.Failure);
        });
        Receive<Failed>(failed =>
        {
            // The namespace may not be there yet.
            if (failed.Status.Code == 404) TryLater(null);
            // Who is second may hear that the address is taken before it hears that the name is.
            else apiServer.Tell(new Get(GroupVersionResource.Services, Name) { Namespace = "kube-system", User = User, Tag = new Looked(failed.Status.Message) });
        });
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>Makes the Service with this cluster IP.</summary>
    public static Props Props(IActorRef apiServer, string ip) => Akka.Actor.Props.Create(() => new DnsService(apiServer, ip));

    /// <inheritdoc/>
    protected override void PreStart() => Self.Tell(Try.Instance);

    private void TryLater(string? failure)
    {
        if (failure is not null) Context.GetLogger().Warning("Service kube-dns was not created: {0}", failure);
        Timers.StartSingleTimer(nameof(Try), Try.Instance, RetryAfter);
    }

    private static Service Service(string ip) => new()
    {
        Metadata = new ObjectMeta
        {
            Name = Name,
            Namespace = "kube-system",
            Labels = ValueMap.Of(("k8s-app", "kube-dns"), ("kubernetes.io/cluster-service", "true"), ("kubernetes.io/name", "CoreDNS")),
        },
        Spec = new ServiceSpec
        {
            ClusterIP = ip,
            Selector = ValueMap.Of(("k8s-app", "kube-dns")),
            Ports = [Port("dns", "UDP", 53), Port("dns-tcp", "TCP", 53), Port("metrics", "TCP", 9153)],
        },
    };

    private static ServicePort Port(string name, string protocol, int number) => new() { Name = name, Protocol = protocol, Port = number, TargetPort = number };
}
