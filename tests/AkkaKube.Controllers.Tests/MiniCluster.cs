using System.Globalization;
using System.Text.Json.Nodes;
using AkkaKube.Api;
using AkkaKube.Api.Apps.V1;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Discovery.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Client.Informers;
using AkkaKube.Client.Ownership;
using AkkaKube.Client.Reconciler;
using AkkaKube.Client.Requests;
using AkkaKube.Controllers.Deployments;
using AkkaKube.Controllers.Endpoints;
using AkkaKube.Controllers.ReplicaSets;
using ConditionStatus = AkkaKube.Api.Core.V1.ConditionStatus;

namespace AkkaKube.Controllers.Tests;

/// <summary>A cluster in a few stores, without actors: it carries out writes at once, and its pods run when <see cref="RunPods"/> says so.</summary>
internal sealed class MiniCluster
{
    private static readonly UserInfo User = new("test", []);
    private readonly DeploymentReconciler _deployments;
    private readonly ReplicaSetReconciler _replicaSets;
    private readonly EndpointsReconciler _endpoints;
    private readonly EndpointSliceReconciler _slices;
    private long _revision;

    public MiniCluster()
    {
        _deployments = new DeploymentReconciler(Deployments, ReplicaSets, Pods);
        _replicaSets = new ReplicaSetReconciler(ReplicaSets, Pods);
        _endpoints = new EndpointsReconciler(Services, Pods, Endpoints);
        _slices = new EndpointSliceReconciler(Services, Pods, Nodes, Slices);
    }

    public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public Store<Deployment> Deployments { get; } = new();

    public Store<ReplicaSet> ReplicaSets { get; } = new();

    public Store<Pod> Pods { get; } = new();

    public Store<Service> Services { get; } = new();

    public Store<Node> Nodes { get; } = new();

    public Store<Api.Core.V1.Endpoints> Endpoints { get; } = new();

    public Store<EndpointSlice> Slices { get; } = new();

    public List<string> Events { get; } = [];

    /// <summary>The answer to a create that is refused; null lets it pass.</summary>
    public Func<IApiObject, Status?> Refuse { get; set; } = _ => null;

    /// <summary>Whether a pod becomes ready when it runs.</summary>
    public Func<Pod, bool> BecomesReady { get; set; } = _ => true;

    /// <summary>Called after every change, for what has to hold at any time.</summary>
    public Action Check { get; set; } = () => { };

    /// <summary>The Deployment of the test.</summary>
    public Deployment Web => Deployments.Find("default", "w")!;

    /// <summary>The ReplicaSets by revision.</summary>
    public IReadOnlyList<ReplicaSet> Sets => [.. ReplicaSets.All.OrderBy(Annotations.RevisionOf)];

    /// <summary>Reconciles everything until nobody wants to write any more; pods start and end between.</summary>
    public void Settle()
    {
        for (var round = 0; round < 300; round++)
        {
            var before = _revision;
            Step();
            RunPods();
            if (before == _revision) return;
        }

        throw new InvalidOperationException("does not settle");
    }

    /// <summary>Reconciles everything once.</summary>
    public void Step()
    {
        foreach (var d in Deployments.All.ToList()) Apply(_deployments.Reconcile(d.Metadata.Key(), Now));
        foreach (var s in ReplicaSets.All.ToList()) Apply(_replicaSets.Reconcile(s.Metadata.Key(), Now));
        foreach (var s in Services.All.ToList())
        {
            Apply(_endpoints.Reconcile(s.Metadata.Key(), Now));
            Apply(_slices.Reconcile(s.Metadata.Key(), Now));
        }
    }

    /// <summary>Starts the pods that are new, and ends those that were deleted.</summary>
    public void RunPods()
    {
        foreach (var pod in Pods.All.ToList())
        {
            if (pod.Metadata.DeletionTimestamp is not null) Remove(Pods, pod);
            else if (pod.Status.Phase is null or PodPhase.Pending) Put(Pods, pod with { Status = Running(BecomesReady(pod)) });
        }
    }

    /// <summary>Adds an object, or another version of it, as a user would.</summary>
    public void Put(IApiObject item)
    {
        switch (item)
        {
            case Deployment d: Put(Deployments, Generated(Deployments.Find(ObjectKey.Of(d)), d)); break;
            case ReplicaSet s: Put(ReplicaSets, Generated(ReplicaSets.Find(ObjectKey.Of(s)), s)); break;
            case Pod p: Put(Pods, p); break;
            case Service s: Put(Services, s); break;
            case Node n: Put(Nodes, n); break;
            case Api.Core.V1.Endpoints e: Put(Endpoints, e); break;
            case EndpointSlice e: Put(Slices, e); break;
        }
    }

    /// <summary>Changes the Deployment of the test as a user would.</summary>
    public void Change(Func<DeploymentSpec, DeploymentSpec> change) => Put(Web with { Spec = change(Web.Spec) });

    public void Apply(IEnumerable<Write> writes)
    {
        foreach (var write in writes.ToList()) Apply(write, []);
    }

