using Akka.Actor;

namespace Akka.Persistence;

internal sealed class RequestRecoveryPermit
{
    public static readonly RequestRecoveryPermit Instance = new();
}

internal sealed class RecoveryPermitGranted
{
    public static readonly RecoveryPermitGranted Instance = new();
}

internal sealed class ReturnRecoveryPermit
{
    public static readonly ReturnRecoveryPermit Instance = new();
}

/// <summary>Lets only so many actors recover at a time, in the order in which they asked.</summary>
internal sealed class RecoveryPermitter(int maxPermits) : UntypedActor
{
    private readonly LinkedList<IActorRef> _pending = new();
    private readonly HashSet<IActorRef> _granted = [];

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case RequestRecoveryPermit:
                Context.Watch(Sender);
                if (_granted.Count < maxPermits) Grant(Sender);
                else _pending.AddLast(Sender);
                break;
            case ReturnRecoveryPermit:
                Return(Sender);
                break;
            case Terminated terminated when !_pending.Remove(terminated.ActorRef):
                Return(terminated.ActorRef);
                break;
        }
    }

    private void Grant(IActorRef actor)
    {
        _granted.Add(actor);
        actor.Tell(RecoveryPermitGranted.Instance, Self);
    }

    private void Return(IActorRef actor)
    {
        if (!_granted.Remove(actor)) return;
        Context.Unwatch(actor);
        if (_pending.First is not { } next) return;
        _pending.RemoveFirst();
        Grant(next.Value);
    }
}
