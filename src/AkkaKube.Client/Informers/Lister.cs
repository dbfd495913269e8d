using AkkaKube.Api;
using AkkaKube.Client.Ownership;

namespace AkkaKube.Client.Informers;

/// <summary>Reads a store: by key, by namespace, by owner, and by indexes of the reader's own.</summary>
/// <remarks>It belongs to one actor. The objects in it are immutable and shared with everybody.</remarks>
public abstract class Lister<T>
    where T : class, IApiObject
{
    private protected readonly Dictionary<ObjectKey, T> Items = [];
    private protected readonly List<StoreIndex<T>> Indexes = [];
    private StoreIndex<T>? _byNamespace;
    private StoreIndex<T>? _byController;
    private StoreIndex<T>? _orphans;

    private protected Lister()
    {
    }

    /// <summary>How many objects there are.</summary>
    public int Count => Items.Count;

    /// <summary>All objects, in no order.</summary>
    public IReadOnlyCollection<T> All => Items.Values;

    /// <summary>The object with this key, or null.</summary>
    public T? Find(ObjectKey key) => Items.GetValueOrDefault(key);

    /// <summary>The object with this namespace and name, or null.</summary>
    public T? Find(string? ns, string name) => Find(new ObjectKey(ns, name));

    /// <summary>The objects of a namespace.</summary>
    public IReadOnlyCollection<T> InNamespace(string? ns) =>
        (_byNamespace ??= IndexBy(o => o.Metadata.Namespace ?? ""))[ns ?? ""];

    /// <summary>The objects whose controller (ownerReference with controller: true) is <paramref name="owner"/>.</summary>
    public IReadOnlyCollection<T> OwnedBy(IApiObject owner) => ControlledBy(owner.Metadata.Uid ?? "");

    /// <summary>The objects whose controller has this uid.</summary>
    public IReadOnlyCollection<T> ControlledBy(string uid) => (_byController ??= IndexBy(o => o.Metadata.ControllerRef()?.Uid))[uid];

    /// <summary>The objects of a namespace that have no controller.</summary>
    public IReadOnlyCollection<T> Orphans(string? ns) =>
        (_orphans ??= IndexBy(o => o.Metadata.ControllerRef() is null ? o.Metadata.Namespace ?? "" : null))[ns ?? ""];

    /// <summary>Groups the objects from now on by a value of theirs; null leaves an object out.</summary>
    public StoreIndex<T> IndexBy(Func<T, string?> value) => Add(new StoreIndex<T>(value));

    private StoreIndex<T> Add(StoreIndex<T> index)
    {
        foreach (var (key, item) in Items) index.Replace(key, null, item);
        Indexes.Add(index);
        return index;
    }
}
