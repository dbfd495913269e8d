using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Client;
using AkkaKube.Runtime;

namespace AkkaKube.Kubelet.Nodes;

/// <summary>The Node object as its kubelet writes it.</summary>
internal static class NodeObjects
{
    public const string KubeletVersion = "v1.36.2+akkakube";

    /// <summary>What the provider ids of the nodes begin with that this product brings with it.</summary>
    public const string Provider = "akkakube://";

    private const string OsImage = "AkkaKube (emulated)";
    private const string RuntimeVersion = "akkakube://0.1";
    private static readonly string Architecture = RuntimeInformation.OSArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? "arm64" : "amd64";

    /// <summary>The object with which a kubelet registers its node.</summary>
    public static Node New(NodeIdentity node, KubeletSettings settings, Random random, DateTimeOffset now) => new()
    {
        Metadata = new ObjectMeta { Name = node.Name, Labels = Labels(node.Name), Annotations = ValueMap.Of(("volumes.kubernetes.io/controller-managed-attach-detach", "true")) },
        Spec = new NodeSpec { PodCIDR = node.PodCidr, PodCIDRs = [node.PodCidr], ProviderID = Provider + node.Name },
        Status = Status(new NodeStatus(), node, settings, random, now),
    };

    /// <summary>
    /// The status a kubelet reports over what is there. What somebody else said about the machine (capacity, images, addresses)
    /// stays: whoever creates a Node with a size decides how big it is.
    /// </summary>
    public static NodeStatus Status(NodeStatus old, NodeIdentity node, KubeletSettings settings, Random random, DateTimeOffset now)
    {
        var capacity = old.Capacity.Count > 0 ? old.Capacity : settings.Capacity;
        return old with
        {
            Capacity = capacity,
            Allocatable = old.Allocatable.Count > 0 ? old.Allocatable : capacity,
            Addresses = old.Addresses.Count > 0 ? old.Addresses : [new NodeAddress { Type = "InternalIP", Address = node.Ip }, new NodeAddress { Type = "Hostname", Address = node.Name }],
            DaemonEndpoints = new NodeDaemonEndpoints { KubeletEndpoint = new DaemonEndpoint { Port = 10250 } },
            NodeInfo = old.NodeInfo.KubeletVersion.Length > 0 ? old.NodeInfo : Info(random),
            Conditions = Conditions(old, now),
        };
    }

    /// <summary>The conditions as a healthy kubelet reports them; each keeps the time at which its status last changed.</summary>
    public static ValueList<NodeCondition> Conditions(NodeStatus old, DateTimeOffset now)
    {
        NodeCondition Condition(string type, string status, string reason, string message) =>
            old.Conditions.FirstOrDefault(c => c.Type == type) is { } had && had.Status == status
                ? new() { Type = type, Status = status, Reason = reason, Message = message, LastHeartbeatTime = now, LastTransitionTime = had.LastTransitionTime }
                : new() { Type = type, Status = status, Reason = reason, Message = message, LastHeartbeatTime = now, LastTransitionTime = now };
        ValueList<NodeCondition> own =
        [
            Condition("MemoryPressure", "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
            Condition("DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
            Condition("PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
            Condition("Ready", "True", "KubeletReady", "kubelet is posting ready status"),
        ];
        return [.. old.Conditions.Where(c => !own.Any(o => o.Type == c.Type)), .. own];
    }

    /// <summary>The images as a node's status lists them: the biggest first, with all their names, at most fifty.</summary>
    public static ValueList<ContainerImage> Images(IEnumerable<ImageInfo> images) =>
        [.. images.OrderByDescending(i => i.Size).ThenBy(i => i.Id, StringComparer.Ordinal).Take(50).Select(i => new ContainerImage { Names = [.. i.RepoDigests, .. i.RepoTags], SizeBytes = i.Size })];

    /// <summary>Whether the status says what a healthy kubelet says, times aside.</summary>
    public static bool SaysReady(NodeStatus status) => status.Conditions.Any(c => c is { Type: "Ready", Status: "True" });

    /// <summary>The labels by which a kubelet describes its machine.</summary>
    public static ValueMap<string> Labels(string name) => ValueMap.Of(
        ("beta.kubernetes.io/arch", Architecture),
        ("beta.kubernetes.io/os", "linux"),
        ("kubernetes.io/arch", Architecture),
        ("kubernetes.io/hostname", name),
        ("kubernetes.io/os", "linux"));

    /// <summary>A patch that says what the kubelet says: its conditions, and what it filled in. Other writers' conditions are not in it.</summary>
    public static ReadOnlyMemory<byte> StatusBody(Node node)
    {
        string[] own = ["MemoryPressure", "DiskPressure", "PIDPressure", "Ready"];
        using var document = JsonDocument.Parse(ObjectBody.Of(new Node
        {
            Metadata = node.Metadata,
            Status = node.Status with { Conditions = [.. node.Status.Conditions.Where(c => own.Contains(c.Type))] },
        }).Utf8);
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("status");
            document.RootElement.GetProperty("status").WriteTo(writer);
            writer.WriteEndObject();
        }
        return buffer.WrittenMemory;
    }

    private static NodeSystemInfo Info(Random random) => new()
    {
        MachineID = random.NewUid().Replace("-", "", StringComparison.Ordinal),
        SystemUUID = random.NewUid(),
        BootID = random.NewUid(),
        KernelVersion = "6.12.0-akkakube",
        OsImage = OsImage,
        ContainerRuntimeVersion = RuntimeVersion,
        KubeletVersion = KubeletVersion,
        KubeProxyVersion = "",
        OperatingSystem = "linux",
        Architecture = Architecture,
    };
}
