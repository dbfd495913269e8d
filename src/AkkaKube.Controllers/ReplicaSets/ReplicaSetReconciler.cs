using AkkaKube.Api;
using AkkaKube.Api.Apps.V1;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Client.Informers;
using AkkaKube.Client.Ownership;
using AkkaKube.Client.Reconciler;
using AkkaKube.Client.Requests;
using AkkaKube.Controllers.Pods;

namespace AkkaKube.Controllers.ReplicaSets;

/// <summary>Creates and deletes pods until a ReplicaSet has as many as it asks for, and says in its status how many there are.</summary>
internal sealed class ReplicaSetReconciler(Lister<ReplicaSet> sets, Lister<Pod> pods) : IReconciler
{
    /// <summary>A set creates or deletes at most so many pods before it looks again.</summary>
    internal const int Burst = 500;

    public IEnumerable<Write> Reconcile(ObjectKey key, DateTimeOffset now)
    {
        if (sets.Find(key) is not { } set) yield break;
        var selector = Selector.From(set.Spec.Selector);
        var claim = Claim.Of(set, selector.Matches, pods, GroupVersionResource.Pods, PodFacts.IsActive);
        foreach (var write in claim.Writes) yield return write;
        var terminating = pods.OwnedBy(set).Count(p => p.IsTerminating() && selector.Matches(p.Metadata.Labels));
        var excess = claim.Objects.Count - (set.Spec.Replicas ?? 1);
        var changes = set.Metadata.DeletionTimestamp is not null ? []
            : excess < 0 ? Creations(set, Math.Min(-excess, Burst))
            : excess > 0 ? Deletions(set, claim.Objects, Math.Min(excess, Burst), now)
            : [];

        // The status tells what was there before the creations and deletions; what comes of them is seen next time.
        if (changes.Count > 0) yield return Write.SlowStart(changes, failures => StatusWrites(set, claim.Objects, terminating, [.. failures.Where(f => !IsNamespaceEnding(f.Status))], excess, now));
        else foreach (var write in StatusWrites(set, claim.Objects, terminating, [], excess, now)) yield return write;
    }

    private static List<Write> Creations(ReplicaSet set, int count)
    {
        var pod = PodFor(set);
        return Enumerable.Range(0, count).Select(Write (_) => Write.Create(GroupVersionResource.Pods, pod) with
        {
            Then = reply => [Write.Record(set, "Normal", "SuccessfulCreate", $"Created pod: {((Succeeded)reply).Object.Key.Name}")],
            Otherwise = failed => IsNamespaceEnding(failed.Status) ? [] : [Write.Record(set, "Warning", "FailedCreate", $"Error creating: {failed.Status.Message}")],
        }).ToList();
    }

    private List<Write> Deletions(ReplicaSet set, IReadOnlyList<Pod> owned, int count, DateTimeOffset now) =>
        DeletionOrder.First(count, owned, Related(set), now).Select(Write (pod) => Write.Delete(GroupVersionResource.Pods, pod) with
        {
            Then = _ => [Write.Record(set, "Normal", "SuccessfulDelete", $"Deleted pod: {pod.Metadata.Name}")],
            Otherwise = failed => failed.Status.Code == 404 ? [] : [Write.Record(set, "Warning", "FailedDelete", $"Error deleting: {failed.Status.Message}")],
        }).ToList();

    /// <summary>The active pods of all sets of the same Deployment: a node that has many of them gives up one first.</summary>
    private IEnumerable<Pod> Related(ReplicaSet set) =>
        set.Metadata.ControllerRef() is { } owner
            ? sets.ControlledBy(owner.Uid).SelectMany(s => pods.OwnedBy(s)).Where(p => p.IsActive())
            : pods.OwnedBy(set).Where(p => p.IsActive());

    private static Pod PodFor(ReplicaSet set) => new()
    {
        Metadata = new ObjectMeta
        {
            GenerateName = set.Metadata.Name + "-",
            Namespace = set.Metadata.Namespace,
            Labels = set.Spec.Template.Metadata.Labels,
            Annotations = set.Spec.Template.Metadata.Annotations,
            Finalizers = set.Spec.Template.Metadata.Finalizers,
            OwnerReferences = [OwnerReferences.ControllerRefTo(set)],
        },
        Spec = set.Spec.Template.Spec,
    };

    private static IEnumerable<Write> StatusWrites(ReplicaSet set, IReadOnlyList<Pod> owned, int terminating, IReadOnlyList<Failed> failures, int excess, DateTimeOffset now)
    {
        var status = ReplicaSetStatusRules.Calculate(set, owned, terminating, failures.FirstOrDefault()?.Status, excess, now);
        if (status != set.Status) yield return Write.UpdateStatus(GroupVersionResource.ReplicaSets, set with { Status = status });
        if (failures.Count > 0) yield return Write.RetryLater();
        if (set.Spec.MinReadySeconds > 0 && owned.Select(p => p.AvailableFrom(set.Spec.MinReadySeconds)).Where(t => t > now).Min() is { } next) yield return Write.Requeue(next - now);
    }

    private static bool IsNamespaceEnding(Status status) => status.Details?.Causes.Any(c => c.Reason == "NamespaceTerminating") == true;
}
