using System.Globalization;
using System.Text;
using Akka.Actor;
using Akka.Event;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Client;
using AkkaKube.Client.Informers;
using AkkaKube.Client.Requests;
using AkkaKube.Kubelet.Nodes;

namespace AkkaKube.Kubelet;

/// <summary>
/// The machines of a cluster of hosts, a singleton: makes the cluster's own nodes, deals out addresses, switches machines on and off, and
/// tells the region of the kubelets which ones should run. It keeps nothing of its own: all is written to the Node objects, where its
/// successor on another host finds it. Answers <see cref="NodesActor.StartNode"/>, <see cref="NodesActor.StopNode"/> and
/// <see cref="NodesActor.GetRunning"/>.
/// </summary>
public sealed class NodeDirectory : UntypedActor, IWithTimers
{
    /// <summary>On the namespace kube-system: so many own nodes were made once. One that a client has deleted since is not made again.</summary>
    internal const string MadeAnnotation = "akkakube.io/nodes";

    private enum Errand
    {
        ReadMade,
        WriteMade,
        Create,
        Address,
        Power,
    }

    private sealed record Tag(Errand Errand, string Node = "");

    private sealed record Sweep
    {
        public static readonly Sweep Instance = new();
    }

    private sealed record Slice
    {
        public static readonly Slice Instance = new();
    }

    private sealed record Retry(Tag Tag);

    private const int CreatesUnderWay = 256;
    private const int PerSlice = 200;
    private const string KubeSystem = "kube-system";
    private static readonly TimeSpan SlicePeriod = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private static readonly UserInfo User = new("akkakube:nodes", ["system:masters", "system:nodes", "system:authenticated"]);
    private readonly IActorRef _apiServer;
    private readonly IActorRef _region;
    private readonly KubeletSettings _settings;
    private readonly int _own;
    private readonly Random _random;
    private readonly InformerSet _informers;
    private readonly Informer<Node> _nodes;
    private readonly NodeLedger _ledger;
    private readonly Queue<string> _toMake = new();
    // What is being made, and for how many sweeps: an answer may be lost with the API server that would have given it.
    private readonly Dictionary<string, (Errand Errand, int Sweeps)> _making = [];
    private readonly Dictionary<string, string> _power = [];
    private readonly Queue<string> _toTell = new();
    private readonly List<(object Message, IActorRef Sender)> _early = [];
    private bool _started;
    private bool _madeRead;
    private bool _makes;

