using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Client.Requests;

namespace AkkaKube.ApiServer.WatchCache;

/// <summary>One watch: who follows, which objects, and the events that wait for the end of the batch.</summary>
internal sealed class Watcher(IActorRef follower, object? tag, Scope scope, long after, bool bookmarks)
{
    private List<WatchEvent> _batch = [];

    public IActorRef Follower => follower;

    public object? Tag => tag;

    public Scope Scope => scope;

    public bool WantsBookmarks => bookmarks;

    /// <summary>The last change that was offered, so that one found under two index terms is offered once.</summary>
    public long Offered { get; private set; } = after;

    /// <summary>Takes a change, as what it means for the objects of this watch. True for the first one of a batch.</summary>
    public bool Offer(CachedEvent change)
    {
        if (change.Revision <= Offered) return false;
        Offered = change.Revision;
        if (scope.Translate(change) is not { } seen) return false;
        _batch.Add(seen);
        return _batch.Count == 1;
    }

    /// <summary>Sends what the batch brought.</summary>
    public void Flush()
    {
        if (_batch.Count == 0) return;
        follower.Tell(new WatchEvents(tag, _batch));
        _batch = [];
    }
}
