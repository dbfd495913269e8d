using Akka.Actor;
using Akka.Event;

namespace AkkaKube.Etcd;

/// <summary>
/// Stands on a host for the shard of one resource type, which may be on another and may move. It takes the shard's commands, follows it once for
/// all followers on the host, and hides its moves: reads are asked again of the new owner, writes too where it is certain that the old one did not
/// carry them out, and followers see every change once and in order.
/// </summary>
internal sealed partial class ShardProxy : ReceiveActor, IWithTimers
{
    private sealed record Sweep;

    private static readonly TimeSpan SweepInterval = TimeSpan.FromMilliseconds(250);

    private readonly string _resource;
    private readonly IActorRef _region;
    private readonly EtcdSettings _settings;
    private readonly SharedViews _views;
    private readonly Dictionary<long, Outstanding> _outstanding = [];
    private readonly LocalFollowers _followers = new();
    private readonly List<(Outstanding Asked, EtcdShard.AtRevision Reply)> _held = [];
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private long _lastNumber;

    public ShardProxy(string resource, IActorRef region, EtcdSettings settings, IValueViews views)
    {
        _resource = resource;
        _region = region;
        _settings = settings;
        _views = new SharedViews(views);
        // Larger than any number of an earlier instance, whose replies may still be on their way.
        _lastNumber = Now.Ticks;

        Receive<EtcdShard.Unfollow>(_ => StopFollowing(Sender));
        Receive<EtcdShard.Request>(request => Accept(request, Sender));
        Receive<EtcdShard.Opened>(On);
        Receive<EtcdShard.Changes>(On);
        Receive<EtcdShard.HandedOver>(On);
        Receive<EtcdShard.Reply>(On);
        Receive<Terminated>(On);
        Receive<Look>(_ => LookForOwner());
        Receive<Sweep>(_ => GiveUpOrAskAgain());
    }

    public static Props Props(string resource, IActorRef region, EtcdSettings settings, IValueViews views) =>
        Akka.Actor.Props.Create(() => new ShardProxy(resource, region, settings, views));

    public ITimerScheduler Timers { get; set; } = null!;

    private static TimeSpan Now => Context.System.Scheduler.MonotonicClock;

    protected override void PreStart() => LookForOwner();

    /// <summary>Nobody waits for an answer, or for changes, that this instance would have passed on.</summary>
    protected override void PreRestart(Exception reason, object message)
    {
        foreach (var asked in _outstanding.Values) asked.Client.Tell(new EtcdShard.Unavailable(asked.Request.Tag, $"the proxy of the storage failed: {reason.Message}"));
        foreach (var follower in _followers.All) follower.Tell(new EtcdShard.FollowEnded());
        base.PreRestart(reason, message);
    }

    private Outstanding Accept(EtcdShard.Request request, IActorRef client)
    {
        var asked = new Outstanding(++_lastNumber, request, client, Now + _settings.ProxyTimeout);
        _outstanding[asked.Number] = asked;
        if (!Timers.IsTimerActive(nameof(Sweep))) Timers.StartPeriodicTimer(nameof(Sweep), new Sweep(), SweepInterval);
        if (!_isPaused && _session is { } session) Send(asked, session);
        return asked;
    }

    private void Send(Outstanding asked, Session session)
    {
        asked.SentTo = session.Incarnation;
        asked.SentAt = Now;
        session.Owner.Tell(asked.ForShard(session.Incarnation, session.IsRemote, _settings.PartBytes), Self);
    }

    private void On(EtcdShard.Reply reply)
    {
        // An answer that comes twice (a read that was asked twice), or to a question that was given up.
        if (reply.Tag is not long number || !_outstanding.TryGetValue(number, out var asked)) return;
        switch (reply)
        {
            case EtcdShard.Unavailable { Refused: true }:
                if (reply.Incarnation == asked.SentTo) WaitAndAskAgain(asked);
                return;
            case EtcdShard.Part part:
                if (!asked.Take(part)) return;
                asked.Deadline = Now + _settings.ProxyTimeout;
                asked.SentAt = Now;
                Sender.Tell(new EtcdShard.NextPart { Tag = number, For = reply.Incarnation }, Self);
                return;
            case EtcdShard.AtRevision at when asked.Request is EtcdShard.GetRevision && !HasComeTo(asked.Client, at.Revision):
                // Whoever asks for the revision relies on having the changes up to it.
                _outstanding.Remove(number);
                _held.Add((asked, at));
                return;
        }
        _outstanding.Remove(number);
        switch (reply)
        {
            case EtcdShard.Following following: On(asked, following); break;
            case EtcdShard.Compacted compacted: On(asked, compacted); break;
            case EtcdShard.Written written: Answer(asked, written with { Change = Seen(asked, written.Change) }); break;
            case EtcdShard.Found found: Answer(asked, found with { Entry = _views.Of(found.Entry) }); break;
            // One copy was; the other may be on its way, and find the key as it expects it.
            case EtcdShard.Conflict or EtcdShard.NotClaimed when asked.IsInDoubt:
                Answer(asked, new EtcdShard.Unavailable(null, "the write was sent twice, and refused once; it is not known whether it was carried out"));
                break;
            case EtcdShard.Conflict conflict: Answer(asked, conflict with { Current = _views.Of(conflict.Current) }); break;
            case EtcdShard.Ranged ranged: Answer(asked, _views.Of(asked.Whole(ranged))); break;
            default:
                if (ReferenceEquals(asked, _resync)) FollowAgain();
                else Answer(asked, reply);
                break;
        }
    }

    private Change Seen(Outstanding asked, Change change)
    {
        if (change.View is null && change.Value.IsEmpty) change = change with { Value = asked.Value(change.Revision) };
        return _views.Written(change, asked.Draft, _followers.Count > 0 && _followers.Least < change.Revision);
    }

    private void Answer(Outstanding asked, EtcdShard.Reply reply) => asked.Client.Tell(reply with { Tag = asked.Request.Tag }, Self);

    private void Fail(Outstanding asked, string reason)
    {
        _outstanding.Remove(asked.Number);
        if (ReferenceEquals(asked, _resync)) FollowAgain();
        else Answer(asked, new EtcdShard.Unavailable(null, reason));
    }

    /// <summary>An answer may be lost, and a question too: both are asked again, of the owner that knows which writes it has taken, and nobody waits for ever.</summary>
    private void GiveUpOrAskAgain()
    {
        var now = Now;
        var isSilent = false;
        foreach (var asked in _outstanding.Values.OrderBy(asked => asked.Number).ToList())
        {
            if (asked.Deadline <= now) Fail(asked, $"no answer of the storage within {_settings.ProxyTimeout.TotalSeconds} s");
            else if (!_isPaused && _session is { } session && asked.SentTo is not null && now - asked.SentAt >= _settings.ProxyAskAgain && (session.TakesRepeats || !asked.IsWrite))
            {
                asked.IsInDoubt = asked.IsWrite;
                Send(asked, session);
                isSilent = true;
            }
        }
        foreach (var late in _held.FindAll(held => held.Asked.Deadline <= now))
        {
            _held.Remove(late);
            Answer(late.Asked, new EtcdShard.Unavailable(null, "the changes up to the revision of the storage did not come in time"));
        }
        // That the shard has moved may have been said and not heard.
        if (isSilent) LookForOwner();
        if (_outstanding.Count == 0 && _held.Count == 0) Timers.Cancel(nameof(Sweep));
    }
}
