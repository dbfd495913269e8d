using Akka.Actor;
using Akka.Event;
using AkkaKube.Api;
using AkkaKube.Api.Errors;
using AkkaKube.Api.Meta.V1;
using AkkaKube.Client;
using AkkaKube.Client.Requests;
using AkkaKube.Client.Tracing;
using AkkaKube.Etcd;
using Watch = AkkaKube.Client.Requests.Watch;

namespace AkkaKube.ApiServer.WatchCache;

/// <summary>
/// Follows the shard of one resource type and serves its lists and watches from memory.
/// A list without a resourceVersion is linearizable: the cache asks the shard for its revision first. The shard sent every change up to
/// that revision before it answered, so when the answer is here, the changes are.
/// </summary>
internal sealed partial class WatchCacheActor : ReceiveActor, IWithTimers, IWithStash
{
    private sealed record Retry;

    private sealed record BookmarkTick;

    private sealed record GiveUp(Early Waiting);

    private readonly ResourceType _type;
    private readonly IActorRef _shard;
    private readonly ApiServerSettings _settings;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly SortedObjects _objects = new();
    private readonly PodsByNode? _podsByNode;
    private readonly EventHistory _history;
    private readonly WatcherIndex _watchers = new();
    private readonly Dictionary<IActorRef, List<Watcher>> _byFollower = [];
    private readonly List<Watcher> _woken = [];
    private List<(ApiRequest Request, IActorRef Sender)> _asking = [];
    private List<(ApiRequest Request, IActorRef Sender)> _next = [];
    private readonly List<Early> _early = [];
    private readonly FlowLog _flow = FlowLog.Of(Context.System);
    private readonly SpanIds _spans = new(ClusterRandom.Of(Context.System).Create($"flow{Context.Self.Path.ToStringWithoutAddress()}"));
    private long _revision;
    private IActorRef? _followed;
    private long _question;

    public WatchCacheActor(ResourceType type, IActorRef shard, ApiServerSettings settings)
    {
        _type = type;
        _shard = shard;
        _settings = settings;
        _podsByNode = type.Kind == "Pod" ? new PodsByNode() : null;
        _history = new EventHistory(settings.HistoryEvents, settings.HistoryBytes);
        Loading();
    }

    public static Props Props(ResourceType type, IActorRef shard, ApiServerSettings settings) =>
        Akka.Actor.Props.Create(() => new WatchCacheActor(type, shard, settings));

    public ITimerScheduler Timers { get; set; } = null!;

    public IStash Stash { get; set; } = null!;

    protected override void PreStart()
    {
        _shard.Tell(new EtcdShard.Range("") { WithHistory = true });
        Timers.StartPeriodicTimer(nameof(BookmarkTick), new BookmarkTick(), _settings.BookmarkInterval);
    }

    // Where the API server starts again under its name, nobody else would tell the watchers that their watches are over.
    protected override void PostStop()
    {
        foreach (var watcher in _watchers.All) watcher.Follower.Tell(new WatchEnded(watcher.Tag, StatusErrors.InternalError("the API server starts again")));
    }

    private void Loading()
    {
        Receive<EtcdShard.Ranged>(On);
        Receive<EtcdShard.Unavailable>(_ => Timers.StartSingleTimer(nameof(Retry), new Retry(), _settings.RetryInterval));
        Receive<Retry>(_ => _shard.Tell(new EtcdShard.Range("") { WithHistory = true }));
        Receive<EtcdShard.Reply>(_ => { });
        Receive<EtcdShard.Changes>(_ => { });
        Receive<EtcdShard.FollowEnded>(_ => { });
        Receive<BookmarkTick>(_ => { });
        Receive<Terminated>(On);
        ReceiveAny(_ => Stash.Stash());
    }

    private void Serving()
    {
        Receive<EtcdShard.Changes>(On);
        Receive<List>(On);
        Receive<Watch>(On);
        Receive<StopWatch>(stop => Remove(Sender, stop.Tag));
        Receive<EtcdShard.AtRevision>(On);
        Receive<EtcdShard.Following>(_ => OnFollowing());
        Receive<EtcdShard.Compacted>(_ => StartOver());
        Receive<EtcdShard.Unavailable>(On);
        Receive<EtcdShard.FollowEnded>(_ => FollowAgain());
        Receive<Retry>(_ => _shard.Tell(new EtcdShard.Follow(_revision)));
        Receive<GiveUp>(On);
        Receive<BookmarkTick>(_ => SendBookmarks());
        Receive<Terminated>(On);
    }

