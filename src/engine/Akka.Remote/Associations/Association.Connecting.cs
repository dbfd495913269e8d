using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Event;
using Akka.Remote.Transport;
using Akka.Serialization;

namespace Akka.Remote.Associations;

/// <summary>The life of the connection: idle, connecting, active, gated for a while after a failure, or quarantined.</summary>
internal sealed partial class Association
{
    private enum State
    {
        Idle,
        Connecting,
        Active,
        Gated,
        Quarantined,
    }

    private static readonly TimeSpan HandshakeInterval = TimeSpan.FromSeconds(1);

    private readonly HashSet<int> _quarantined = [];
    private State _state;
    private OutboundLink? _link;
    private int _peerUid; // 0: not known yet
    private TimeSpan _connectingSince;
    private TimeSpan _activeSince;
    private TimeSpan _nextProbe;
    private TaskCompletionSource? _flushed;

    /// <summary>Whether nobody wants to hear of an incarnation any more. Any thread may ask.</summary>
    public bool HasQuarantined(int uid)
    {
        lock (_quarantined) return _quarantined.Contains(uid);
    }

    /// <summary>The other system has called: it lives, and this is its incarnation.</summary>
    public void PeerSeen(int uid) => Post(() =>
    {
        if (HasQuarantined(uid)) return;
        var isNew = Learn(uid);
        if (_state is State.Active && isNew)
        {
            // The old connection may never say that it has ended: what is sent from now on makes another.
            Drop(new RemoteTransportException($"{Remote} was started anew"));
            _state = State.Idle;
            ReconnectIfNeeded();
        }
        else if (_state is State.Gated or State.Quarantined)
        {
            _state = State.Idle;
            ReconnectIfNeeded();
        }
        else if (_state is State.Connecting && Remoting.Now - _connectingSince > HandshakeInterval)
        {
            // It is there now; an attempt from before may be waiting for a packet that was lost.
            Drop(null);
            Connect();
        }
    });

    /// <summary>Ends the connection; it is made again when there is something to send.</summary>
    public void Disconnect(string reason) => Post(() =>
    {
        if (_state is State.Active) LinkIsBroken(new RemoteTransportException($"Disconnected from {Remote}: {reason}"));
    });

    /// <summary>Has nothing more to do with an incarnation; without a uid, with the one that is known.</summary>
    public void Quarantine(int? uid, string reason) => Post(() => EnterQuarantine(uid ?? _peerUid, reason));

    /// <summary>Sends what waits, says good-bye and closes; the task ends then.</summary>
    public Task Flush()
    {
        var flushed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() =>
        {
            _flushed = flushed;
            if (_state is not State.Active) flushed.TrySetResult();
        });
        return flushed.Task;
    }

    private void Connect()
    {
        if (_flushed is not null) return;
        _state = State.Connecting;
        _connectingSince = Remoting.Now;
        var link = _link = new OutboundLink(this);
        Remoting.After(Remoting.Settings.ConnectionTimeout, () => Post(() =>
        {
            if (_state is State.Connecting && ReferenceEquals(_link, link)) LinkIsBroken(new RemoteTransportException($"No answer from {Remote} within {Remoting.Settings.ConnectionTimeout.TotalSeconds:F0} s"));
        }));
        if (!Remoting.Faults.Of(Remote).SendsNothing) Remoting.Transport.Connect(Remote, link);
        if (Remoting.Transport.FramesAreIndependent) IntroduceAgainLater(link);
    }

    // Where frames get lost by themselves, a handshake may as well.
    private void IntroduceAgainLater(OutboundLink link) => Remoting.After(HandshakeInterval, () => Post(() =>
    {
        if (_state is not State.Connecting || !ReferenceEquals(_link, link)) return;
        link.Introduce();
        IntroduceAgainLater(link);
    }));

    private void ReconnectIfNeeded()
    {
        if (_state is State.Idle && (_queue.Count > 0 || _unacknowledged.Count > 0 || _owesAck || _retained.Bytes > 0)) Connect();
    }

    /// <summary>The connection stands and the other system has said which incarnation it is.</summary>
    private void Welcomed(OutboundLink link, int uid, long received)
    {
        if (_state is not State.Connecting || !ReferenceEquals(_link, link)) return;
        if (HasQuarantined(uid))
        {
            link.SayGoodBye(Farewell.Quarantined, "this incarnation is quarantined; it must be restarted");
            Drop(null);
            _state = State.Quarantined;
            GiveUpSession();
            AnswerForTheDead();
            return;
        }

        Learn(uid);
        if (!Resume(link, received)) return;
        _state = State.Active;
        _activeSince = Remoting.Now;
        QueueUnacknowledgedFirst();
        Remoting.Provider.Publish(new AssociatedEvent(Remoting.DefaultAddress, Remote, inbound: false));
    }

    private void Refused(OutboundLink link, Farewell reason, string text)
    {
        if (_state is not State.Connecting || !ReferenceEquals(_link, link)) return;
        if (reason is Farewell.Quarantined)
        {
            Remoting.Provider.Publish(new ThisActorSystemQuarantinedEvent(Remoting.DefaultAddress, Remote));
            GiveUpSession();
        }

        LinkIsBroken(new RemoteTransportException($"{Remote} refuses the connection: {text}"));
    }

    /// <summary>True when there was another incarnation before.</summary>
    private bool Learn(int uid)
    {
        if (_peerUid == uid) return false;
        var before = _peerUid;
        _peerUid = uid;
        if (before == 0) return false;
        NewSession();
        Remoting.Log.Info("{0} was started anew: incarnation {1} after {2}", Remote, uid, before);
        ForgetSystemMessagesTo(uid);
        Remoting.Provider.IncarnationGone(Remote, before);
        return true;
    }

    private void LinkIsBroken(Exception? cause)
    {
        var was = _state;
        var lasted = was is State.Active && Remoting.Now - _activeSince >= Remoting.Settings.RetryGateClosedFor;
        Drop(cause);
        if (was is not (State.Active or State.Connecting)) return;
        if (lasted)
        {
            // It worked until now: the other side may just have closed.
            _state = State.Idle;
            ReconnectIfNeeded();
            return;
        }

        if (HasQuarantined(_peerUid))
        {
            _state = State.Quarantined;
            GiveUpSession();
            AnswerForTheDead();
            return;
        }

        _state = State.Gated;
        if (!KeepsSession) GiveUpSession();
        var gate = Remoting.Settings.RetryGateClosedFor;
        Remoting.After(gate, () => Post(() =>
        {
            if (_state is not State.Gated) return;
            if (!KeepsSession) GiveUpSession();
            _state = State.Idle;
            ReconnectIfNeeded();
        }));
    }

    /// <summary>Closes the connection, if there is one, and says so.</summary>
    private void Drop(Exception? cause)
    {
        var link = _link;
        _link = null;
        if (link is null) return;
        RetainFilled();
        _brokenSince ??= Remoting.Now;
        if (_state is State.Active)
        {
            Remoting.Provider.Publish(new DisassociatedEvent(Remoting.DefaultAddress, Remote, inbound: false));
            if (cause is not null) Remoting.Log.Info("The connection to {0} has ended: {1}", Remote, cause.Message);
        }
        else if (cause is not null && _state is State.Connecting)
        {
            Remoting.Provider.Publish(new AssociationErrorEvent(cause, Remoting.DefaultAddress, Remote, inbound: false, LogLevel.WarningLevel));
        }

        link.Close();
        _flushed?.TrySetResult();
    }

    private void EnterQuarantine(int uid, string reason)
    {
        if (uid == 0)
        {
            Remoting.Log.Warning("{0} cannot be quarantined: its incarnation is not known ({1})", Remote, reason);
            ForgetSystemMessagesTo(0);
            return;
        }

        lock (_quarantined)
        {
            if (!_quarantined.Add(uid)) return;
        }

        if (_peerUid == uid || _peerUid == 0)
        {
            _link?.SayGoodBye(Farewell.Quarantined, reason);
            Drop(null);
            _state = State.Quarantined;
            _peerUid = uid;
            GiveUpSession();
            AnswerForTheDead();
        }

        CloseInbound(uid);
        Remoting.Log.Warning("Incarnation {0} of {1} is quarantined: {2}", uid, Remote, reason);
        Remoting.Provider.Publish(new QuarantinedEvent(Remote, uid));
        Remoting.Provider.IncarnationGone(Remote, uid);
    }
}

