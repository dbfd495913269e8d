using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Event;

namespace Akka.Dispatch.MessageQueues;

/// <summary>A queue with a limit: a sender waits for room as long as it may, then the message is a dead letter.</summary>
internal sealed class BoundedQueue(int capacity, TimeSpan pushTimeout) : IMessageQueue, IBoundedMessageQueueSemantics
{
    private readonly BlockingCollection<Envelope> _queue = new(capacity);

    public bool HasMessages => _queue.Count > 0;
    public int Count => _queue.Count;
    public TimeSpan PushTimeOut => pushTimeout;

    public void Enqueue(IActorRef receiver, Envelope envelope)
    {
        var room = pushTimeout < TimeSpan.Zero ? _queue.TryAdd(envelope, Timeout.Infinite) : _queue.TryAdd(envelope, pushTimeout);
        if (!room && ((IInternalActorRef)receiver).SystemImpl is { } system)
            system.DeadLetters.Tell(new DeadLetter(envelope.Message, envelope.Sender ?? system.DeadLetters, receiver), envelope.Sender!);
    }

    public bool TryDequeue(out Envelope envelope) => _queue.TryTake(out envelope);

    public void CleanUp(IActorRef owner, IMessageQueue deadletters)
    {
        while (TryDequeue(out var envelope)) deadletters.Enqueue(owner, envelope);
    }
}

/// <summary>A queue ordered by a number that each message has; equal ones keep their order.</summary>
internal sealed class PriorityQueue(Func<object, int> priority, int initialCapacity) : IMessageQueue, IUnboundedMessageQueueSemantics
{
    private readonly PriorityQueue<Envelope, (int Priority, long Order)> _queue = new(initialCapacity);
    private long _order;

    public bool HasMessages => Count > 0;

    public int Count
    {
        get { lock (_queue) return _queue.Count; }
    }

    public void Enqueue(IActorRef receiver, Envelope envelope)
    {
        lock (_queue) _queue.Enqueue(envelope, (priority(envelope.Message), _order++));
    }

    public bool TryDequeue(out Envelope envelope)
    {
        lock (_queue) return _queue.TryDequeue(out envelope, out _);
    }

    public void CleanUp(IActorRef owner, IMessageQueue deadletters)
    {
        while (TryDequeue(out var envelope)) deadletters.Enqueue(owner, envelope);
    }
}

/// <summary>The plain queue, for those that ask for it by name.</summary>
internal sealed class UnboundedQueue : IMessageQueue, IUnboundedMessageQueueSemantics
{
    private readonly ConcurrentQueue<Envelope> _queue = new();

    public bool HasMessages => !_queue.IsEmpty;
    public int Count => _queue.Count;
    public void Enqueue(IActorRef receiver, Envelope envelope) => _queue.Enqueue(envelope);
    public bool TryDequeue(out Envelope envelope) => _queue.TryDequeue(out envelope);

    public void CleanUp(IActorRef owner, IMessageQueue deadletters)
    {
        while (TryDequeue(out var envelope)) deadletters.Enqueue(owner, envelope);
    }
}
