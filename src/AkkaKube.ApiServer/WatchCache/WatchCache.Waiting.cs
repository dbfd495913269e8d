using Akka.Actor;
using AkkaKube.Client.Requests;
using AkkaKube.Etcd;

namespace AkkaKube.ApiServer.WatchCache;

/// <summary>What has to wait: for the shard to say which revision it has, or for the changes up to one.</summary>
internal sealed partial class WatchCacheActor
{
    /// <summary>A request for a revision that is not here yet. Each is itself: two clients may ask for the same.</summary>
    private sealed class Early(long revision, ApiRequest request, IActorRef sender)
    {
        public long Revision => revision;

        public ApiRequest Request => request;

        public IActorRef Sender => sender;
    }

    private void AskRevision(ApiRequest request, IActorRef sender)
    {
        _next.Add((request, sender));
        if (_asking.Count == 0) AskNext();
    }

    private void AskNext()
    {
        (_asking, _next) = (_next, _asking);
        _shard.Tell(new EtcdShard.GetRevision { Tag = ++_question });
    }

    private void On(EtcdShard.AtRevision at)
    {
        // The answer to an earlier question, which was given up, may be older than what is asked now.
        if (at.Tag is not long question || question != _question) return;
        var asked = _asking;
        _asking = [];
        foreach (var (request, sender) in asked)
        {
            if (at.Revision > _revision) Await(at.Revision, request, sender);
            else Serve(request, sender);
        }
        if (_next.Count > 0) AskNext();
    }

    private void On(EtcdShard.Unavailable unavailable)
    {
        if (_followed is null && !Timers.IsTimerActive(nameof(Retry))) FollowUntilAnswered();
        if (unavailable.Tag is not long question || question != _question) return;
        foreach (var (request, sender) in _asking.Concat(_next)) sender.Tell(new Failed(request.Tag, Refusals.StorageUnavailable(unavailable.Reason)));
        _asking.Clear();
        _next.Clear();
    }

    private void Await(long revision, ApiRequest request, IActorRef sender)
    {
        var early = new Early(revision, request, sender);
        _early.Add(early);
        Timers.StartSingleTimer(early, new GiveUp(early), _settings.FreshnessTimeout);
    }

    private void ServeEarly()
    {
        foreach (var early in _early.FindAll(early => early.Revision <= _revision))
        {
            _early.Remove(early);
            Timers.Cancel(early);
            Serve(early.Request, early.Sender);
        }
    }

    private void On(GiveUp give)
    {
        if (_early.Remove(give.Waiting)) give.Waiting.Sender.Tell(new Failed(give.Waiting.Request.Tag, Refusals.TooLargeResourceVersion(give.Waiting.Revision, _revision)));
    }
}