/// <summary>The connection that an association made. What happens on it becomes a turn of the association.</summary>
internal sealed class OutboundLink(Association association) : ILinkHandler
{
    private ILink? _link;
    private volatile bool _closed;

    /// <summary>What is being written.</summary>
    public WireBuffer Writing = new(4096);
    public bool IsWriting;

    /// <summary>The session that the handshake named.</summary>
    public int Session { get; private set; }

    public ulong FramesSent;

    public int MaximumFrame => 64 * 1024;

    public bool Write(WireBuffer frames) => _link!.Write(frames);

    public void Opened(ILink link)
    {
        _link = link;
        association.Post(Introduce);
    }

    public void Introduce()
    {
        if (_link is null || IsWriting) return;
        if (_closed)
        {
            _link.Close();
            return;
        }

        var remoting = association.Remoting;
        Session = association.Session;
        new Handshake(Handshake.CurrentVersion, Handshake.OldestUnderstood, remoting.DefaultAddress, remoting.Uid, association.Remote, Session).Write(Writing, FrameKind.Hello);
        IsWriting = !_link.Write(Writing);
        if (!IsWriting) Writing.Clear();
    }

    public void Received(ReadOnlySpan<byte> frame)
    {
        var reader = new WireReader(frame);
        switch ((FrameKind)reader.ReadByte())
        {
            case FrameKind.Welcome:
                var welcome = Handshake.Read(ref reader);
                association.Post(() => association.OnWelcome(this, welcome));
                break;
            case FrameKind.Received:
                var received = reader.ReadFixed64();
                association.Post(() => association.Confirmed(this, received));
                break;
            case FrameKind.Refused:
                var reason = (Farewell)reader.ReadByte();
                var text = reader.ReadText();
                association.Post(() => association.OnRefused(this, reason, text));
                break;
            case var other:
                throw new FormatException($"A frame of kind {other} does not belong here");
        }
    }

    public void Written() => association.Post(() => association.OnWritten(this));

    public void Closed(Exception? cause) => association.Post(() => association.OnClosed(this, cause));

    /// <summary>Only when nothing is being written: the word must not come into the middle of a frame.</summary>
    public void SayGoodBye(Farewell reason, string text)
    {
        if (_link is null || IsWriting) return;
        var bye = new WireBuffer();
        Frame.WriteFarewell(bye, FrameKind.Bye, reason, text);
        _link.Write(bye);
    }

    public void Close()
    {
        _closed = true;
        _link?.Close();
    }
}
