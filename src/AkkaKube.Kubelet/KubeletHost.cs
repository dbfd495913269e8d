using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Client;
using AkkaKube.Client.Informers;
using AkkaKube.Client.Requests;
using AkkaKube.Kubelet.Configuration;
using AkkaKube.Kubelet.Nodes;
using AkkaKube.Kubelet.Volumes;
using AkkaKube.Kubelet.Writes;
using AkkaKube.Network.NodePorts;

namespace AkkaKube.Kubelet;

/// <summary>
/// What the kubelets on one host of many share, whichever of them are there: ConfigMaps and Secrets, the turns of their writes, and the
/// Node objects, which are followed once. It also tells the host's node ports which nodes there are in the cluster.
/// </summary>
public sealed class KubeletHost : UntypedActor
{
    /// <summary>From a kubelet entity: answered by <see cref="Welcome"/>, and by <see cref="NodeIs"/> now and at every change, until the sender stops.</summary>
    internal sealed record Follow(string Node);

    /// <summary>What a kubelet on this host works with.</summary>
    internal sealed record Welcome(KubeletServices Services, ProcessActors Process, IServiceAccountTokens Tokens);

    /// <summary>The node's object; null: there is none.</summary>
    internal sealed record NodeIs(Node? Node);

    private readonly KubeletServices _services;
    private readonly ProcessActors _process;
    private readonly IServiceAccountTokens _tokens;
    private readonly InformerSet _informers;
    private readonly Informer<Node> _nodes;
    private readonly Dictionary<string, IActorRef> _followers = [];
    private readonly Dictionary<IActorRef, string> _followed = [];
    private readonly Dictionary<string, string> _up = [];
    private bool _synced;

    private KubeletHost(KubeletServices services)
    {
        _services = services;
        var random = ClusterRandom.Of(Context.System).Create("kubelet-host");
        _tokens = new ServiceAccountTokens(random);
        _process = new ProcessActors(
            Context.ActorOf(ConfigurationCache.Props(services.ApiServer), "configuration"),
            Context.ActorOf(EventSink.Props(services.ApiServer, services.Settings.EventsUnderWay), "events"),
            Context.ActorOf(Turnstile.Props(services.Settings.StatusesUnderWay), "writes"));
        _informers = new InformerSet(Context, services.ApiServer, new UserInfo("system:nodes", ["system:nodes", "system:authenticated"]), random);
        _nodes = _informers.Follow<Node>(GroupVersionResource.Nodes, On);
    }

    /// <summary>One for the host, at /user/kubelets.</summary>
    /// <param name="services">What the host has for its kubelets.</param>
    public static Props Props(KubeletServices services) => Akka.Actor.Props.Create(() => new KubeletHost(services));

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Follow follow:
                On(follow);
                break;
            case Terminated gone when _followed.Remove(gone.ActorRef, out var node):
                if (_followers.GetValueOrDefault(node)?.Equals(gone.ActorRef) == true) _followers.Remove(node);
                break;
            default:
                if (!_informers.Handle(message)) Unhandled(message);
                break;
        }
        if (!_synced && _informers.HasSynced) Begin();
    }

    private void On(Follow follow)
    {
        // A kubelet that comes back finds its predecessor here, which has stopped or is about to.
        _followers[follow.Node] = Sender;
        _followed[Sender] = follow.Node;
        Context.Watch(Sender);
        // Node ports are told of all nodes of the cluster here, not of those whose kube-proxy is on this host.
        Sender.Tell(new Welcome(_services with { NodePorts = null }, _process, _tokens));
        if (_synced) Sender.Tell(new NodeIs(_nodes.Store.Find(null, follow.Node)));
    }

    private void Begin()
    {
        _synced = true;
        foreach (var node in _nodes.Store.All) TellNodePorts(node.Metadata.Name ?? "", node);
        foreach (var (node, follower) in _followers) follower.Tell(new NodeIs(_nodes.Store.Find(null, node)));
    }

    private void On(Change<Node> change)
    {
        if (!_synced) return;
        var name = change.Object.Metadata.Name ?? "";
        TellNodePorts(name, change.New);
        if (_followers.TryGetValue(name, out var follower)) follower.Tell(new NodeIs(change.New));
    }

    private void TellNodePorts(string name, Node? node)
    {
        if (_services.NodePorts is not { } ports) return;
        var ip = node is not null && NodePower.Of(node) != NodePower.Off ? NodeIdentities.IpOf(node) : null;
        if (ip == _up.GetValueOrDefault(name)) return;
        if (ip is not null)
        {
            _up[name] = ip;
            ports.Tell(new NodePortsActor.NodeUp(name, ip));
        }
        else
        {
            _up.Remove(name);
            ports.Tell(new NodePortsActor.NodeDown(name));
        }
    }
}