    private void On(EtcdShard.Ranged ranged)
    {
        _objects.Clear();
        _podsByNode?.Clear();
        foreach (var entry in ranged.Entries) _objects.Set(entry.Key, (ApiObject)entry.View!);
        _revision = ranged.Revision;
        _history.Load(ranged.CompactedRevision, ranged.History);
        _shard.Tell(new EtcdShard.Follow(_revision));
        Become(Serving);
        Stash.UnstashAll();
    }

    private void Follow(IActorRef shard)
    {
        _followed = shard;
        Context.Watch(shard);
    }

    private void OnFollowing()
    {
        Timers.Cancel(nameof(Retry));
        if (_followed is { } before && !before.Equals(Sender)) Context.Unwatch(before);
        Follow(Sender);

        // A shard that stopped while it recovered has answered nobody.
        if (_asking.Count > 0) _shard.Tell(new EtcdShard.GetRevision { Tag = ++_question });
    }

    // What a shard was asked while it recovered is lost when that fails: it is asked until it answers.
    private void FollowUntilAnswered() => Timers.StartPeriodicTimer(nameof(Retry), new Retry(), _settings.RetryInterval, _settings.RetryInterval * 10);

    private void FollowAgain()
    {
        if (_followed is { } followed) Context.Unwatch(followed);
        _followed = null;
        _shard.Tell(new EtcdShard.Follow(_revision));
    }

    /// <summary>The shard has forgotten what happened since: watches cannot go on, lists start from what there is.</summary>
    private void StartOver()
    {
        _log.Warning("{0}: fell behind the shard's history; loading again", _type.Resource);
        foreach (var watcher in _watchers.All) watcher.Follower.Tell(new WatchEnded(watcher.Tag, Refusals.TooOld(0, _revision)));
        foreach (var follower in _byFollower.Keys) Context.Unwatch(follower);
        _watchers.Clear();
        _byFollower.Clear();
        Timers.Cancel(nameof(Retry));
        Become(Loading);
        _shard.Tell(new EtcdShard.Range("") { WithHistory = true });
    }

    private void On(Terminated stopped)
    {
        if (stopped.ActorRef.Equals(_followed))
        {
            _followed = null;
            FollowUntilAnswered();
            return;
        }
        if (!_byFollower.Remove(stopped.ActorRef, out var watchers)) return;
        foreach (var watcher in watchers) _watchers.Remove(watcher);
    }

    private void On(EtcdShard.Changes changes)
    {
        foreach (var change in changes.Items)
        {
            // After a restart of the shard the same change may come twice.
            if (change.Revision <= _revision) continue;
            Apply(change);
        }
        foreach (var watcher in _woken) watcher.Flush();
        _woken.Clear();
        if (_early.Count > 0) ServeEarly();
    }

    private void Apply(Change change)
    {
        var current = (ApiObject)change.View!;
        var previous = change.IsDelete ? _objects.Remove(change.Key) : _objects.Set(change.Key, current);
        _podsByNode?.Change(previous, change.IsDelete ? null : current);
        _revision = change.Revision;
        var cached = new CachedEvent(change.Revision, change.Key, current, previous, change.IsDelete);
        _history.Add(cached);
        if (_watchers.Count > 0) _watchers.Offer(cached, _woken);
        if (_flow.IsOn && TraceContext.Parse(change.TraceParent) is { } cause) Note(cause, current, change.Revision);
    }

    private void Note(TraceContext cause, ApiObject current, long revision) => _flow.WriteChange(
        new FlowSpan(new TraceContext(cause.TraceId, _spans.Next()), cause.SpanId, FlowMessages.Changes, _type.Resource, current.Key, Context.System.Scheduler.Now, TimeSpan.Zero, revision) { From = _shard, To = Self });

    private void On(List list)
    {
        switch (ListPlan.Of(list, _revision, _history.Start))
        {
            case ListPlan.Now: Serve(list, Sender); break;
            case ListPlan.Consistent: AskRevision(list, Sender); break;
            case ListPlan.NotBefore(var revision): Await(revision, list, Sender); break;
            case ListPlan.Refuse(var status): Sender.Tell(new Failed(list.Tag, status)); break;
        }
    }

    private void Serve(ApiRequest request, IActorRef sender)
    {
        if (request is List list) sender.Tell(Answer(list));
        else StartWatch((Watch)request, sender);
    }

    private ApiReply Answer(List list)
    {
        Scope scope;
        try { scope = ScopeOf(list, null, list.LabelSelector, list.FieldSelector); }
        catch (FormatException problem) { return new Failed(list.Tag, Refusals.BadRequest(problem.Message)); }
        return ListPlan.Answer(list, scope, this.Objects, _history, _revision);
    }

