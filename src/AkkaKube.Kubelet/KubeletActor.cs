using Akka.Actor;
using Akka.Event;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Client;
using AkkaKube.Client.Events;
using AkkaKube.Client.Informers;
using AkkaKube.Client.Requests;
using AkkaKube.Fabric;
using AkkaKube.Kubelet.Admission;
using AkkaKube.Kubelet.Nodes;
using AkkaKube.Kubelet.Pods;
using AkkaKube.Kubelet.Volumes;
using AkkaKube.Network.Cni;
using AkkaKube.Network.Proxy;
using AkkaKube.Runtime;

namespace AkkaKube.Kubelet;

/// <summary>
/// The kubelet of one node: keeps the node's heartbeat, and a worker for each pod that is bound to it. Runtime and kube-proxy are
/// its children: when it stops, the machine is off. When it starts where pods ran before, they start again, as after a reboot.
/// </summary>
internal sealed partial class KubeletActor : UntypedActor, IWithTimers
{
    /// <summary>The node's object is now this.</summary>
    public sealed record NodeChanged(Node Node);

    /// <summary>From a pod worker: wants an address for its pod, its former one if that is free.</summary>
    public sealed record TakeAddress(string PodUid, bool HostNetwork, string? Former);

    /// <summary>From a pod worker: its pod needs no address any more.</summary>
    public sealed record ReleaseAddress(string PodUid);

    /// <summary>The kubelet goes to another host: stop, and say nothing.</summary>
    public sealed record Withdraw
    {
        public static readonly Withdraw Instance = new();
    }

    /// <summary>From a pod worker: an event to record.</summary>
    public sealed record Report(ObjectReference About, string Type, string Reason, string Message);

    // The events of the pods that a node has at a time, not of all that it ever had: there are thousands of kubelets in a process.
    private const int RememberedEvents = 256;
    private readonly NodeIdentity _identity;
    private readonly KubeletServices _shared;
    private readonly ProcessActors _process;
    private readonly IServiceAccountTokens _tokens;
    private readonly NodeArrival _arrival;
    private readonly Random _random;
    private readonly EventRecorder _recorder;
    private readonly UserInfo _user;
    private readonly PodAddresses _addresses;
    private readonly Dictionary<string, string> _addressOf = [];
    private readonly Dictionary<string, IActorRef> _workers = [];
    private readonly Dictionary<IActorRef, string> _uids = [];
    private InformerSet? _informers;
    private Informer<Pod>? _pods;
    private KubeletContext? _context;
    private Node? _node;
    private bool _takenOver;
    private bool _withdrawing;
    private List<(ReadLog Request, IActorRef Reader)>? _readers;

