using AkkaKube.Api;
using AkkaKube.Client.Informers;

namespace AkkaKube.Controllers.GarbageCollection;

/// <summary>An object in the graph of owners.</summary>
internal sealed record GraphNode(GroupVersionResource Resource, IApiObject Object)
{
    public const string ForegroundDeletion = "foregroundDeletion";
    public const string Orphan = "orphan";

    public string Uid => Object.Metadata.Uid ?? "";

    /// <summary>Is deleted and waits for the objects it owns to go first.</summary>
    public bool WaitsForDependents => Object.Metadata.DeletionTimestamp is not null && Object.Metadata.Finalizers.Contains(ForegroundDeletion);

    /// <summary>Is deleted and wants the objects it owns to stay.</summary>
    public bool OrphansDependents => Object.Metadata.DeletionTimestamp is not null && Object.Metadata.Finalizers.Contains(Orphan);
}

/// <summary>Who owns whom among all objects of the cluster.</summary>
internal sealed class OwnerGraph
{
    private readonly Dictionary<string, GraphNode> _nodes = [];
    private readonly Dictionary<string, HashSet<string>> _dependents = [];
    private readonly HashSet<string> _gone = [];

    public GraphNode? Find(string uid) => _nodes.GetValueOrDefault(uid);

    /// <summary>The owner was seen to go; it need not be looked for.</summary>
    public bool IsKnownGone(string uid) => _gone.Contains(uid);

    public void MarkGone(string uid)
    {
        // Only those matter that somebody still refers to.
        if (_dependents.ContainsKey(uid)) _gone.Add(uid);
    }

    /// <summary>The objects that name this one as an owner.</summary>
    public IEnumerable<GraphNode> DependentsOf(string uid) =>
        _dependents.TryGetValue(uid, out var uids) ? uids.Select(u => _nodes.GetValueOrDefault(u)).OfType<GraphNode>() : [];

    /// <summary>Takes a change into the graph; the uids that are to be looked at because of it.</summary>
    public IReadOnlyList<ObjectKey> Apply(GroupVersionResource resource, Change<IApiObject> change)
    {
        var metadata = change.Object.Metadata;
        var uid = metadata.Uid ?? "";
        if (change is { Old: { } old, New: { } changed } && old.Metadata.OwnerReferences == changed.Metadata.OwnerReferences
            && old.Metadata.Finalizers == changed.Metadata.Finalizers && old.Metadata.DeletionTimestamp == changed.Metadata.DeletionTimestamp)
        {
            _nodes[uid] = new GraphNode(resource, changed);
            return [];
        }

        foreach (var owner in change.Old?.Metadata.OwnerReferences ?? [])
            if (change.New?.Metadata.OwnerReferences.Any(o => o.Uid == owner.Uid) != true) Unlink(owner.Uid, uid);
        foreach (var owner in change.New?.Metadata.OwnerReferences ?? []) Link(owner.Uid, uid);
        if (change.New is { } item)
        {
            _nodes[uid] = new GraphNode(resource, item);
            _gone.Remove(uid);
        }
        else
        {
            _nodes.Remove(uid);
            MarkGone(uid);
        }

        return [.. ToLookAt(change, uid).Distinct().Select(u => new ObjectKey(null, u))];
    }

    private IEnumerable<string> ToLookAt(Change<IApiObject> change, string uid)
    {
        var node = Find(uid);
        if (node is not null && (change.Object.Metadata.OwnerReferences.Count > 0 || node.WaitsForDependents || node.OrphansDependents)) yield return uid;
        if (node is null || node.WaitsForDependents)
            foreach (var dependent in DependentsOf(uid)) yield return dependent.Uid;

        // An owner that waits for its dependents may have lost the last one.
        foreach (var owner in (change.Old ?? change.Object).Metadata.OwnerReferences)
            if (Find(owner.Uid) is { } waiting && (waiting.WaitsForDependents || waiting.OrphansDependents)) yield return owner.Uid;
    }

    private void Link(string owner, string dependent)
    {
        if (!_dependents.TryGetValue(owner, out var uids)) _dependents[owner] = uids = [];
        uids.Add(dependent);
    }

    private void Unlink(string owner, string dependent)
    {
        if (!_dependents.TryGetValue(owner, out var uids) || !uids.Remove(dependent) || uids.Count > 0) return;
        _dependents.Remove(owner);
        _gone.Remove(owner);
    }
}
