using System.Globalization;
using Akka.Actor;
using Akka.Event;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Errors;
using AkkaKube.Client;
using AkkaKube.Client.Informers;
using AkkaKube.Client.Requests;
using AkkaKube.Kubelet.Configuration;
using AkkaKube.Kubelet.Nodes;
using AkkaKube.Kubelet.Volumes;
using AkkaKube.Kubelet.Writes;

namespace AkkaKube.Kubelet;

/// <summary>
/// The machines of a cluster that is one process: keeps a kubelet behind every Node object, whoever created it, and starts those that this process
/// brings with it, which register themselves as node-1, node-2, ... A kubelet that was stopped stays down, like a machine that was
/// switched off, until <see cref="StartNode"/>.
/// </summary>
public sealed class NodesActor : UntypedActor, IWithTimers
{
    // ---- what is asked of the machines, here or, in a cluster of hosts, of the NodeDirectory

    /// <summary>Switches a node on that was stopped. Its pods start again as after a reboot.</summary>
    public sealed record StartNode(string Name);

    /// <summary>Switches a node off: kubelet, containers and kube-proxy stop without a word.</summary>
    public sealed record StopNode(string Name);

    /// <summary>Asks for <see cref="Running"/>.</summary>
    public sealed record GetRunning;

    /// <summary>The nodes whose kubelets run.</summary>
    public sealed record Running(IReadOnlyList<string> Nodes);

    private sealed record StartAgain(string Name);

    // What a failed kubelet had of the fabric is given back first.
    private static readonly TimeSpan RestartAfter = TimeSpan.FromMilliseconds(500);

    private readonly KubeletServices _shared;
    private readonly int _own;
    private readonly InformerSet _informers;
    private readonly Informer<Node> _nodes;
    private readonly NodeLedger _ledger;
    private readonly Dictionary<string, IActorRef> _kubelets = [];
    private readonly Dictionary<IActorRef, string> _names = [];
    private readonly HashSet<string> _down = [];
    private readonly HashSet<string> _deleted = [];
    private readonly HashSet<string> _crashed = [];
    private readonly ProcessActors _process;
    private readonly IServiceAccountTokens _tokens;
    private bool _started;

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    private NodesActor(KubeletServices shared, int own)
    {
        (_shared, _own) = (shared, own);
        var random = ClusterRandom.Of(Context.System).Create("nodes");
        _tokens = new ServiceAccountTokens(random);
        _process = new ProcessActors(
            Context.ActorOf(ConfigurationCache.Props(shared.ApiServer)),
            Context.ActorOf(EventSink.Props(shared.ApiServer, shared.Settings.EventsUnderWay)),
            Context.ActorOf(Turnstile.Props(shared.Settings.StatusesUnderWay)));
        _ledger = new NodeLedger(shared.Network);
        _informers = new InformerSet(Context, shared.ApiServer, new UserInfo("system:nodes", ["system:nodes", "system:authenticated"]), random);
        _nodes = _informers.Follow<Node>(GroupVersionResource.Nodes, On);
    }

    /// <summary>One for the process, at /user/nodes.</summary>
    /// <param name="shared">What the kubelets share.</param>
    /// <param name="own">How many nodes this process brings with it.</param>
    public static Props Props(KubeletServices shared, int own) => Akka.Actor.Props.Create(() => new NodesActor(shared, own));

    // A kubelet that fails is started again and finds the pods of its node still there; one that is stopped is a machine that was switched off.
    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(error =>
    {
        if (!_names.TryGetValue(Sender, out var name)) return error is ActorInitializationException ? Directive.Stop : Directive.Restart;
        _crashed.Add(name);
        return Directive.Stop;
    });

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case StopNode stop:
                if (_kubelets.TryGetValue(stop.Name, out var running)) Context.Stop(running);
                else if (_crashed.Remove(stop.Name)) _down.Add(stop.Name);
                break;
            case StartNode start:
                _down.Remove(start.Name);
                if (!_kubelets.ContainsKey(start.Name) && _nodes.Store.Find(null, start.Name) is { } node) Start(start.Name, node);
                break;
            case ReadLog read when read.Node is not null && _kubelets.TryGetValue(read.Node, out var reader):
                reader.Forward(read);
                break;
            case ReadLog read:
                Sender.Tell(new Failed(read.Tag, StatusErrors.InternalError($"the kubelet of node {read.Node} is not reachable")));
                break;
            case GetRunning:
                Sender.Tell(new Running([.. _kubelets.Keys.Order(StringComparer.Ordinal)]));
                break;
            case Terminated ended when _names.Remove(ended.ActorRef, out var name):
                _kubelets.Remove(name);
                var there = _nodes.Store.Find(null, name);
                // Stopped because its object went, and the object came back meanwhile: that is a new machine.
                if (_deleted.Remove(name)) { if (there is not null) Start(name, there); }
                else if (_crashed.Contains(name)) Timers.StartSingleTimer(name, new StartAgain(name), RestartAfter);
                else _down.Add(name);
                break;
            case StartAgain again when _crashed.Remove(again.Name):
                if (_nodes.Store.Find(null, again.Name) is { } left && !_down.Contains(again.Name)) Start(again.Name, left, NodeArrival.Moved);
                break;
            default:
                if (!_informers.Handle(message)) Unhandled(message);
                break;
        }
        if (!_started && _informers.HasSynced) StartAll();
    }

    private void StartAll()
    {
        _started = true;
        // First what nodes hold already, then new blocks and addresses.
        foreach (var node in _nodes.Store.All) _ledger.Note(node);
        foreach (var node in _nodes.Store.All.OrderBy(n => n.Metadata.Name, StringComparer.Ordinal)) Start(node.Metadata.Name ?? "", node);
        for (var i = 1; i <= _own; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"node-{i}");
            if (!_kubelets.ContainsKey(name)) Start(name, null);
        }
    }

    private void On(Change<Node> change)
    {
        if (!_started) return;
        var name = change.Object.Metadata.Name ?? "";
        switch (change.Type)
        {
            case ChangeType.Deleted:
                _down.Remove(name);
                if (_kubelets.TryGetValue(name, out var gone))
                {
                    _deleted.Add(name);
                    Context.Stop(gone);
                }
                _ledger.Forget(name);
                break;
            default:
                _ledger.Note(change.Object);
                if (_kubelets.TryGetValue(name, out var kubelet)) kubelet.Tell(new KubeletActor.NodeChanged(change.Object));
                else if (!_down.Contains(name) && !_crashed.Contains(name)) Start(name, change.Object);
                break;
        }
    }

    private void Start(string name, Node? node, NodeArrival arrival = NodeArrival.SwitchedOn)
    {
        if (_kubelets.ContainsKey(name)) return;
        if (_ledger.Deal(name) is not { } identity)
        {
            Context.GetLogger().Warning("No pod network is left for node {0}: {1} is dealt out", name, _shared.Network.PodCidr);
            return;
        }
        var kubelet = Context.ActorOf(KubeletActor.Props(identity, node, _shared, _process, _tokens, arrival), name);
        _kubelets[name] = kubelet;
        _names[kubelet] = name;
        Context.Watch(kubelet);
    }
}
