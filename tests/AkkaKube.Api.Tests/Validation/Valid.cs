using AkkaKube.Api.Apps.V1;
using AkkaKube.Api.Coordination.V1;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Discovery.V1;
using AkkaKube.Api.Meta.V1;
using SlicePort = AkkaKube.Api.Discovery.V1.EndpointPort;
using SubsetPort = AkkaKube.Api.Core.V1.EndpointPort;

namespace AkkaKube.Api.Tests.Validation;

/// <summary>Objects with nothing wrong, with their defaults filled in as the server does before it validates.</summary>
internal static class Valid
{
    public static ObjectMeta Meta(string name = "web") => new()
    {
        Name = name,
        Namespace = "shop",
        Uid = "7f3a9a0e-55a1-4a58-9a0a-0e1f9d0c1b2a",
        ResourceVersion = "7",
        CreationTimestamp = new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.Zero),
    };

    public static Container Container(string name = "main") => new()
    {
        Name = name,
        Image = "shop/" + name + ":2",
        ImagePullPolicy = "IfNotPresent",
        TerminationMessagePath = "/dev/termination-log",
        TerminationMessagePolicy = "File",
    };

    public static PodSpec PodSpec() => new()
    {
        Containers = [Container()],
        RestartPolicy = "Always",
        DnsPolicy = "ClusterFirst",
        SchedulerName = "default-scheduler",
        TerminationGracePeriodSeconds = 30,
        SecurityContext = new PodSecurityContext(),
        ServiceAccountName = "default",
        EnableServiceLinks = true,
    };

    public static Pod Pod() => new() { Metadata = Meta() with { Labels = ValueMap.Of(("app", "web")) }, Spec = PodSpec() };

    public static PodTemplateSpec Template() => new()
    {
        Metadata = new ObjectMeta { Labels = ValueMap.Of(("app", "web")) },
        Spec = PodSpec(),
    };

    public static LabelSelector Selector() => new() { MatchLabels = ValueMap.Of(("app", "web")) };

    public static Deployment Deployment() => new()
    {
        Metadata = Meta(),
        Spec = new DeploymentSpec
        {
            Replicas = 3,
            Selector = Selector(),
            Template = Template(),
            Strategy = new DeploymentStrategy
            {
                Type = "RollingUpdate",
                RollingUpdate = new RollingUpdateDeployment { MaxSurge = "25%", MaxUnavailable = "25%" },
            },
            RevisionHistoryLimit = 10,
            ProgressDeadlineSeconds = 600,
        },
    };

    public static ReplicaSet ReplicaSet() => new()
    {
        Metadata = Meta(),
        Spec = new ReplicaSetSpec { Replicas = 3, Selector = Selector(), Template = Template() },
    };

    public static Service Service() => new()
    {
        Metadata = Meta(),
        Spec = new ServiceSpec
        {
            Type = "ClusterIP",
            SessionAffinity = "None",
            InternalTrafficPolicy = "Cluster",
            ClusterIP = "10.96.1.2",
            ClusterIPs = ["10.96.1.2"],
            IpFamilies = ["IPv4"],
            IpFamilyPolicy = "SingleStack",
            Selector = ValueMap.Of(("app", "web")),
            Ports = [new ServicePort { Port = 80, TargetPort = 8080, Protocol = "TCP" }],
        },
    };

    public static Endpoints Endpoints() => new()
    {
        Metadata = Meta(),
        Subsets =
        [
            new EndpointSubset
            {
                Addresses = [new EndpointAddress { Ip = "10.1.0.4" }],
                Ports = [new SubsetPort { Port = 80, Protocol = "TCP" }],
            },
        ],
    };

    public static EndpointSlice EndpointSlice() => new()
    {
        Metadata = Meta(),
        AddressType = "IPv4",
        Endpoints = [new Endpoint { Addresses = ["10.1.0.4"] }],
        Ports = [new SlicePort { Name = "http", Port = 80, Protocol = "TCP" }],
    };

    public static Namespace Namespace() => new()
    {
        Metadata = Meta() with { Namespace = null, Labels = ValueMap.Of(("kubernetes.io/metadata.name", "web")) },
        Spec = new NamespaceSpec { Finalizers = ["kubernetes"] },
    };

    public static Node Node() => new() { Metadata = Meta("node-1") with { Namespace = null } };

    public static Secret Secret(string type = "Opaque") => new() { Metadata = Meta(), Type = type };

    public static ConfigMap ConfigMap() => new() { Metadata = Meta(), Data = ValueMap.Of(("colour", "red")) };

    public static ServiceAccount ServiceAccount() => new() { Metadata = Meta() };

    public static Lease Lease() => new() { Metadata = Meta(), Spec = new LeaseSpec { HolderIdentity = "me", LeaseDurationSeconds = 15 } };

    public static Event Event() => new()
    {
        Metadata = Meta("web.17a"),
        InvolvedObject = new ObjectReference { Kind = "Pod", Namespace = "shop", Name = "web" },
        Reason = "Started",
        Type = "Normal",
    };
}
