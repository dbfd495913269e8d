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

    /// <summary>
    /// Whether this host is sure that its kubelets are the ones of their nodes. One that was stopped for a while is not, until it knows whether
    /// others have taken over: its kubelets write nothing then.
    /// </summary>
    public Func<bool> IsCurrent { get; init; } = static () => true;

    /// <summary>The kubelets' settings.</summary>
    public required KubeletSettings Settings { get; init; }

    /// <summary>The network's settings.</summary>
    public required NetworkSettings Network { get; init; }
}

/// <summary>The actors that all kubelets of a process share, children of <see cref="NodesActor"/> or <see cref="KubeletHost"/>.</summary>
/// <param name="Configuration">The <see cref="AkkaKube.Kubelet.Configuration.ConfigurationCache"/>.</param>
/// <param name="Events">The <see cref="AkkaKube.Kubelet.Writes.EventSink"/>.</param>
/// <param name="Writes">The <see cref="AkkaKube.Kubelet.Writes.Turnstile"/>.</param>
internal sealed record ProcessActors(IActorRef Configuration, IActorRef Events, IActorRef Writes);

/// <summary>What the pods of one kubelet share.</summary>
/// <param name="Node">The node.</param>
/// <param name="Shared">What it shares with other kubelets.</param>
/// <param name="Kubelet">Gives addresses, records events.</param>
/// <param name="Runtime">The node's container runtime.</param>
/// <param name="Configuration">The process's <see cref="AkkaKube.Kubelet.Configuration.ConfigurationCache"/>.</param>
/// <param name="Writes">The process's <see cref="AkkaKube.Kubelet.Writes.Turnstile"/>.</param>
/// <param name="Tokens">Issues tokens of service accounts.</param>
internal sealed record KubeletContext(NodeIdentity Node, KubeletServices Shared, IActorRef Kubelet, IActorRef Runtime, IActorRef Configuration, IActorRef Writes, IServiceAccountTokens Tokens)
{
    public Client.Requests.UserInfo User { get; } = new("system:node:" + Node.Name, ["system:nodes", "system:authenticated"]);

    public KubeletSettings Settings => Shared.Settings;

    /// <summary>Pods that stand are taken over as they stand; else what ran before has ended with the machine.</summary>
    public bool Adopts { get; init; }
}
