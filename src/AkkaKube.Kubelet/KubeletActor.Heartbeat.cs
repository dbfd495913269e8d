using System.Globalization;
using System.Text;
using Akka.Actor;
using Akka.Event;
using AkkaKube.Api;
using AkkaKube.Api.Coordination.V1;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Client.Requests;
using AkkaKube.Kubelet.Nodes;
using AkkaKube.Runtime;

namespace AkkaKube.Kubelet;

/// <summary>How the cluster knows that the node is alive: its object, its lease, its status.</summary>
internal sealed partial class KubeletActor
{
    private const string LeaseNamespace = "kube-node-lease";

    private enum NodeWrite
    {
        Register,
        Read,
        CreateLease,
        RenewLease,
        Status,
        Booted,
    }

    private sealed record NodeTag(NodeWrite Write, NodeStatus? Status = null);

    private sealed record Beat
    {
        public static readonly Beat Instance = new();
    }

    private sealed record StatusDue
    {
        public static readonly StatusDue Instance = new();
    }

    private sealed record BootDone
    {
        public static readonly BootDone Instance = new();
    }

    private static readonly TimeSpan FirstBeats = TimeSpan.FromSeconds(2);
    private readonly bool _isOwn;
    private bool _leaseThere = true;
    private bool _announced;
    private DateTimeOffset? _writingStatus;
    private bool _reports;
    private bool _imagesChanged;

    // An answer that has not come for so long was lost with an API server.
    private bool IsWritingStatus => _writingStatus is { } since && Now - since < _shared.Settings.LeaseDuration;

    private TimeSpan BeatPeriod => _shared.Settings.LeaseDuration / 4;

    private void StartHeartbeat()
    {
        // A thousand kubelets that start together must not beat together; but where a node has been silent while it moved, it beats soon.
        Timers.StartPeriodicTimer(nameof(Beat), Beat.Instance, (_arrival == NodeArrival.Moved ? FirstBeats : BeatPeriod) * _random.NextDouble(), BeatPeriod);
        if (_arrival == NodeArrival.Rebooted) Timers.StartSingleTimer(nameof(BootDone), BootDone.Instance, _shared.Settings.RetryPeriod);
        ScheduleStatus(_isOwn ? _shared.Settings.StatusReportPeriod * (0.5 + (_random.NextDouble() / 2)) : _shared.Settings.AdoptionDelay);
    }

    private void ScheduleStatus(TimeSpan time) => Timers.StartSingleTimer(nameof(StatusDue), StatusDue.Instance, time);

    private void Register() => _shared.ApiServer.Tell(
        new Create(GroupVersionResource.Nodes, ObjectBody.Of(NodeObjects.New(_identity, _shared.Settings, _random, Now))) { User = _user, FieldManager = "kubelet", Tag = new NodeTag(NodeWrite.Register) });

    private void On(ApiReply reply, NodeTag tag)
    {
        switch (tag.Write, reply)
        {
            case (NodeWrite.Register, Succeeded succeeded):
                _node = succeeded.Object.As<Node>();
                FollowPods();
                break;
            case (NodeWrite.Register, Failed { Status.Code: 409 }):
                // It is there from before.
                _shared.ApiServer.Tell(new Get(GroupVersionResource.Nodes, _identity.Name) { User = _user, Tag = new NodeTag(NodeWrite.Read) });
                break;
            case (NodeWrite.Read, Succeeded read):
                _node = read.Object.As<Node>();
                FollowPods();
                break;
            case (NodeWrite.Register or NodeWrite.Read, Failed failed):
                Context.GetLogger().Warning("Node {0} could not register: {1}", _identity.Name, failed.Status.Message);
                Timers.StartSingleTimer(nameof(Register), StatusDue.Instance, _shared.Settings.RetryPeriod);
                break;
            case (NodeWrite.CreateLease, Succeeded):
                _leaseThere = true;
                // Nobody was behind this node before.
                Announce();
                break;
            case (NodeWrite.CreateLease, Failed { Status.Code: 409 }):
                _leaseThere = true;
                break;
            case (NodeWrite.Booted, Failed { Status.Code: not 404 }):
                Timers.StartSingleTimer(nameof(BootDone), BootDone.Instance, _shared.Settings.RetryPeriod);
                break;
            case (NodeWrite.RenewLease, Failed { Status.Code: 404 }):
                _leaseThere = false;
                Renew();
                break;
            case (NodeWrite.Status, _):
                _writingStatus = null;
                break;
        }
    }