    private NodeDirectory(IActorRef apiServer, IActorRef region, KubeletSettings settings, Network.NetworkSettings network, int own)
    {
        (_apiServer, _region, _settings, _own) = (apiServer, region, settings, own);
        _random = ClusterRandom.Of(Context.System).Create("nodes");
        _ledger = new NodeLedger(network);
        _informers = new InformerSet(Context, apiServer, new UserInfo("system:nodes", ["system:nodes", "system:authenticated"]), _random);
        _nodes = _informers.Follow<Node>(GroupVersionResource.Nodes, On);
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>The singleton <c>nodes</c>.</summary>
    /// <param name="apiServer">Of the host it runs on.</param>
    /// <param name="region">The region of the kubelets.</param>
    /// <param name="settings">The kubelets' settings.</param>
    /// <param name="network">The network's settings.</param>
    /// <param name="own">How many nodes the cluster brings with it.</param>
    public static Props Props(IActorRef apiServer, IActorRef region, KubeletSettings settings, Network.NetworkSettings network, int own) =>
        Akka.Actor.Props.Create(() => new NodeDirectory(apiServer, region, settings, network, own));

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case NodesActor.StopNode or NodesActor.StartNode or NodesActor.GetRunning when !_started:
                _early.Add((message, Sender));
                break;
            case NodesActor.StopNode stop:
                Switch(stop.Name, NodePower.Off);
                break;
            case NodesActor.StartNode start:
                if (_power.GetValueOrDefault(start.Name) == NodePower.Off || (_nodes.Store.Find(null, start.Name) is { } off && NodePower.Of(off) == NodePower.Off))
                    Switch(start.Name, NodePower.Booting);
                break;
            case NodesActor.GetRunning:
                Sender.Tell(new NodesActor.Running([.. _nodes.Store.All.Where(Runs).Select(n => n.Metadata.Name ?? "").Order(StringComparer.Ordinal)]));
                break;
            case ApiReply { Tag: Tag tag } reply:
                On(reply, tag);
                break;
            case Retry retry:
                Again(retry.Tag);
                break;
            case Sweep:
                OnSweep();
                break;
            case Slice:
                OnSlice();
                break;
            default:
                if (!_informers.Handle(message)) Unhandled(message);
                break;
        }
        if (!_started && _informers.HasSynced) Begin();
    }

    private void Begin()
    {
        _started = true;
        foreach (var node in _nodes.Store.All) _ledger.Note(node);
        Timers.StartPeriodicTimer(nameof(Sweep), Sweep.Instance, _settings.SweepPeriod);
        OnSweep();
        foreach (var (message, sender) in _early) Self.Tell(message, sender);
        _early.Clear();
    }

    private void On(Change<Node> change)
    {
        if (!_started) return;
        var name = change.Object.Metadata.Name ?? "";
        if (change.New is not { } node)
        {
            _power.Remove(name);
            _ledger.Forget(name);
            return;
        }
        _ledger.Note(node);
        GiveAddress(node);
        // Told when it could not run before and can now; else the next sweep is soon enough.
        if (Runs(node) && (change.Old is not { } old || !Runs(old) || NodePower.Of(old) == NodePower.Off)) _region.Tell(new KubeletEntity.Run(name));
    }

    /// <summary>Whether the node's kubelet should run: it is switched on, and knows who it is.</summary>
    private bool Runs(Node node) => NodePower.Of(node) != NodePower.Off && _power.GetValueOrDefault(node.Metadata.Name ?? "") != NodePower.Off && NodeIdentities.Of(node) is not null;

    // ---- which kubelets run

    private void OnSweep()
    {
        if (_own > 0 && !_madeRead) ReadMade();
        foreach (var (name, (errand, sweeps)) in _making.ToList())
        {
            _making[name] = (errand, sweeps + 1);
            if (sweeps > 0) Again(new Tag(errand, name));
        }
        foreach (var (name, power) in _power.ToList()) Switch(name, power);
        _toTell.Clear();
        foreach (var node in _nodes.Store.All.OrderBy(n => n.Metadata.Name, StringComparer.Ordinal))
        {
            GiveAddress(node);
            if (Runs(node)) _toTell.Enqueue(node.Metadata.Name ?? "");
        }
        OnSlice();
    }

    private void OnSlice()
    {
        for (var i = 0; i < PerSlice && _toTell.TryDequeue(out var node); i++) _region.Tell(new KubeletEntity.Run(node));
        if (_toTell.Count > 0) Timers.StartSingleTimer(nameof(Slice), Slice.Instance, SlicePeriod);
    }

    // ---- power

    private void Switch(string node, string power)
    {
        if (_nodes.Store.Find(null, node) is null) return;
        _power[node] = power;
        _apiServer.Tell(NodePower.Write(node, power, User, new Tag(Errand.Power, node)));
    }

    // ---- addresses

    /// <summary>A node without an address gets one. Its pod network comes with the node, or from the node IPAM controller.</summary>
    private void GiveAddress(Node node)
    {
        var name = node.Metadata.Name ?? "";
        var address = _ledger.Address(name);
        if (NodeIdentities.IpOf(node) != address && _making.TryAdd(name, (Errand.Address, 0)))
            _apiServer.Tell(NodePower.Annotate(name, User, new Tag(Errand.Address, name), (NodeIdentities.IpAnnotation, address)));
    }

    // ---- the cluster's own nodes

    private void ReadMade() => _apiServer.Tell(new Get(GroupVersionResource.Namespaces, KubeSystem) { User = User, Tag = new Tag(Errand.ReadMade) });

    private void OnMade(Namespace space)
    {
        if (_madeRead) return;
        _madeRead = true;
        var made = int.TryParse(space.Metadata.Annotations.GetValueOrDefault(MadeAnnotation), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        for (var i = made + 1; i <= _own; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"node-{i}");
            if (_nodes.Store.Find(null, name) is null) _toMake.Enqueue(name);
        }
        _makes = made < _own;
        Make();
    }

    private void Make()
    {
        while (_making.Count < CreatesUnderWay && _toMake.TryDequeue(out var name)) Create(name);
        if (!_makes || _making.Count > 0 || _toMake.Count > 0) return;
        _makes = false;
        WriteMade();
    }

    private void WriteMade()
    {
        var body = string.Create(CultureInfo.InvariantCulture, $"{{\"metadata\":{{\"annotations\":{{\"{MadeAnnotation}\":\"{_own}\"}}}}}}");
        _apiServer.Tell(new Patch(GroupVersionResource.Namespaces, KubeSystem, PatchType.Merge, Encoding.UTF8.GetBytes(body)) { User = User, FieldManager = "akkakube", Tag = new Tag(Errand.WriteMade) });
    }

    private void Create(string name)
    {
        if (_ledger.Deal(name) is not { } identity)
        {
            Context.GetLogger().Warning("No pod network is left for node {0}: akkakube.network.pod-cidr is dealt out", name);
            return;
        }
        _making[name] = (Errand.Create, 0);
        // As if its kubelet registered it.
        var kubelet = new UserInfo("system:node:" + name, ["system:nodes", "system:authenticated"]);
        _apiServer.Tell(new Create(GroupVersionResource.Nodes, ObjectBody.Of(NodeObjects.New(identity, _settings, _random, Context.System.Scheduler.Now)))
        {
            User = kubelet,
            FieldManager = "kubelet",
            Tag = new Tag(Errand.Create, name),
        });
    }

    // ---- what became of it

    private void On(ApiReply reply, Tag tag)
    {
        switch (tag.Errand, reply)
        {
            case (Errand.ReadMade, Succeeded succeeded):
                OnMade(succeeded.Object.As<Namespace>());
                break;
            case (Errand.Create, Succeeded) or (Errand.Create, Failed { Status.Code: 409 }):
                _making.Remove(tag.Node);
                Make();
                break;
            case (Errand.Address, Succeeded) or (Errand.Address, Failed { Status.Code: 404 }):
                _making.Remove(tag.Node);
                Make();
                break;
            case (Errand.Power, Succeeded succeeded):
                if (_power.TryGetValue(tag.Node, out var wanted) && NodePower.Of(succeeded.Object.As<Node>()) == wanted) _power.Remove(tag.Node);
                break;
            case (Errand.Power, Failed { Status.Code: 404 }):
                _power.Remove(tag.Node);
                break;
            case (_, Failed failed):
                // The namespace may not be there yet when a cluster is new.
                if (failed.Status.Code != 404) Context.GetLogger().Warning("{0} for node {1} did not succeed and is tried again: {2}", tag.Errand, tag.Node, failed.Status.Message);
                Context.System.Scheduler.ScheduleTellOnce(RetryAfter, Self, new Retry(tag), Self);
                break;
        }
    }

    private void Again(Tag tag)
    {
        switch (tag.Errand)
        {
            case Errand.ReadMade:
                ReadMade();
                break;
            case Errand.WriteMade:
                WriteMade();
                break;
            case Errand.Create:
                _making.Remove(tag.Node);
                Create(tag.Node);
                break;
            case Errand.Address:
                _making.Remove(tag.Node);
                if (_nodes.Store.Find(null, tag.Node) is { } node) GiveAddress(node);
                break;
            case Errand.Power when _power.TryGetValue(tag.Node, out var power):
                Switch(tag.Node, power);
                break;
        }
    }
}
