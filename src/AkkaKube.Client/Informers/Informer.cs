using AkkaKube.Api;
using AkkaKube.Client.Ownership;
using AkkaKube.Client.Requests;

namespace AkkaKube.Client.Informers;

/// <summary>Follows one resource for one actor: what a watch has told so far.</summary>
public abstract class Informer
{
    private protected Informer(Watch watch) => Watch = watch;

    /// <summary>The resource it follows.</summary>
    public GroupVersionResource Resource => Watch.Resource;

    /// <summary>The whole resource, not a selection of it: whatever is written will be seen.</summary>
    public bool SeesAll => Watch is { Namespace: null, LabelSelector: null, FieldSelector: null, Name: null };

    /// <summary>The store has once held all objects there were.</summary>
    public bool HasSynced { get; private protected set; }

    /// <summary>Everything up to this revision is in the store.</summary>
    public long Revision { get; private protected set; }

    /// <summary>What to watch; revision and tag are filled in with each attempt.</summary>
    internal Watch Watch { get; }

    /// <summary>Counts the watches that were started, so that what an older one still says is told apart.</summary>
    internal int Attempt { get; set; }

    /// <summary>How many watches in a row ended without an event.</summary>
    internal int Failures { get; set; }

    /// <summary>Whether the watch under way began with all objects and has not told all of them yet.</summary>
    internal bool IsListing { get; private protected set; }

    internal abstract void BeginList();

    internal abstract void Apply(WatchEvent e);
}

/// <summary>Follows one resource for one actor and keeps a store of its objects.</summary>
public sealed class Informer<T> : Informer
    where T : class, IApiObject
{
    private const string InitialEventsEnd = "k8s.io/initial-events-end";
    private readonly Action<Change<T>>? _onChange;
    private readonly Store<T> _store = new();
    private HashSet<ObjectKey>? _unseen;

    internal Informer(Watch watch, Action<Change<T>>? onChange)
        : base(watch) => _onChange = onChange;

    /// <summary>The objects as last told.</summary>
    public Lister<T> Store => _store;

    internal override void BeginList()
    {
        IsListing = true;
        _unseen = _store.All.Select(o => o.Metadata.Key()).ToHashSet();
    }

    internal override void Apply(WatchEvent e)
    {
        Failures = 0;
        switch (e.Type)
        {
            case WatchEventType.Bookmark:
                if (!IsListing) Revision = Math.Max(Revision, e.Object.ResourceVersion);
                else if (e.Object.Object.Metadata.Annotations.ContainsKey(InitialEventsEnd)) EndList(e.Object.ResourceVersion);
                return;
            case WatchEventType.Deleted:
                Remove(e.Object.Key, e.Object.As<T>());
                break;
            default:
                Put(e.Object.Key, e.Object.As<T>());
                break;
        }

        // While a list runs, its events come in the order of keys: their revisions say nothing about what is still to come.
        if (!IsListing) Revision = Math.Max(Revision, e.Object.ResourceVersion);
    }

    private void Put(ObjectKey key, T item)
    {
        _unseen?.Remove(key);
        var old = _store.Put(item);
        if (old is null)
        {
            _onChange?.Invoke(new Change<T>(ChangeType.Added, null, item));
        }
        else if (old.Metadata.Uid != item.Metadata.Uid)
        {
            // Deleted and made again under the same name while nobody looked.
            _onChange?.Invoke(new Change<T>(ChangeType.Deleted, old, null));
            _onChange?.Invoke(new Change<T>(ChangeType.Added, null, item));
        }
        else if (old.Metadata.ResourceVersion != item.Metadata.ResourceVersion)
        {
            _onChange?.Invoke(new Change<T>(ChangeType.Modified, old, item));
        }
    }

    private void Remove(ObjectKey key, T? last)
    {
        _unseen?.Remove(key);
        if (_store.Remove(key) is { } old) _onChange?.Invoke(new Change<T>(ChangeType.Deleted, last ?? old, null));
    }

    private void EndList(long revision)
    {
        IsListing = false;
        Revision = revision;
        foreach (var gone in _unseen ?? []) Remove(gone, null);
        _unseen = null;
        HasSynced = true;
    }
}