    private void Apply(Write write, List<Failed> failures)
    {
        switch (write)
        {
            case RecordEvent e:
                Events.Add($"{e.Regarding.Kind} {e.Type} {e.Reason} {e.Message}");
                break;
            case Batch batch:
                List<Failed> own = [];
                foreach (var inner in batch.Writes)
                {
                    Apply(inner, own);
                    if (batch.IsSlow && own.Count > 0) break;
                }

                Apply(batch.Then(own));
                break;
            case ApiWrite api:
                var reply = Answer(api.ToSend(User));
                if (reply is Failed failed) failures.Add(failed);
                Apply(reply is Failed refused ? api.Otherwise?.Invoke(refused) ?? [] : api.Then?.Invoke(reply) ?? []);
                break;
        }
    }

    private ApiReply Answer(ApiRequest request)
    {
        switch (request)
        {
            case Create create:
                var item = create.Object.Object!;
                if (Refuse(item) is { } status) return new Failed(null, status);
                var name = item.Metadata.Name is { Length: > 0 } given ? given : $"{item.Metadata.GenerateName}{_revision:x5}";
                item = item.WithMetadata(item.Metadata with { Name = name, Uid = $"uid-{_revision}", CreationTimestamp = Now.AddTicks(_revision), Generation = 1 });
                Put(item);
                return Done(item);
            case Update update:
                return Update(update);
            case Patch patch:
                return Patched(patch);
            case Delete delete when delete.Resource == GroupVersionResource.Pods:
                Put(Pods, Pods.Find(delete.Namespace, delete.Name)! is var pod ? pod with { Metadata = pod.Metadata with { DeletionTimestamp = Now } } : pod!);
                return Done(pod);
            case Delete delete:
                var gone = ReplicaSets.Find(delete.Namespace, delete.Name) as IApiObject ?? Slices.Find(delete.Namespace, delete.Name)!;
                if (gone is ReplicaSet set) Remove(ReplicaSets, set);
                else Remove(Slices, (EndpointSlice)gone);
                return Done(gone);
            default:
                throw new NotSupportedException(request.ToString());
        }
    }

    private ApiReply Update(Update update)
    {
        var item = update.Object.Object!;
        var current = (IApiObject)(item switch
        {
            Deployment => Deployments.Find(ObjectKey.Of(item))!,
            ReplicaSet => ReplicaSets.Find(ObjectKey.Of(item))!,
            EndpointSlice => Slices.Find(ObjectKey.Of(item))!,
            Api.Core.V1.Endpoints => Endpoints.Find(ObjectKey.Of(item))!,
            _ => throw new NotSupportedException(item.Kind),
        });
        if (item.Metadata.ResourceVersion != current.Metadata.ResourceVersion) return new Failed(null, new Status { Code = 409, Reason = StatusReason.Conflict });
        switch (item, update.Subresource)
        {
            case (Deployment d, Subresource.Status): Put(Deployments, d with { Spec = ((Deployment)current).Spec }); break;
            case (ReplicaSet s, Subresource.Status): Put(ReplicaSets, s with { Spec = ((ReplicaSet)current).Spec }); break;
            default: Put(item); break;
        }

        return Done(item);
    }

    /// <summary>Knows the two patches of owner references.</summary>
    private ApiReply Patched(Patch patch)
    {
        var reference = JsonNode.Parse(patch.Body.Span)!["metadata"]!["ownerReferences"]![0]!;
        ValueList<OwnerReference> owners = reference["$patch"] is not null
            ? []
            : [new OwnerReference { ApiVersion = (string)reference["apiVersion"]!, Kind = (string)reference["kind"]!, Name = (string)reference["name"]!, Uid = (string)reference["uid"]!, Controller = true, BlockOwnerDeletion = true }];
        IApiObject item = patch.Resource == GroupVersionResource.Pods ? Pods.Find(patch.Namespace, patch.Name)! : ReplicaSets.Find(patch.Namespace, patch.Name)!;
        Put(item.WithMetadata(item.Metadata with { OwnerReferences = owners }));
        return Done(item);
    }

    private static Succeeded Done(IApiObject item) => new(null, ApiObject.Of(item), []);

    private void Put<T>(Store<T> store, T item)
        where T : class, IApiObject
    {
        store.Put((T)item.WithMetadata(item.Metadata with { ResourceVersion = (++_revision).ToString(CultureInfo.InvariantCulture) }));
        Check();
    }

    private void Remove<T>(Store<T> store, T item)
        where T : class, IApiObject
    {
        store.Remove(ObjectKey.Of(item));
        _revision++;
        Check();
    }

    private static Deployment Generated(Deployment? old, Deployment item) =>
        old is null ? item with { Metadata = item.Metadata with { Generation = 1 } }
        : item with { Metadata = item.Metadata with { Generation = old.Metadata.Generation + (old.Spec == item.Spec ? 0 : 1) } };

    private static ReplicaSet Generated(ReplicaSet? old, ReplicaSet item) =>
        old is null ? item with { Metadata = item.Metadata with { Generation = 1 } }
        : item with { Metadata = item.Metadata with { Generation = old.Metadata.Generation + (old.Spec == item.Spec ? 0 : 1) } };

    private PodStatus Running(bool isReady) => new()
    {
        Phase = PodPhase.Running,
        PodIP = $"10.244.{_revision / 250 % 250}.{(_revision % 250) + 1}",
        PodIPs = [new PodIP { Ip = $"10.244.{_revision / 250 % 250}.{(_revision % 250) + 1}" }],
        Conditions = [new PodCondition { Type = "Ready", Status = isReady ? ConditionStatus.True : ConditionStatus.False, LastTransitionTime = Now }],
    };
}
