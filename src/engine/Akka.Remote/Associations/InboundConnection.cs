using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Event;
using Akka.Remote.Transport;
using Akka.Remote.Watching;
using Akka.Serialization;

namespace Akka.Remote.Associations;

/// <summary>A connection that another system made: it says who it is, then sends. What arrives goes straight into the mailboxes.</summary>
internal sealed class InboundConnection(Remoting remoting, ILink link) : ILinkHandler
{
    private const int ConfirmedBytes = 64 * 1024;

    private Association? _association;
    private InboundSession? _session;
    private InboundNames? _names;
    private int _unconfirmed;
    private readonly WireBuffer _confirmation = new(64);
    private int _isWriting;
    private int _peerUid;
    private ulong _lastFrame;
    private int _manifestErrors;

    /// <summary>A newer connection of the same system has come; the rest of this one is not heard.</summary>
    private volatile bool _superseded;

    public int MaximumFrame => _association is null ? 64 * 1024 : remoting.Settings.MaximumFrameSize;

    public void Opened(ILink opened)
    {
        // Half a handshake must not hold a connection for ever.
        remoting.After(remoting.Settings.ConnectionTimeout, () =>
        {
            if (_association is null) link.Close();
        });
    }

    public void Written() => Volatile.Write(ref _isWriting, 0);

    public void Closed(Exception? cause)
    {
        if (_association is null)
        {
            if (cause is not null) remoting.Log.Warning("A connection from {0} was refused: {1}", link.Peer, cause.Message);
            return;
        }

        if (cause is not null && !_superseded) remoting.Log.Info("The connection from {0} has ended: {1}", _association.Remote, cause.Message);
        remoting.Provider.Publish(new DisassociatedEvent(remoting.DefaultAddress, _association.Remote, inbound: true));
    }

    public void Supersede()
    {
        _superseded = true;
        link.Close();
    }

    public void Received(ReadOnlySpan<byte> frame)
    {
        var reader = new WireReader(frame);
        var kind = (FrameKind)reader.ReadByte();
        if (_association is null)
        {
            if (kind is not FrameKind.Hello) throw new FormatException($"The first frame is of kind {kind}, not a handshake");
            Answer(Handshake.Read(ref reader));
            return;
        }

        if (_superseded) return;
        var before = Serialization.Serialization.Enter(remoting.Information);
        try
        {
            lock (_session!.Lock)
            {
                if (!_session.IsOwnedBy(this)) return;
                if (_session.Number != 0 && remoting.Faults.Of(_association.Remote).ReceivesNothing)
                {
                    // As with a cable that was pulled: it is sent again when the other side can be heard again.
                    link.Close();
                    return;
                }

                _session.Frames++;
                Handle(kind, ref reader);
                Confirm(frame.Length);
            }
        }
        finally
        {
            Serialization.Serialization.Enter(before);
        }
    }

    /// <summary>Now and then says how much has arrived, so that the other side need not keep it.</summary>
    private void Confirm(int bytes)
    {
        _unconfirmed += bytes;
        if (_session!.Number == 0 || _unconfirmed < ConfirmedBytes || Interlocked.CompareExchange(ref _isWriting, 1, 0) != 0) return;
        _unconfirmed = 0;
        _confirmation.Clear();
        var start = Frame.Begin(_confirmation, FrameKind.Received);
        _confirmation.WriteFixed64(_session.Frames);
        Frame.End(_confirmation, start);
        if (link.Write(_confirmation)) Volatile.Write(ref _isWriting, 0);
    }

    private void Answer(Handshake hello)
    {
        if (remoting.Faults.Of(hello.From) is { ReceivesNothing: true } or { SendsNothing: true }) return;
        if (!hello.IsUnderstood)
        {
            Refuse(Farewell.WrongVersion, $"it speaks versions {Handshake.OldestUnderstood} to {Handshake.CurrentVersion} of the protocol, you {hello.OldestVersion} to {hello.Version}");
            return;
        }

        if (hello.To is null || !remoting.Provider.HasAddress(hello.To))
        {
            remoting.Log.Error("{0} called this system {1}, but it is {2}; is its host name or port wrong (hostname, public-hostname)?", hello.From, hello.To, remoting.DefaultAddress);
            Refuse(Farewell.WrongAddress, $"it is {remoting.DefaultAddress}, not {hello.To}");
            return;
        }

        var association = remoting.AssociationOf(hello.From);
        if (association.HasQuarantined(hello.Uid))
        {
            Refuse(Farewell.Quarantined, "this incarnation is quarantined; it must be restarted");
            return;
        }

        _peerUid = hello.Uid;
        _session = association.Came(this, hello.Uid, hello.Session);
        _names = _session.Names;
        association.PeerSeen(hello.Uid);
        _association = association;
        Welcome();
        remoting.Provider.Publish(new AssociatedEvent(remoting.DefaultAddress, hello.From, inbound: true));
    }

