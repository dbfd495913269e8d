using AkkaKube.Api;
using AkkaKube.Api.Core.V1;

namespace AkkaKube.ApiServer.WatchCache;

/// <summary>The keys of the pods of each node; made when the first kubelet asks for its pods, kept up to date from then on.</summary>
internal sealed class PodsByNode
{
    private Dictionary<string, SortedSet<string>>? _paths;

    public IReadOnlyCollection<string> Of(string node, SortedObjects objects)
    {
        if (_paths is null)
        {
            _paths = new Dictionary<string, SortedSet<string>>(StringComparer.Ordinal);
            foreach (var pod in objects.All) Add(pod);
        }
        return _paths.TryGetValue(node, out var found) ? found : [];
    }

    public void Change(ApiObject? before, ApiObject? after)
    {
        if (_paths is null) return;
        var left = before?.Object is Pod { Spec.NodeName: { } from } ? from : null;
        var entered = after?.Object is Pod { Spec.NodeName: { } to } ? to : null;
        if (left == entered) return;
        if (left is not null && _paths.TryGetValue(left, out var found)) found.Remove(PathOf(before!));
        if (entered is not null) Add(after!);
    }

    public void Clear() => _paths = null;

    private void Add(ApiObject pod)
    {
        if (pod.Object is not Pod { Spec.NodeName: { Length: > 0 } node }) return;
        if (!_paths!.TryGetValue(node, out var found)) _paths[node] = found = new SortedSet<string>(StringComparer.Ordinal);
        found.Add(PathOf(pod));
    }

    private static string PathOf(ApiObject pod) => StoragePath.Of(pod.Key);
}
