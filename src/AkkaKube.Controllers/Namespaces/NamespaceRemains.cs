using AkkaKube.Api;

namespace AkkaKube.Controllers.Namespaces;

/// <summary>What is left in a namespace after its content was deleted: objects that take their time, or wait for their finalizers.</summary>
internal sealed class NamespaceRemains
{
    private readonly SortedDictionary<string, int> _objects = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _finalizers = new(StringComparer.Ordinal);
    private readonly List<string> _failures = [];

    public bool IsNothing => _objects.Count == 0 && _failures.Count == 0;

    /// <summary>How many objects of each resource are left.</summary>
    public IReadOnlyDictionary<string, int> Objects => _objects;

    /// <summary>How many objects each finalizer keeps.</summary>
    public IReadOnlyDictionary<string, int> Finalizers => _finalizers;

    /// <summary>What could not be deleted or looked at, and why.</summary>
    public IReadOnlyList<string> Failures => _failures;

    public void Found(GroupVersionResource resource, IReadOnlyList<ApiObject> items)
    {
        if (items.Count == 0) return;
        var name = resource.Group.Length == 0 ? resource.Resource + "." : $"{resource.Resource}.{resource.Group}";
        _objects[name] = items.Count;
        foreach (var finalizer in items.SelectMany(i => i.Object.Metadata.Finalizers)) _finalizers[finalizer] = _finalizers.GetValueOrDefault(finalizer) + 1;
    }

    public void Failed(GroupVersionResource resource, string message) => _failures.Add($"unexpected error deleting {resource.Resource}: {message}");
}