    private ReadOnlyMemory<ApiObject> Objects(Scope scope, string? start)
    {
        if (scope.OnlyPath is { } path) return _objects.Find(path) is { } one && (start is null || string.CompareOrdinal(path, start) > 0) ? new[] { one } : default;
        if (_podsByNode is not null && scope.OnlyNode is { Length: > 0 } node)
        {
            return _podsByNode.Of(node, _objects).Where(found => found.StartsWith(scope.Prefix, StringComparison.Ordinal) && (start is null || string.CompareOrdinal(found, start) > 0)).Select(found => _objects.Find(found)!).ToArray();
        }
        return _objects.Range(scope.Prefix, start is null ? null : start + "\0");
    }

    private Scope ScopeOf(ApiRequest request, string? name, string? labels, string? fields) => new(
        _type, _type.Namespaced ? request.Namespace : null, name,
        string.IsNullOrEmpty(labels) ? null : Selector.Parse(labels),
        string.IsNullOrEmpty(fields) ? null : SelectableFields.Parse(_type, fields));

    private void On(Watch watch)
    {
        var fromNow = string.IsNullOrEmpty(watch.ResourceVersion);
        if (fromNow) AskRevision(watch, Sender);
        // It may come from another host, whose cache is ahead of this one.
        else if (long.TryParse(watch.ResourceVersion, out var revision) && revision > _revision) Await(revision, watch, Sender);
        else StartWatch(watch, Sender);
    }

    private void StartWatch(Watch watch, IActorRef follower)
    {
        Scope scope;
        try { scope = ScopeOf(watch, watch.Name, watch.LabelSelector, watch.FieldSelector); }
        catch (FormatException problem) { follower.Tell(new Failed(watch.Tag, Refusals.BadRequest(problem.Message))); return; }
        var from = 0L;
        if (!string.IsNullOrEmpty(watch.ResourceVersion) && !long.TryParse(watch.ResourceVersion, out from))
        {
            follower.Tell(new Failed(watch.Tag, Refusals.InvalidResourceVersion(watch.ResourceVersion)));
            return;
        }
        var initial = watch.SendInitialEvents || from == 0;
        var missed = initial ? [] : _history.After(from);
        if (watch.Acknowledge) follower.Tell(new WatchEvents(watch.Tag, []));
        if (missed is null)
        {
            follower.Tell(new WatchEnded(watch.Tag, Refusals.TooOld(from, _history.Start)));
            return;
        }
        var watcher = new Watcher(follower, watch.Tag, scope, initial ? _revision : from, watch.AllowBookmarks);
        if (initial) SendInitialEvents(watch, watcher);
        foreach (var change in missed) watcher.Offer(change);
        watcher.Flush();
        Add(watcher);
    }

    private void SendInitialEvents(Watch watch, Watcher watcher)
    {
        var events = new List<WatchEvent>();
        foreach (var one in Objects(watcher.Scope, null).Span)
        {
            if (watcher.Scope.IsWholeNamespace || watcher.Scope.Contains(one)) events.Add(new WatchEvent(WatchEventType.Added, one));
        }
        if (watch.SendInitialEvents) events.Add(Bookmark.Of(_type, _revision, endOfInitialEvents: true));
        if (events.Count > 0) watcher.Follower.Tell(new WatchEvents(watch.Tag, events));
    }

    private void Add(Watcher watcher)
    {
        _watchers.Add(watcher);
        if (!_byFollower.TryGetValue(watcher.Follower, out var list))
        {
            _byFollower[watcher.Follower] = list = [];
            Context.Watch(watcher.Follower);
        }
        list.Add(watcher);
    }

    private void Remove(IActorRef follower, object? tag)
    {
        if (!_byFollower.TryGetValue(follower, out var list)) return;
        foreach (var watcher in list.FindAll(watcher => Equals(watcher.Tag, tag)))
        {
            list.Remove(watcher);
            _watchers.Remove(watcher);
        }
        if (list.Count > 0) return;
        _byFollower.Remove(follower);
        Context.Unwatch(follower);
    }

    private void SendBookmarks()
    {
        WatchEvents? shared = null;
        foreach (var watcher in _watchers.All)
        {
            if (!watcher.WantsBookmarks) continue;
            shared ??= new WatchEvents(null, [Bookmark.Of(_type, _revision, endOfInitialEvents: false)]);
            watcher.Follower.Tell(shared with { Tag = watcher.Tag });
        }
    }
}
