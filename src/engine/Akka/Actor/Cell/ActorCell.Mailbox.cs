using System.Diagnostics;
using Akka.Dispatch.MessageQueues;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// The mailbox, inside of the cell. Senders push on a stack with one compare-and-swap; the turn takes the whole stack at once and turns
/// it round. The status word says whether a turn is due: only who moves it from idle to scheduled hands the cell to the dispatcher.
/// </summary>
internal sealed partial class ActorCell
{
    private const int Scheduled = 1;
    private const int Suspended = 2;
    private const int Closed = 4;

    private readonly IMessageQueue? _queue; // null: the built-in unbounded one
    private MessageNode? _inbox;            // newest first, shared with senders
    private MessageNode? _pending;          // oldest first, the turn's own
    private SystemMessage? _systemInbox;    // newest first, shared with senders
    private int _status;
    private int _suspendCount;

    public bool HasMessages => _pending is not null || Volatile.Read(ref _inbox) is not null || _queue is { HasMessages: true };

    public int NumberOfMessages
    {
        get
        {
            var count = _queue?.Count ?? 0;
            for (var node = _pending; node is not null; node = node.Next) count++;
            for (var node = Volatile.Read(ref _inbox); node is not null; node = node.Next) count++;
            return count;
        }
    }

    private bool IsSuspended => _suspendCount > 0;

    /// <summary>The type of what the next turn handles first; for a trace.</summary>
    public string? NextMessageType()
    {
        SystemMessage? oldestSystem = null;
        for (var message = _systemInbox; message is not null; message = message.Next) oldestSystem = message;
        if (oldestSystem is not null) return oldestSystem.GetType().Name;
        var oldest = _pending;
        if (oldest is null)
        {
            for (var node = _inbox; node is not null; node = node.Next) oldest = node;
        }

        return oldest is null ? null : (oldest.Message is IWrappedMessage wrapped ? wrapped.Message : oldest.Message).GetType().FullName;
    }

    public void SendMessage(object message, IActorRef? sender)
    {
        if (message is null) throw new InvalidMessageException("Message is null.");
        if ((Volatile.Read(ref _status) & Closed) != 0)
        {
            ToDeadLetters(message, sender);
            return;
        }

        if (_queue is null) Push(new MessageNode(message, sender));
        else _queue.Enqueue(_self, new Envelope(message, sender!));

        var status = Volatile.Read(ref _status);
        if (status == 0)
        {
            if (Interlocked.CompareExchange(ref _status, Scheduled, 0) == 0) _dispatcher.Execute(this);
        }
        else if ((status & Closed) != 0)
        {
            DrainToDeadLetters();
        }
    }

    private void Push(MessageNode node)
    {
        var head = Volatile.Read(ref _inbox);
        while (true)
        {
            node.Next = head;
            var seen = Interlocked.CompareExchange(ref _inbox, node, head);
            if (ReferenceEquals(seen, head)) return;
            head = seen;
        }
    }

    public void SendSystemMessage(SystemMessage message)
    {
        var head = Volatile.Read(ref _systemInbox);
        while (true)
        {
            message.Next = head;
            var seen = Interlocked.CompareExchange(ref _systemInbox, message, head);
            if (ReferenceEquals(seen, head)) break;
            head = seen;
        }

        while (true)
        {
            var status = Volatile.Read(ref _status);
            if ((status & Scheduled) != 0) return;
            if ((status & Closed) != 0)
            {
                AnswerSystemMessagesAsDead();
                return;
            }

            if (Interlocked.CompareExchange(ref _status, status | Scheduled, status) != status) continue;
            _dispatcher.Execute(this);
            return;
        }
    }

    void IThreadPoolWorkItem.Execute() => _dispatcher.RunOnPool(this);

