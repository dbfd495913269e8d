using AkkaKube.Api;
using AkkaKube.Client.Ownership;

namespace AkkaKube.Client.Informers;

/// <summary>A store that an informer, or a test, fills.</summary>
public sealed class Store<T> : Lister<T>
    where T : class, IApiObject
{
    /// <summary>An empty store, or one with some objects in it.</summary>
    public Store(params IEnumerable<T> items)
    {
        foreach (var item in items) Put(item);
    }

    /// <summary>Adds or replaces an object; the state before, or null.</summary>
    public T? Put(T item)
    {
        var key = KeyOf(item);
        var old = Find(key);
        Items[key] = item;
        foreach (var index in Indexes) index.Replace(key, old, item);
        return old;
    }

    /// <summary>Takes an object out; its last state, or null.</summary>
    public T? Remove(ObjectKey key)
    {
        if (!Items.Remove(key, out var old)) return null;
        foreach (var index in Indexes) index.Replace(key, old, null);
        return old;
    }

    private static ObjectKey KeyOf(T item) => item.Metadata.Key();
}
