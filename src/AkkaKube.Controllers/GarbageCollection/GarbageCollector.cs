using AkkaKube.Api;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Client.Reconciler;
using AkkaKube.Client.Requests;
using DeleteOptions = AkkaKube.Client.Requests.DeleteOptions;

namespace AkkaKube.Controllers.GarbageCollection;

/// <summary>Decides about one object at a time: deletes it when all its owners are gone, lets it go when all it owned is.</summary>
internal sealed class GarbageCollector(OwnerGraph graph, Func<OwnerReference, (GroupVersionResource Resource, bool IsNamespaced)?> kinds) : IReconciler
{
    public IEnumerable<Write> Reconcile(ObjectKey key, DateTimeOffset now)
    {
        if (graph.Find(key.Name) is not { } node) return [];
        if (node.OrphansDependents) return OrphanDependents(node);
        if (node.WaitsForDependents) return ProcessWaiting(node);
        return node.Object.Metadata.DeletionTimestamp is null && node.Object.Metadata.OwnerReferences.Count > 0 ? Judge(node) : [];
    }

    /// <summary>Looks for the owners that the graph does not have; it may just not have heard of them yet.</summary>
    private IEnumerable<Write> Judge(GraphNode node)
    {
        var unknown = node.Object.Metadata.OwnerReferences.Where(o => graph.Find(o.Uid) is null && !graph.IsKnownGone(o.Uid)).ToList();
        if (unknown.Count == 0) return Decide(node, []);
        HashSet<string> alive = [];
        return [Write.All([.. unknown.Select(Write (o) => Look(node, o, alive))], failures => failures.Any(f => f.Status.Code != 404) ? [Write.RetryLater()] : Decide(node, alive))];
    }

    private Write Look(GraphNode node, OwnerReference owner, HashSet<string> alive)
    {
        if (kinds(owner) is not { } kind)
        {
            // What the server does not know, it cannot say to be gone.
            alive.Add(owner.Uid);
            return Write.Requeue(TimeSpan.FromMinutes(5));
        }

        return Write.Request(kind.Resource, user => new Get(kind.Resource, owner.Name) { Namespace = kind.IsNamespaced ? node.Object.Metadata.Namespace : null, User = user }) with
        {
            Then = reply =>
            {
                if (((Succeeded)reply).Object.Object.Metadata.Uid == owner.Uid) alive.Add(owner.Uid);
                else graph.MarkGone(owner.Uid);
                return [];
            },
            Otherwise = failed =>
            {
                if (failed.Status.Code != 404) alive.Add(owner.Uid);
                else graph.MarkGone(owner.Uid);
                return failed.Status.Code == 404 ? [] : [Write.RetryLater()];
            },
        };
    }

    private IEnumerable<Write> Decide(GraphNode node, HashSet<string> alive)
    {
        var owners = node.Object.Metadata.OwnerReferences;
        var waiting = owners.Where(o => graph.Find(o.Uid)?.WaitsForDependents == true).ToList();
        var solid = owners.Where(o => alive.Contains(o.Uid) || graph.Find(o.Uid) is { WaitsForDependents: false }).ToList();
        if (solid.Count == owners.Count) return [];

        // One owner is enough to live on; the references to the others only stand in their way.
        if (solid.Count > 0) return [Write.Patch(node.Resource, node.Object, OwnerPatch.Without(node.Object, owners.Where(o => !solid.Contains(o))))];
        if (waiting.Count > 0 && graph.DependentsOf(node.Uid).Any()) return [Delete(node, "Foreground")];
        var finalizers = node.Object.Metadata.Finalizers;
        return [Delete(node, finalizers.Contains(GraphNode.Orphan) ? "Orphan" : finalizers.Contains(GraphNode.ForegroundDeletion) ? "Foreground" : "Background")];
    }

    private IEnumerable<Write> ProcessWaiting(GraphNode node)
    {
        // Dependents that do not block are deleted as well, but nobody waits for them.
        var isBlocked = graph.DependentsOf(node.Uid).Any(d => d.Object.Metadata.OwnerReferences.Any(o => o.Uid == node.Uid && o.BlockOwnerDeletion == true));
        return isBlocked ? [] : [Write.Patch(node.Resource, node.Object, OwnerPatch.WithoutFinalizer(node.Object, GraphNode.ForegroundDeletion), PatchType.Merge)];
    }

    private IEnumerable<Write> OrphanDependents(GraphNode node)
    {
        List<Write> releases =
        [
            .. graph.DependentsOf(node.Uid).Select(Write (d) => Write.Patch(d.Resource, d.Object, OwnerPatch.Without(d.Object, d.Object.Metadata.OwnerReferences.Where(o => o.Uid == node.Uid))) with
            {
                Otherwise = failed => failed.Status.Code is 404 ? [] : [Write.RetryLater()],
            }),
        ];
        return [Write.All(releases, failures => failures.All(f => f.Status.Code == 404)
            ? [Write.Patch(node.Resource, node.Object, OwnerPatch.WithoutFinalizer(node.Object, GraphNode.Orphan), PatchType.Merge)]
            : [])];
    }

    private static Write Delete(GraphNode node, string policy) =>
        Write.Delete(node.Resource, node.Object, new DeleteOptions { PropagationPolicy = policy, PreconditionResourceVersion = node.Object.Metadata.ResourceVersion }) with
        {
            // A conflict says that it changed meanwhile: what it says then decides.
            Otherwise = failed => failed.Status.Code == 404 ? [] : [Write.RetryLater()],
        };
}
