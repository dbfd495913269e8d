using Akka.Actor;
using Akka.Dispatch;
using Akka.Dispatch.SysMsg;
using Akka.Event;
using Akka.Remote.Transport;

namespace Akka.Remote.Associations;

/// <summary>
/// What this system sends to one other, in order, over a connection that it makes itself; what the other sends comes over the other's own.
/// Senders push on a stack, as with the mailbox of a cell; everything else is touched only by the association's turn, which the dispatcher
/// gives it. A turn right after that of the sending actor writes all that the actor has sent in one piece.
/// </summary>
internal sealed partial class Association : IRunnable
{
    private const int Idle = 0;
    private const int Scheduled = 1;

    private readonly Dispatch.MessageDispatcher _dispatcher;
    private Outgoing? _inbox; // newest first, shared with senders
    private int _status;
    private int _waiting;
    private int _overflowing;

    public Association(Remoting remoting, Address remote)
    {
        Remoting = remoting;
        Remote = remote;
        _dispatcher = remoting.Dispatcher;
        Receipts = new SystemReceipts();
        _names = NewNames();
    }

    public Remoting Remoting { get; }
    public Address Remote { get; }
    public ActorSystemImpl System => Remoting.SystemImpl;

    /// <summary>Which of the other's system messages have come.</summary>
    public SystemReceipts Receipts { get; }

    /// <summary>Sends a message; when too many wait already, it becomes a dead letter.</summary>
    public void Send(object message, IActorRef? sender, RemoteActorRef recipient)
    {
        if (Interlocked.Increment(ref _waiting) > Remoting.Settings.OutboundQueueSize)
        {
            Interlocked.Decrement(ref _waiting);
            Overflow(message, sender, recipient);
            return;
        }

        Post(new UserSend(message, sender, recipient));
    }

    /// <summary>Sends a message of the engine; it arrives once, or the other system is quarantined.</summary>
    public void SendSystem(SystemMessage message, RemoteActorRef recipient) => Post(new SystemSend(message, recipient));

    /// <summary>Runs something in the association's turn, after all that was sent before.</summary>
    public void Post(Action happening) => Post(new Happening(happening));

    private void Post(Outgoing item)
    {
        var head = Volatile.Read(ref _inbox);
        while (true)
        {
            item.Next = head;
            var seen = Interlocked.CompareExchange(ref _inbox, item, head);
            if (ReferenceEquals(seen, head)) break;
            head = seen;
        }

        if (Volatile.Read(ref _status) == Idle && Interlocked.CompareExchange(ref _status, Scheduled, Idle) == Idle) _dispatcher.Execute(this);
    }

    void IThreadPoolWorkItem.Execute() => _dispatcher.RunOnPool(this);

    public void Run()
    {
        var before = Serialization.Serialization.Enter(Remoting.Information);
        try
        {
            for (var item = TakeInbox(); item is not null;)
            {
                var next = item.Next;
                item.Next = null;
                Handle(item);
                item = next;
            }

            Pump();
        }
        catch (Exception cause)
        {
            Remoting.Log.Error(cause, "Sending to {0} failed", Remote);
            LinkIsBroken(cause);
        }
        finally
        {
            Serialization.Serialization.Enter(before);
        }

        Interlocked.Exchange(ref _status, Idle);
        if (Volatile.Read(ref _inbox) is not null && Interlocked.CompareExchange(ref _status, Scheduled, Idle) == Idle) _dispatcher.Execute(this);
    }

    private Outgoing? TakeInbox()
    {
        var item = Interlocked.Exchange(ref _inbox, null);
        Outgoing? ordered = null;
        while (item is not null)
        {
            var next = item.Next;
            item.Next = ordered;
            ordered = item;
            item = next;
        }

        return ordered;
    }

    private void Handle(Outgoing item)
    {
        switch (item)
        {
            case UserSend send:
                Take(send);
                break;
            case SystemSend send:
                Take(send);
                break;
            case Happening happening:
                happening.Run();
                break;
        }
    }

    private void Overflow(object message, IActorRef? sender, RemoteActorRef recipient)
    {
        if (Interlocked.Exchange(ref _overflowing, 1) == 0)
        {
            Remoting.Log.Warning(
                "More than {0} messages wait to be sent to {1} (akka.remote.outbound-message-queue-size); what comes on top becomes dead letters until there is room",
                Remoting.Settings.OutboundQueueSize, Remote);
        }

        ToDeadLetters(message, sender, recipient);
    }

    private void NoLongerWaits(UserSend send)
    {
        if (Interlocked.Decrement(ref _waiting) < Remoting.Settings.OutboundQueueSize / 2 && Volatile.Read(ref _overflowing) != 0) Volatile.Write(ref _overflowing, 0);
    }

    private void ToDeadLetters(object message, IActorRef? sender, RemoteActorRef recipient) =>
        System.DeadLetters.Tell(new DeadLetter(message, sender ?? System.DeadLetters, recipient), sender!);

    public override string ToString() => $"Association({Remoting.DefaultAddress} -> {Remote})";
}