    private void Renew()
    {
        if (_node is null || !_shared.IsCurrent()) return;
        // Somebody declared the node dead, or took its conditions away; it is not.
        var spoken = _announced || (_arrival == NodeArrival.Moved && _node.Status.Conditions.Any(c => c.Type == "Ready"));
        if (spoken && !IsWritingStatus && !NodeObjects.SaysReady(_node.Status)) WriteStatus();
        if (_arrival != NodeArrival.Moved) Announce();
        if (_isOwn && _imagesChanged)
        {
            _imagesChanged = false;
            _context!.Runtime.Tell(new ContainerRuntime.ListImages());
        }
        if (_leaseThere)
        {
            var renewed = string.Create(CultureInfo.InvariantCulture, $"{{\"spec\":{{\"renewTime\":\"{Now.UtcDateTime:yyyy-MM-ddTHH:mm:ss.ffffffZ}\"}}}}");
            _shared.ApiServer.Tell(new Patch(GroupVersionResource.Leases, _identity.Name, PatchType.Merge, Encoding.UTF8.GetBytes(renewed))
            {
                Namespace = LeaseNamespace,
                User = _user,
                FieldManager = "kubelet",
                Tag = new NodeTag(NodeWrite.RenewLease),
            });
            return;
        }
        var lease = new Lease
        {
            Metadata = new ObjectMeta
            {
                Name = _identity.Name,
                Namespace = LeaseNamespace,
                OwnerReferences = [new OwnerReference { ApiVersion = "v1", Kind = "Node", Name = _identity.Name, Uid = _node.Metadata.Uid ?? "" }],
            },
            Spec = new LeaseSpec { HolderIdentity = _identity.Name, LeaseDurationSeconds = (int)_shared.Settings.LeaseDuration.TotalSeconds, RenewTime = Now },
        };
        _shared.ApiServer.Tell(new Create(GroupVersionResource.Leases, ObjectBody.Of(lease)) { Namespace = LeaseNamespace, User = _user, FieldManager = "kubelet", Tag = new NodeTag(NodeWrite.CreateLease) });
    }

    /// <summary>Says once, with the first beat, that the kubelet is there.</summary>
    private void Announce()
    {
        if (_announced) return;
        _announced = true;
        // The real kubelet names itself by its node's name where others have a uid, since it may not know that yet.
        var about = new ObjectReference { Kind = "Node", Name = _identity.Name, Uid = _identity.Name };
        _recorder.Record(about, "Normal", "Starting", "Starting kubelet.", Now, _process.Events, Self);
        if (_isOwn) _recorder.Record(about, "Normal", "NodeReady", $"Node {_identity.Name} status is now: NodeReady", Now, _process.Events, Self);
    }

    private void On(NodeChanged changed)
    {
        _node = changed.Node;
        FollowPods();
    }

    /// <summary>Pods of before the reboot have been told to have ended: from now on a kubelet that takes over takes them over as they are.</summary>
    private void WriteBooted()
    {
        if (_pods?.HasSynced != true)
        {
            Timers.StartSingleTimer(nameof(BootDone), BootDone.Instance, _shared.Settings.RetryPeriod);
            return;
        }
        _shared.ApiServer.Tell(NodePower.Write(_identity.Name, NodePower.On, _user, new NodeTag(NodeWrite.Booted)));
    }

    private void On(StatusDue due)
    {
        if (_node is null) { Register(); return; }
        if (!_shared.IsCurrent())
        {
            ScheduleStatus(_shared.Settings.RetryPeriod);
            return;
        }
        ScheduleStatus(_shared.Settings.StatusReportPeriod);
        // A client that gave its Node a Ready condition keeps the word about it; the lease alone shows that somebody is behind it.
        if (_isOwn || _reports || !NodeObjects.SaysReady(_node.Status)) WriteStatus();
    }

    private void On(ContainerRuntime.Images images)
    {
        if (_node is null || NodeObjects.Images(images.Items) is var now && now == _node.Status.Images) return;
        WriteStatus(now);
    }

    private void WriteStatus(ValueList<ContainerImage>? images = null)
    {
        _reports = true;
        _writingStatus = Now;
        var status = NodeObjects.Status(_node!.Status, _identity, _shared.Settings, _random, Now);
        if (images is { } list) status = status with { Images = list };
        // Only what the kubelet says: the patch names its own conditions and what was missing.
        var own = new Node { Metadata = new ObjectMeta { Name = _identity.Name }, Status = status };
        _shared.ApiServer.Tell(new Patch(GroupVersionResource.Nodes, _identity.Name, PatchType.StrategicMerge, NodeObjects.StatusBody(own))
        {
            Subresource = Subresource.Status,
            User = _user,
            FieldManager = "kubelet",
            Tag = new NodeTag(NodeWrite.Status),
        });
    }
}