    private void Welcome()
    {
        var welcome = new WireBuffer();
        new Handshake(Handshake.CurrentVersion, Handshake.OldestUnderstood, remoting.DefaultAddress, remoting.Uid, _association!.Remote, Received: Arrived()).Write(welcome, FrameKind.Welcome);
        Volatile.Write(ref _isWriting, 1);
        if (link.Write(welcome)) Volatile.Write(ref _isWriting, 0);
    }

    private long Arrived()
    {
        if (_session!.Number == 0) return 0;
        lock (_session.Lock) return _session.Frames;
    }

    private void Refuse(Farewell reason, string text)
    {
        var refusal = new WireBuffer();
        Frame.WriteFarewell(refusal, FrameKind.Refused, reason, text);
        link.Write(refusal);
    }

    private void Handle(FrameKind kind, ref WireReader reader)
    {
        switch (kind)
        {
            case FrameKind.Message:
                Message(ref reader, deliver: true);
                break;
            case FrameKind.Skipped:
                Message(ref reader, deliver: false);
                break;
            case FrameKind.System:
                SystemMessage(ref reader);
                break;
            case FrameKind.Ack:
                var uid = reader.ReadFixed32();
                var number = reader.ReadNumber();
                if (uid == remoting.Uid && !IsLost()) _association!.Acknowledged(_peerUid, (long)number);
                break;
            case FrameKind.Forget:
                _names!.Forget();
                break;
            case FrameKind.Bye:
                Bye((Farewell)reader.ReadByte(), reader.ReadText());
                break;
            case FrameKind.Hello:
                Welcome(); // it came twice, or the answer was lost
                break;
            default:
                throw new FormatException($"There is no kind of frame {(byte)kind}");
        }
    }

    private void Message(ref WireReader reader, bool deliver)
    {
        var frame = reader.ReadNumber();
        var recipient = _names!.ReadRecipient(ref reader);
        var sender = _names.ReadSender(ref reader);
        var serializer = checked((int)reader.ReadSigned());
        var manifest = _names.ReadManifest(ref reader);
        if (!deliver || IsLost()) return;
        if (frame != 0)
        {
            if (frame <= _lastFrame) return; // came twice
            _lastFrame = frame;
        }

        object message;
        try
        {
            message = Payload.Read(remoting.SystemImpl.Serialization, serializer, manifest, reader.Rest());
        }
        catch (Exception cause)
        {
            if (_manifestErrors++ < 100) remoting.Log.Error(cause, "A message (serializer {0}, manifest '{1}') from {2} to {3} cannot be read: {4}", serializer, manifest, _association!.Remote, recipient, cause.Message);
            return;
        }

        if (message is ActorSelectionMessage selection) SelectionDelivery.Deliver(recipient, sender, selection.Message, selection.Elements, 0, selection.WildCardFanOut);
        else recipient.Tell(message, sender!);
    }

    private void SystemMessage(ref WireReader reader)
    {
        var number = (long)reader.ReadNumber();
        var place = reader.ReadText();
        if (IsLost()) return;
        var next = _association!.Receipts.IsNext(_peerUid, number, out var last);
        _association.OweAck(_peerUid, last);
        if (!next) return;
        var message = (SystemMessage)Payload.Read(remoting.SystemImpl.Serialization, ref reader);
        if (remoting.Provider.ResolveLocal(place) is not { } recipient) return;
        if (message is DeathWatchNotification gone) remoting.Provider.TellWatcher(new RemoteWatcher.Unwatched(gone.Actor, recipient));
        recipient.SendSystemMessage(message);
    }

    private void Bye(Farewell reason, string text)
    {
        remoting.Log.Info("{0} has said good-bye: {1}", _association!.Remote, text);
        if (reason is Farewell.Quarantined) remoting.Provider.Publish(new ThisActorSystemQuarantinedEvent(remoting.DefaultAddress, _association.Remote));
        else if (reason is Farewell.Shutdown) remoting.Provider.IncarnationGone(_association.Remote, _peerUid);
        link.Close();
    }

    private bool IsLost()
    {
        var fault = remoting.Faults.Of(_association!.Remote);
        return fault.ReceivesNothing || remoting.Faults.Happens(fault.ReceiveLoss);
    }
}
