using Akka.Actor;

namespace AkkaKube.Fabric;

/// <summary>What a segment did to a <see cref="FabricStream"/>.</summary>
public enum StreamEvent
{
    /// <summary>Nothing its owner must know.</summary>
    None,

    /// <summary>Bytes arrived: take them with <see cref="FabricStream.Take"/>.</summary>
    Received,

    /// <summary>All that was written has been sent; a writer that waited may go on.</summary>
    Drained,

    /// <summary>The other end sends no more; what arrived before can still be taken.</summary>
    Finished,

    /// <summary>The other end dropped the connection.</summary>
    Reset,
}

/// <summary>
/// An actor's end of a connection: keeps to the window when it sends, gives credit when its owner has taken bytes. It belongs to the
/// actor that made it and is used on that actor's turn alone. The actor hands it every <see cref="Connection.Segment"/> that carries its id.
/// </summary>
public sealed class FabricStream
{
    private readonly IActorRef _self;
    private readonly IActorRef? _fabric;
    private readonly Queue<ReadOnlyMemory<byte>> _unsent = new();
    private readonly Queue<ReadOnlyMemory<byte>> _received = new();
    private long _credit;
    private int _owed;
    private bool _finishing;
    private bool _sentFinish;
    private bool _gone;

    /// <summary>Holds <paramref name="connection"/> for the actor <paramref name="self"/>.</summary>
    /// <param name="connection">From <see cref="FabricActor.Connected"/> or <see cref="FabricActor.Incoming"/>.</param>
    /// <param name="self">The owner.</param>
    /// <param name="fabric">Hears how much was carried when the connection ends; null at the end that accepted it.</param>
    public FabricStream(Connection connection, IActorRef self, IActorRef? fabric)
    {
        Connection = connection;
        _self = self;
        _fabric = fabric;
        _credit = connection.Window;
    }

    /// <summary>Addresses and numbers of the connection.</summary>
    public Connection Connection { get; }

    /// <summary>Bytes written and not yet sent, because the other end has not consumed enough. A good writer waits until this is 0.</summary>
    public long Unsent { get; private set; }

    /// <summary>Bytes that wait to be taken.</summary>
    public int Available { get; private set; }

    /// <summary>All bytes sent over the connection so far.</summary>
    public long BytesSent { get; private set; }

    /// <summary>All bytes received over the connection so far.</summary>
    public long BytesReceived { get; private set; }

    /// <summary>Whether the other end has said that it sends no more.</summary>
    public bool PeerFinished { get; private set; }

    /// <summary>Whether nothing more can happen: both ends finished, or one reset.</summary>
    public bool IsClosed => _gone;

    /// <summary>Sends bytes, now or as soon as there is credit. The memory must not change afterwards.</summary>
    public void Write(ReadOnlyMemory<byte> bytes)
    {
        if (_finishing || _gone || bytes.IsEmpty) return;
        _unsent.Enqueue(bytes);
        Unsent += bytes.Length;
        SendWhatFits();
    }

    /// <summary>Says that no more will be written, once all that was written is sent.</summary>
    public void Finish()
    {
        if (_finishing || _gone) return;
        _finishing = true;
        SendWhatFits();
    }

    /// <summary>Drops the connection at once.</summary>
    public void Reset()
    {
        if (_gone) return;
        Connection.Send(new Connection.Reset(Connection.PeerId), _self);
        End();
    }

    /// <summary>The next bytes that arrived, empty if there are none. Taking them gives the sender credit for as many.</summary>
    /// <param name="most">Take no more than this.</param>
    public ReadOnlyMemory<byte> Take(int most = int.MaxValue)
    {
        if (!_received.TryPeek(out var head)) return default;
        if (head.Length <= most) _received.Dequeue();
        else
        {
            Replace(_received, head[most..]);
            head = head[..most];
        }

        Available -= head.Length;
        _owed += head.Length;
        // Credit in halves of the window: one message for many small reads.
        if (!_gone && !PeerFinished && (_owed >= Connection.Window / 2 || Available == 0))
        {
            Connection.Send(new Connection.Credit(Connection.PeerId, _owed), _self);
            _owed = 0;
        }

        return head;
    }

    /// <summary>Applies a segment that arrived for this end.</summary>
    public StreamEvent Handle(Connection.Segment segment)
    {
        if (_gone) return StreamEvent.None;
        switch (segment)
        {
            case Connection.Data data:
                _received.Enqueue(data.Bytes);
                Available += data.Bytes.Length;
                BytesReceived += data.Bytes.Length;
                return StreamEvent.Received;
            case Connection.Credit credit:
                _credit += credit.Bytes;
                var waited = Unsent > 0;
                SendWhatFits();
                return waited && Unsent == 0 ? StreamEvent.Drained : StreamEvent.None;
            case Connection.Finish:
                PeerFinished = true;
                if (_sentFinish) End();
                return StreamEvent.Finished;
            case Connection.Reset:
                End();
                _received.Clear();
                Available = 0;
                return StreamEvent.Reset;
            default:
                return StreamEvent.None;
        }
    }

    private static void Replace(Queue<ReadOnlyMemory<byte>> queue, ReadOnlyMemory<byte> head)
    {
        // A queue has no way to put its head back: turn it once around.
        queue.Dequeue();
        var rest = queue.Count;
        queue.Enqueue(head);
        for (var i = 0; i < rest; i++) queue.Enqueue(queue.Dequeue());
    }

    private void SendWhatFits()
    {
        while (_credit > 0 && _unsent.TryPeek(out var head))
        {
            var part = head;
            if (head.Length <= _credit) _unsent.Dequeue();
            else
            {
                part = head[..(int)_credit];
                Replace(_unsent, head[part.Length..]);
            }

            _credit -= part.Length;
            Unsent -= part.Length;
            BytesSent += part.Length;
            Connection.Send(new Connection.Data(Connection.PeerId, part), _self);
        }

        if (!_finishing || _sentFinish || Unsent > 0) return;
        _sentFinish = true;
        Connection.Send(new Connection.Finish(Connection.PeerId), _self);
        if (PeerFinished) End();
    }

    private void End()
    {
        _gone = true;
        _unsent.Clear();
        Unsent = 0;
        _fabric?.Tell(new FabricActor.ConnectionEnded(Connection.Id, BytesSent, BytesReceived), _self);
    }
}
