using Akka.Actor;

namespace AkkaKube.Etcd;

/// <summary>Following the shard, once for all who follow it on this host.</summary>
internal sealed partial class ShardProxy
{
    /// <summary>This proxy's own request to follow from where the slowest follower is; null: none is under way.</summary>
    private Outstanding? _resync;

    private void On(Outstanding asked, EtcdShard.Following following)
    {
        if (ReferenceEquals(asked, _resync))
        {
            _resync = null;
            return;
        }
        var follower = asked.Client;
        Context.Watch(follower);
        _followers.Set(follower, ((EtcdShard.Follow)asked.Request).Revision);
        Answer(asked, following);
        AnswerHeld();
    }

    private void On(Outstanding asked, EtcdShard.Compacted compacted)
    {
        if (!ReferenceEquals(asked, _resync))
        {
            Answer(asked, compacted);
            return;
        }
        _resync = null;
        foreach (var late in _followers.Before(compacted.CompactedRevision))
        {
            StopFollowing(late);
            late.Tell(compacted with { Tag = null }, Self);
        }
        if (_followers.Count > 0) FollowAgain();
    }

    /// <summary>The shard tells all that the slowest follower lacks, once more.</summary>
    private void FollowAgain()
    {
        if (_resync is { } earlier) _outstanding.Remove(earlier.Number);
        _resync = null;
        if (_followers.Count > 0) _resync = Accept(new EtcdShard.Follow(_followers.Least), Self);
    }

    private void On(EtcdShard.Changes changes)
    {
        if (_followers.Count == 0 || changes.Items.Count == 0 || changes.Items[^1].Revision <= _followers.Least) return;
        var told = _followers.Offer(_views.Followed(changes.Items), out var hasGap);
        foreach (var (follower, items) in told)
        {
            follower.Tell(ReferenceEquals(items, changes.Items) ? changes : new EtcdShard.Changes(items), Self);
        }
        if (hasGap && _resync is null) FollowAgain();
        if (_held.Count > 0) AnswerHeld();
    }

    /// <summary>Whether a follower, or who has asked to follow, has the changes up to a revision; who does neither needs none.</summary>
    private bool HasComeTo(IActorRef client, long revision) =>
        _followers.PositionOf(client) is { } position ? position >= revision : !_outstanding.Values.Any(asked => asked.Request is EtcdShard.Follow && asked.Client.Equals(client));

    private void AnswerHeld()
    {
        foreach (var ready in _held.FindAll(held => HasComeTo(held.Asked.Client, held.Reply.Revision)))
        {
            _held.Remove(ready);
            Answer(ready.Asked, ready.Reply);
        }
    }

    private void StopFollowing(IActorRef follower)
    {
        if (!_followers.Remove(follower)) return;
        Context.Unwatch(follower);
        AnswerHeld();
        if (_followers.Count > 0) return;
        _views.Forget();
        if (_session is { } session) session.Owner.Tell(new EtcdShard.Unfollow(), Self);
    }
}
