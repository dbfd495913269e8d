using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Client.Requests;
using AkkaKube.Client.WorkQueue;

namespace AkkaKube.Client.Informers;

/// <summary>The informers of one actor. The actor passes it the messages it does not know: <c>ReceiveAny(m =&gt; informers.Handle(m))</c>.</summary>
/// <remarks>
/// A watch starts with all objects and a bookmark behind them. When it ends, the next one goes on after the last revision; when that
/// revision is no longer there (410), or the API server was another one meanwhile, all objects come again and the store tells what has
/// changed between. API servers may come and go: the set looks for the one at the same path.
/// </remarks>
public sealed class InformerSet
{
    private static readonly Backoff Delay = new(TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(5));
    private readonly IActorContext _context;
    private readonly IActorRef _self;
    private readonly UserInfo _user;
    private readonly Random _random;
    private readonly List<Informer> _informers = [];
    private int _searches;

    /// <summary>A set for the actor whose context this is; it watches the API server.</summary>
    public InformerSet(IActorContext context, IActorRef apiServer, UserInfo user, Random random)
    {
        (_context, _self, ApiServer, _user, _random) = (context, context.Self, apiServer, user, random);
        context.Watch(apiServer);
    }

    /// <summary>The API server as it is reached now.</summary>
    public IActorRef ApiServer { get; private set; }

    /// <summary>The API server is gone and no other one was found yet; nothing that is sent now would arrive.</summary>
    public bool IsLost { get; private set; }

    /// <summary>All informers have synced.</summary>
    public bool HasSynced => _informers.TrueForAll(i => i.HasSynced);

    /// <summary>The informers of the set.</summary>
    public IReadOnlyList<Informer> Informers => _informers;

    /// <summary>Follows all objects of a resource.</summary>
    public Informer<T> Follow<T>(GroupVersionResource resource, Action<Change<T>>? onChange = null)
        where T : class, IApiObject => Follow(new Watch(resource) { User = _user }, onChange);

    /// <summary>Follows what <paramref name="watch"/> selects; its user, revision and tag are the set's business.</summary>
    public Informer<T> Follow<T>(Watch watch, Action<Change<T>>? onChange = null)
        where T : class, IApiObject
    {
        var informer = new Informer<T>(watch with { User = _user }, onChange);
        _informers.Add(informer);
        if (!IsLost) Start(informer);
        return informer;
    }

    /// <summary>Ends an informer of the set.</summary>
    public void Unfollow(Informer informer)
    {
        if (!_informers.Remove(informer)) return;
        ApiServer.Tell(new StopWatch(informer.Resource, new Tag(this, informer, informer.Attempt)), _self);
        informer.Attempt++;
    }

    /// <summary>Takes a message if it is for one of the informers; false leaves it to the actor.</summary>
    public bool Handle(object message)
    {
        switch (message)
        {
            case ApiReply { Tag: Tag tag } reply:
                if (tag.Set == this && tag.Informer.Attempt == tag.Attempt) On(reply, tag.Informer);
                else if (tag.Set != this && reply is WatchEvents) ApiServer.Tell(new StopWatch(tag.Informer.Resource, tag), _self); // of this actor before it was restarted
                return true;
            case Retry retry:
                if (retry.Informer.Attempt == retry.Attempt && !IsLost) Start(retry.Informer);
                return true;
            case Terminated terminated when terminated.ActorRef.Equals(ApiServer):
                Lose();
                return true;
            case Search when IsLost:
                _context.ActorSelection(ApiServer.Path.ToStringWithoutAddress()).Tell(new Identify(this), _self);
                ScheduleSearch();
                return true;
            case Search:
                return true;
            case ActorIdentity identity when ReferenceEquals(identity.MessageId, this):
                if (IsLost && identity.Subject is { } found) Find(found);
                return true;
            default:
                return false;
        }
    }

    private void On(ApiReply reply, Informer informer)
    {
        switch (reply)
        {
            case WatchEvents events:
                foreach (var e in events.Events) informer.Apply(e);
                break;
            case WatchEnded ended:
                Again(informer, ended.Status.Code == 410);
                break;
            case Failed failed:
                Again(informer, failed.Status.Code == 410);
                break;
        }
    }

    private void Start(Informer informer)
    {
        informer.Attempt++;
        var resume = informer is { HasSynced: true, IsListing: false, Revision: > 0 };
        if (!resume) informer.BeginList();
        ApiServer.Tell(
            informer.Watch with
            {
                ResourceVersion = resume ? informer.Revision.ToString(System.Globalization.CultureInfo.InvariantCulture) : null,
                SendInitialEvents = !resume,
                AllowBookmarks = true,
                Tag = new Tag(this, informer, informer.Attempt),
            },
            _self);
    }

    private void Again(Informer informer, bool expired)
    {
        if (expired) informer.BeginList();
        Schedule(new Retry(informer, informer.Attempt), Delay.After(informer.Failures++, _random));
    }

    private void Lose()
    {
        IsLost = true;
        _searches = 0;
        foreach (var informer in _informers) informer.Attempt++;
        ScheduleSearch();
    }

    private void Find(IActorRef found)
    {
        IsLost = false;
        ApiServer = found;
        _context.Watch(found);
        foreach (var informer in _informers) Start(informer);
    }

    private void ScheduleSearch() => Schedule(new Search(), Delay.After(_searches++, _random));

    // Not a timer of the actor: the set may be made in its constructor, before it has timers.
    private void Schedule(object message, TimeSpan delay) => _context.System.Scheduler.ScheduleTellOnce(delay, _self, message, _self);

    private sealed record Tag(InformerSet Set, Informer Informer, int Attempt);

    private sealed record Retry(Informer Informer, int Attempt);

    private sealed record Search;
}