    private KubeletActor(NodeIdentity identity, Node? node, KubeletServices shared, ProcessActors process, IServiceAccountTokens tokens, NodeArrival arrival)
    {
        (_identity, _node, _shared, _process, _tokens, _arrival) = (identity, node, shared, process, tokens, arrival);
        _takenOver = arrival != NodeArrival.Moved;
        _isOwn = node is null || node.Spec.ProviderID?.StartsWith(NodeObjects.Provider, StringComparison.Ordinal) == true;
        _random = ClusterRandom.Of(Context.System).Create("kubelet/" + identity.Name);
        _user = new UserInfo("system:node:" + identity.Name, ["system:nodes", "system:authenticated"]);
        _recorder = new EventRecorder("kubelet", _user, identity.Name, "kubelet", RememberedEvents);
        _addresses = new PodAddresses(Cidr.Parse(identity.PodCidr));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private DateTimeOffset Now => Context.System.Scheduler.Now;

    /// <summary>A kubelet for a Node object that is there, or, with <paramref name="node"/> null, one that registers its node.</summary>
    public static Props Props(
        NodeIdentity identity, Node? node, KubeletServices shared, ProcessActors process, IServiceAccountTokens tokens, NodeArrival arrival = NodeArrival.SwitchedOn) =>
        Akka.Actor.Props.Create(() => new KubeletActor(identity, node, shared, process, tokens, arrival));

    // The rules of the kube-proxy are made anew from what the Services are; whatever else fails is for its worker to tell.
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(error =>
        Sender.Path.Name == "kube-proxy" && error is not ActorInitializationException ? Directive.Restart : Akka.Actor.SupervisorStrategy.DefaultDecider.Decide(error));

    protected override void PreStart()
    {
        var runtime = Context.ActorOf(_shared.Runtime(_identity), "runtime");
        if (_arrival != NodeArrival.SwitchedOn) runtime.Tell(new ContainerRuntime.TakeOver([.. _node!.Status.Images.SelectMany(i => i.Names).Where(n => !n.Contains('@'))]));
        _context = new KubeletContext(_identity, _shared, Self, runtime, _process.Configuration, _process.Writes, _tokens) { Adopts = _arrival == NodeArrival.Moved };
        Context.ActorOf(KubeProxy.Props(_identity.Name, _identity.Ip, _shared.Fabric, _shared.Services, _shared.NodePorts), "kube-proxy");
        _shared.Fabric.Tell(new FabricActor.Attach(_identity.Ip, _identity.Name, Self));
        StartHeartbeat();
        if (_node is null) Register();
        else FollowPods();
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Report report:
                _imagesChanged |= report.Reason == "Pulled";
                _recorder.Record(report.About, report.Type, report.Reason, report.Message, Now, _process.Events, Self);
                break;
            case TakeAddress take:
                On(take);
                break;
            case ReleaseAddress release:
                Release(release.PodUid);
                break;
            case NodeChanged changed:
                On(changed);
                break;
            case Beat:
                Renew();
                break;
            case StatusDue:
                On(StatusDue.Instance);
                break;
            case ReadLog read:
                On(read);
                break;
            case Withdraw:
                OnWithdraw();
                break;
            case BootDone:
                WriteBooted();
                break;
            case ApiReply { Tag: NodeTag tag } reply:
                On(reply, tag);
                break;
            case Terminated ended when _uids.Remove(ended.ActorRef, out var uid):
                _workers.Remove(uid);
                Release(uid);
                if (_withdrawing && _uids.Count == 0) Context.Stop(Self);
                break;
            case ContainerRuntime.Images images:
                On(images);
                break;
            case FabricActor.Attached:
                break;
            case FabricActor.AddressInUse inUse:
                Context.GetLogger().Warning("The address {0} of node {1} is in use", inUse.Address.Ip, _identity.Name);
                break;
            default:
                if (!_recorder.Handle(message, _process.Events, Self) && _informers?.Handle(message) != true) Unhandled(message);
                break;
        }
        if (!_takenOver && _pods?.HasSynced == true) TakeOver();
        if (_readers is not null && _pods?.HasSynced == true) LetRead();
    }

    /// <summary>All pods of a node that has come from elsewhere are known: what those have that stand is theirs before anybody else gets an address.</summary>
    private void TakeOver()
    {
        _takenOver = true;
        foreach (var pod in _pods!.Store.All.Where(p => PodAdoption.IsStanding(p) && !p.Spec.HostNetwork))
        {
            // An address that is not of this node's network was given by an earlier identity of the node: it stays the pod's.
            _addresses.TryTake(pod.Status.PodIP!);
            _addressOf[pod.Metadata.Uid ?? ""] = pod.Status.PodIP!;
        }
        foreach (var pod in _pods.Store.All.OrderByDescending(PodAdoption.IsStanding).ThenBy(p => p.Metadata.CreationTimestamp).ThenBy(p => p.Metadata.Uid, StringComparer.Ordinal).ToList()) Begin(pod);
    }

    /// <summary>
    /// The kubelet goes to another host: it stops without a word about its pods, which go on there. The workers first, so that none of them
    /// sees its containers end with the runtime.
    /// </summary>
    private void OnWithdraw()
    {
        _withdrawing = true;
        foreach (var worker in _uids.Keys) Context.Stop(worker);
        if (_uids.Count == 0) Context.Stop(Self);
    }

