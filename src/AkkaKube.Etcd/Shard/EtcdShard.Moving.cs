using Akka.Actor;

namespace AkkaKube.Etcd;

/// <summary>What a shard does so that it can move from host to host: it is certain of itself, known by a number, and goes in order.</summary>
public sealed partial class EtcdShard
{
    /// <summary>Whether this is certainly the shard that the request is for; says so to the sender where not.</summary>
    private bool MayAnswer(Request request)
    {
        if (_isCurrent is null) return true;
        var problem = _leaving ? "the shard moves to another host"
            : request.For is { } wanted && wanted != _incarnation ? "the shard has moved"
            : !_isCurrent() ? "the host of the shard is not certain that it still has it"
            : null;
        if (problem is null) return true;
        Answer(Sender, new Unavailable(request.Tag, problem) { Refused = true });
        return false;
    }

    private void Answer(IActorRef client, Reply reply) => client.Tell(_incarnation == 0 ? reply : reply with { Incarnation = _incarnation });

    private void On(Open open)
    {
        Remember(Sender);
        Answer(Sender, new Opened(open.Tag, _state.Revision) { TakesRepeats = true });
    }

    private void Remember(IActorRef session)
    {
        if (_taken.TryAdd(session, new TakenWrites())) Context.Watch(session);
    }

    /// <summary>A write that has come before, whose answer was lost or is still to come, is not carried out a second time.</summary>
    private bool IsAnsweredBefore(Request write)
    {
        if (_isCurrent is null || write.Tag is not long number) return false;
        Written? written = null;
        var state = _taken.TryGetValue(Sender, out var taken) ? taken.Find(number, write.Again, out written)
            : write.Again ? TakenWrites.State.Forgotten
            : TakenWrites.State.New;
        if (written is not null) Answer(Sender, written);
        else if (state is TakenWrites.State.Forgotten) Answer(Sender, new Unavailable(write.Tag, "it is not known any more whether the write was carried out"));
        return state is not TakenWrites.State.New;
    }

    /// <summary>What is accepted is finished first.</summary>
    private void On()
    {
        _leaving = true;
        if (!_pending.IsWriting) Leave();
    }

    private void Leave()
    {
        foreach (var (session, taken) in _taken) session.Tell(new HandedOver(_incarnation, taken.Last));
        Context.Stop(Self);
    }
}
