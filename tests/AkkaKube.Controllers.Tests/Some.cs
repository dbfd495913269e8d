using AkkaKube.Api;
using AkkaKube.Api.Apps.V1;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using ConditionStatus = AkkaKube.Api.Core.V1.ConditionStatus;

namespace AkkaKube.Controllers.Tests;

/// <summary>Objects for tests.</summary>
internal static class Some
{
    public static readonly ValueMap<string> Labels = [new("app", "g")];

    public static PodTemplateSpec Template(string image = "busybox:1") => new()
    {
        Metadata = new ObjectMeta { Labels = Labels },
        Spec = new PodSpec { Containers = [new Container { Name = "main", Image = image, Ports = [new ContainerPort { Name = "http", ContainerPortValue = 80, Protocol = "TCP" }] }] },
    };

    public static Deployment Deployment(int replicas, IntOrString? surge = null, IntOrString? unavailable = null, string type = "RollingUpdate") => new()
    {
        Metadata = new ObjectMeta { Name = "w", Namespace = "default", Uid = "uid-w" },
        Spec = new DeploymentSpec
        {
            Replicas = replicas,
            Selector = new LabelSelector { MatchLabels = Labels },
            Template = Template(),
            RevisionHistoryLimit = 10,
            ProgressDeadlineSeconds = 600,
            Strategy = new DeploymentStrategy
            {
                Type = type,
                RollingUpdate = type == "Recreate" ? null : new RollingUpdateDeployment { MaxSurge = surge ?? "25%", MaxUnavailable = unavailable ?? "25%" },
            },
        },
    };

    public static ReplicaSet ReplicaSet(int replicas, string name = "w") => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = "default", Uid = "uid-" + name },
        Spec = new ReplicaSetSpec { Replicas = replicas, Selector = new LabelSelector { MatchLabels = Labels }, Template = Template() },
    };

    public static Service Service(string name = "s", params ServicePort[] ports) => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = "default", Uid = "uid-" + name },
        Spec = new ServiceSpec
        {
            Selector = Labels,
            ClusterIP = "10.96.0.9",
            IpFamilies = ["IPv4"],
            Ports = ports.Length > 0 ? [.. ports] : [new ServicePort { Name = "web", Port = 80, TargetPort = "http", Protocol = "TCP" }],
        },
    };

    public static Pod Pod(string name, string? node = null, bool ready = true, string phase = PodPhase.Running, ValueMap<string>? labels = null) => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = "default", Uid = "uid-" + name, Labels = labels ?? Labels },
        Spec = Template().Spec with { NodeName = node },
        Status = new PodStatus
        {
            Phase = phase,
            PodIP = phase == PodPhase.Running ? "10.244.9." + (name.Sum(c => c) % 250) : null,
            Conditions = phase == PodPhase.Running ? [new PodCondition { Type = "Ready", Status = ready ? ConditionStatus.True : ConditionStatus.False }] : [],
        },
    };

    public static Node Node(string name, string? ready = ConditionStatus.True, params Taint[] taints) => new()
    {
        Metadata = new ObjectMeta { Name = name, Uid = "uid-" + name },
        Spec = new NodeSpec { Taints = [.. taints] },
        Status = new NodeStatus { Conditions = ready is null ? [] : [new NodeCondition { Type = "Ready", Status = ready }] },
    };
}
