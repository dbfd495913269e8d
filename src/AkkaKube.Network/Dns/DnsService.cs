using Akka.Actor;
using Akka.Event;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Client.Requests;

namespace AkkaKube.Network.Dns;

/// <summary>Sees to it that the Service kube-dns is there, as a cluster's installer would, and stops.</summary>
public sealed class DnsService : ReceiveActor, IWithTimers
{
    private sealed record Try
    {
        public static readonly Try Instance = new();
    }

    private static readonly UserInfo User = new("kubernetes-admin", ["system:masters", "system:authenticated"]);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private DnsService(IActorRef apiServer, string ip)
    {
        Receive<Try>(_ => apiServer.Tell(new Create(GroupVersionResource.Services, ObjectBody.Of(Service(ip))) { Namespace = "kube-system", User = User, FieldManager = "akkakube" }));
        Receive<Succeeded>(_ => Context.Stop(Self));
        Receive<Failed>(failed =>
        {
            if (failed.Status.Reason == "AlreadyExists")
            {
                Context.Stop(Self);
                return;
            }
            // The namespace may not be there yet.
            if (failed.Status.Code != 404) Context.GetLogger().Warning("Service kube-dns was not created: {0}", failed.Status.Message);
            Timers.StartSingleTimer(nameof(Try), Try.Instance, RetryAfter);
        });
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>Makes the Service with this cluster IP.</summary>
    public static Props Props(IActorRef apiServer, string ip) => Akka.Actor.Props.Create(() => new DnsService(apiServer, ip));

    /// <inheritdoc/>
    protected override void PreStart() => Self.Tell(Try.Instance);

    private static Service Service(string ip) => new()
    {
        Metadata = new ObjectMeta
        {
            Name = "kube-dns",
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