    /// <summary>One turn: all system messages, then up to the dispatcher's throughput of user messages.</summary>
    public void Run()
    {
        var previous = InternalCurrentActorCellKeeper.Current;
        InternalCurrentActorCellKeeper.Current = this;
        var left = _dispatcher.Throughput;
        var deadline = _dispatcher.DeadlineTicks == 0 ? 0 : Stopwatch.GetTimestamp() + _dispatcher.DeadlineTicks;
        do
        {
            if (Volatile.Read(ref _systemInbox) is not null) HandleSystemMessages();
            if (_suspendCount > 0 || (_status & Closed) != 0 || !InvokeNext()) break;
        }
        while (--left > 0 && (deadline == 0 || Stopwatch.GetTimestamp() < deadline));

        CurrentMessage = null;
        _sender = null;
        InternalCurrentActorCellKeeper.Current = previous;
        EndTurn();
    }

    private bool InvokeNext()
    {
        var node = _pending;
        if (node is null)
        {
            if (Volatile.Read(ref _inbox) is null) return _queue is not null && InvokeQueued();
            node = TakeInbox()!;
        }

        _pending = node.Next;
        node.Next = null; // a dead node that points to a young one would keep it alive
        Invoke(node.Message, node.Sender);
        return true;
    }

    private bool InvokeQueued()
    {
        if (!_queue!.TryDequeue(out var envelope)) return false;
        Invoke(envelope.Message, envelope.Sender);
        return true;
    }

    private MessageNode? TakeInbox()
    {
        var node = Interlocked.Exchange(ref _inbox, null);
        MessageNode? ordered = null;
        while (node is not null)
        {
            var next = node.Next;
            node.Next = ordered;
            ordered = node;
            node = next;
        }

        return ordered;
    }

    private void EndTurn()
    {
        if ((_status & Closed) != 0)
        {
            Interlocked.Exchange(ref _status, Closed);
            // Whoever pushed before this moment relied on the turn.
            DrainToDeadLetters();
            AnswerSystemMessagesAsDead();
            return;
        }

        var idle = _suspendCount > 0 ? Suspended : 0;
        Interlocked.Exchange(ref _status, idle);
        if (Volatile.Read(ref _systemInbox) is null && (idle != 0 || !HasMessages)) return;
        if (Interlocked.CompareExchange(ref _status, idle | Scheduled, idle) == idle) _dispatcher.Execute(this);
    }

    /// <summary>Puts messages before all that wait, in their order.</summary>
    public void Prepend(IReadOnlyList<Envelope> envelopes)
    {
        for (var i = envelopes.Count - 1; i >= 0; i--)
            _pending = new MessageNode(envelopes[i].Message, envelopes[i].Sender) { Next = _pending };
    }

    private void Close()
    {
        _status |= Closed;
        for (var node = _pending; node is not null; node = node.Next) ToDeadLetters(node.Message, node.Sender);
        _pending = null;
        DrainToDeadLetters();
    }

    private void DrainToDeadLetters()
    {
        for (var node = TakeInbox(); node is not null; node = node.Next) ToDeadLetters(node.Message, node.Sender);
        if (_queue is null) return;
        while (_queue.TryDequeue(out var envelope)) ToDeadLetters(envelope.Message, envelope.Sender);
    }

    private void ToDeadLetters(object message, IActorRef? sender)
    {
        // A listener of dead letters that is dead itself would otherwise be told of its own dead letters without end.
        if (message is DeadLetter) return;
        _system.DeadLetters.Tell(new DeadLetter(message, sender ?? _system.DeadLetters, _self), sender!);
    }

    private void AnswerSystemMessagesAsDead()
    {
        for (var message = TakeSystemInbox(); message is not null;)
        {
            var next = message.Next;
            message.Next = null;
            EmptyLocalActorRef.AnswerFor(_self, message);
            message = next;
        }
    }

    private SystemMessage? TakeSystemInbox()
    {
        var message = Interlocked.Exchange(ref _systemInbox, null);
        SystemMessage? ordered = null;
        while (message is not null)
        {
            var next = message.Next;
            message.Next = ordered;
            ordered = message;
            message = next;
        }

        return ordered;
    }
}