    private void LetRead()
    {
        foreach (var (request, reader) in _readers!) Self.Tell(request, reader);
        _readers = null;
    }

    private void FollowPods()
    {
        if (_informers is not null) return;
        _informers = new InformerSet(Context, _shared.ApiServer, _user, _random);
        _pods = _informers.Follow<Pod>(
            new Watch(GroupVersionResource.Pods) { FieldSelector = "spec.nodeName=" + _identity.Name, User = _user }, On);
    }

    private void On(Change<Pod> change)
    {
        var pod = change.Object;
        var uid = pod.Metadata.Uid ?? "";
        if (_workers.TryGetValue(uid, out var worker))
        {
            worker.Tell(change.Type == ChangeType.Deleted ? PodWorker.PodRemoved.Instance : new PodWorker.PodChanged(pod));
            return;
        }
        // The first list of a node that has come from elsewhere is looked at as a whole.
        if (change.Type == ChangeType.Deleted || !_takenOver || _withdrawing) return;
        Begin(pod);
    }

    private void Begin(Pod pod)
    {
        var uid = pod.Metadata.Uid ?? "";
        // What ended before this kubelet started needs nothing any more, until somebody deletes it.
        var ended = pod.Status.Phase is "Succeeded" or "Failed";
        if (ended && pod.Metadata.DeletionTimestamp is null) return;
        var refusal = ended || PodRecovery.HasRun(pod) || (_context!.Adopts && PodAdoption.IsStanding(pod)) || pod.Metadata.DeletionTimestamp is not null || _node is null
            ? null
            : PodAdmission.Refuses(_node, pod, Admitted(uid));
        var worker = Context.ActorOf(PodWorker.Props(pod, _context!, refusal), $"{pod.Metadata.Namespace}_{pod.Metadata.Name}_{uid}");
        _workers[uid] = worker;
        _uids[worker] = uid;
        Context.Watch(worker);
        if (refusal is { } why)
            _recorder.Record(EventRecorder.ReferenceTo(pod), "Warning", why.Reason, why.Message.Replace("Pod was rejected: ", "", StringComparison.Ordinal), Now, _process.Events, Self);
    }

    private List<Pod> Admitted(string except) =>
        [.. _pods!.Store.All.Where(p => p.Metadata.Uid != except && p.Status.Phase is not ("Succeeded" or "Failed") && _workers.ContainsKey(p.Metadata.Uid ?? ""))];

    private void On(TakeAddress take)
    {
        var allocatable = _node?.Status.Allocatable ?? _shared.Settings.Capacity;
        if (take.HostNetwork)
        {
            Sender.Tell(new PodWorker.AddressTaken(_identity.Ip, allocatable));
            return;
        }
        if (!_addressOf.TryGetValue(take.PodUid, out var address))
        {
            address = take.Former is { } former && _addresses.TryTake(former) ? former : _addresses.Take();
            if (address is not null) _addressOf[take.PodUid] = address;
        }
        Sender.Tell(new PodWorker.AddressTaken(address, allocatable));
    }

    private void Release(string uid)
    {
        if (_addressOf.Remove(uid, out var address)) _addresses.Release(address);
    }

    private void On(ReadLog request)
    {
        if (_pods?.HasSynced != true)
        {
            (_readers ??= []).Add((request, Sender));
            return;
        }
        var pod = _pods?.Store.Find(request.Namespace, request.Pod);
        if (pod is not null && _workers.TryGetValue(pod.Metadata.Uid ?? "", out var worker)) worker.Forward(request);
        else
            Sender.Tell(new Failed(request.Tag, new Api.Meta.V1.Status
            {
                StatusValue = "Failure",
                Reason = "NotFound",
                Code = 404,
                Message = pod is null ? $"pods \"{request.Pod}\" not found" : $"the log of pod \"{request.Pod}\" went when the node it ran on was switched off",
            }));
    }
}
