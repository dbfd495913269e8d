using Akka.Actor;
using AkkaKube.Kubelet.Nodes;
using AkkaKube.Kubelet.Volumes;
using AkkaKube.Network;

namespace AkkaKube.Kubelet;

/// <summary>What all kubelets of a process share.</summary>
public sealed record KubeletServices
{
    /// <summary>The API server.</summary>
    public required IActorRef ApiServer { get; init; }

    /// <summary>The emulated network.</summary>
    public required IActorRef Fabric { get; init; }

    /// <summary>The network's <see cref="AkkaKube.Network.Services.ServiceWatcher"/>.</summary>
    public required IActorRef Services { get; init; }

    /// <summary>The real node ports; null where there are none.</summary>
    public IActorRef? NodePorts { get; init; }

    /// <summary>The container runtime of a node.</summary>
    public required Func<NodeIdentity, Props> Runtime { get; init; }

    /// <summary>The kubelets' settings.</summary>
    public required KubeletSettings Settings { get; init; }

    /// <summary>The network's settings.</summary>
    public required NetworkSettings Network { get; init; }
}

/// <summary>What the pods of one kubelet share.</summary>
internal sealed record KubeletContext(NodeIdentity Node, KubeletServices Shared, IActorRef Kubelet, IActorRef Runtime, IActorRef Configuration, IServiceAccountTokens Tokens)
{
    public Client.Requests.UserInfo User { get; } = new("system:node:" + Node.Name, ["system:nodes", "system:authenticated"]);

    public KubeletSettings Settings => Shared.Settings;
}
