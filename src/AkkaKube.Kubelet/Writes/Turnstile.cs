using Akka.Actor;

namespace AkkaKube.Kubelet.Writes;

/// <summary>
/// Lets only so many pod workers of a process write at a time. A worker makes up what it writes when its turn comes, not before: what
/// happened to its pod while it waited goes with the same write.
/// </summary>
internal sealed class Turnstile : ReceiveActor
{
    /// <summary>The sender wants to write; it is told <see cref="Entered"/> when it may.</summary>
    public sealed record Enter
    {
        public static readonly Enter Instance = new();
    }

    /// <summary>Your turn: say <see cref="Leave"/> when the write is answered, or not needed any more.</summary>
    public sealed record Entered
    {
        public static readonly Entered Instance = new();
    }

    /// <summary>The sender is done.</summary>
    public sealed record Leave
    {
        public static readonly Leave Instance = new();
    }

    private readonly Queue<IActorRef> _waiting = new();
    private readonly HashSet<IActorRef> _inside = [];
    private readonly int _limit;

    private Turnstile(int limit)
    {
        _limit = limit;
        Receive<Enter>(_ =>
        {
            _waiting.Enqueue(Sender);
            LetIn();
        });
        Receive<Leave>(_ => LetOut(Sender));
        Receive<Terminated>(gone => LetOut(gone.ActorRef));
    }

    public static Props Props(int limit) => Akka.Actor.Props.Create(() => new Turnstile(limit));

    private void LetIn()
    {
        while (_inside.Count < _limit && _waiting.TryDequeue(out var next))
        {
            if (!_inside.Add(next)) continue;
            // It may have stopped while it waited, or may before it leaves.
            Context.Watch(next);
            next.Tell(Entered.Instance);
        }
    }

    private void LetOut(IActorRef writer)
    {
        if (!_inside.Remove(writer)) return;
        Context.Unwatch(writer);
        LetIn();
    }
}
