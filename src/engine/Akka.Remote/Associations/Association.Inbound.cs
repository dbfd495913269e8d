namespace Akka.Remote.Associations;

/// <summary>The connections that the other system has made: the newest counts, and goes on where the one before has ended.</summary>
internal sealed partial class Association
{
    private readonly Lock _inboundChange = new();
    private InboundSession? _inbound;

    /// <summary>The session of a connection that has just come; the one before it is heard no more.</summary>
    public InboundSession Came(InboundConnection connection, int uid, int session)
    {
        lock (_inboundChange)
        {
            var before = _inbound;
            if (before is null || session == 0 || before.Uid != uid || before.Number != session) _inbound = new InboundSession(uid, session, new InboundNames(Remoting.Provider, Remote));
            before?.Enter(null)?.Supersede();
            _inbound!.Enter(connection);
            return _inbound;
        }
    }

    private void CloseInbound(int uid)
    {
        lock (_inboundChange)
        {
            if (_inbound is not { } inbound || inbound.Uid != uid) return;
            inbound.Enter(null)?.Supersede();
            _inbound = null;
        }
    }
}

/// <summary>What goes on over several connections of one incarnation of the other system. The lock keeps the old connection's thread out when the new one begins.</summary>
internal sealed class InboundSession(int uid, int number, InboundNames names)
{
    private InboundConnection? _owner;

    public int Uid => uid;
    public int Number => number;
    public InboundNames Names => names;

    /// <summary>Held while a frame is handled.</summary>
    public Lock Lock { get; } = new();

    /// <summary>How many frames have arrived; under the lock.</summary>
    public long Frames { get; set; }

    /// <summary>Whether a connection is the one that counts; under the lock.</summary>
    public bool IsOwnedBy(InboundConnection connection) => ReferenceEquals(_owner, connection);

    /// <summary>Makes a connection the one that counts; gives back the one before.</summary>
    public InboundConnection? Enter(InboundConnection? connection)
    {
        lock (Lock)
        {
            var before = _owner;
            _owner = connection;
            return before;
        }
    }
}
