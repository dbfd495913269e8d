using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Event;
using Akka.Remote.Transport;
using Akka.Serialization;

namespace Akka.Remote.Associations;

/// <summary>What waits, and how it becomes frames. While one buffer is being written the other is filled.</summary>
internal sealed partial class Association
{
    // So much is written in one piece; larger buffers are given back after a large message.
    private const int PieceSize = 64 * 1024;
    private const int KeptBuffer = 256 * 1024;

    private readonly Queue<Outgoing> _queue = new();
    private bool _wakeIsSet;

    private void Take(UserSend send)
    {
        var fault = Remoting.Faults.Of(Remote);
        if (!ReferenceEquals(fault, LinkFault.None)) send.Due = Remoting.Now + fault.SendDelay(Remoting.Now);
        switch (_state)
        {
            case State.Active or State.Connecting:
                _queue.Enqueue(send);
                break;
            case State.Idle:
                _queue.Enqueue(send);
                Connect();
                break;
            case State.Quarantined when Remoting.Now >= _nextProbe:
                // Somebody else may live there now.
                _nextProbe = Remoting.Now + Remoting.Settings.RetryGateClosedFor;
                _queue.Enqueue(send);
                Connect();
                break;
            case State.Gated when KeepsSession:
                _queue.Enqueue(send);
                break;
            default:
                NoLongerWaits(send);
                ToDeadLetters(send.Message, send.Sender, send.Recipient);
                break;
        }
    }

    private void Pump()
    {
        if (_state is not State.Active || _link is not { } link) return;
        // As with a cable that was pulled: it waits until it can go, or until the other side counts as gone.
        if (Resumes && Remoting.Faults.Of(Remote).SendsNothing) return;
        if (_owesAck) WriteAck();
        while (_queue.TryPeek(out var item))
        {
            if (_retained.Bytes > Window) return;
            if (_filling.Length >= PieceSize)
            {
                if (link.IsWriting) return;
                Flush(link);
                if (!ReferenceEquals(_link, link)) return;
                continue;
            }

            if (item is UserSend { Due.Ticks: > 0 } late && late.Due > Remoting.Now)
            {
                WakeAt(late.Due);
                break;
            }

            _queue.Dequeue();
            if (item is UserSend user)
            {
                NoLongerWaits(user);
                Write(user, link);
            }
            else
            {
                Write((SystemSend)item);
            }
        }

        if (!link.IsWriting && _filling.Length > 0) Flush(link);
        if (_flushed is not null && _queue.Count == 0 && !link.IsWriting)
        {
            link.SayGoodBye(Farewell.Shutdown, "the system ends");
            Drop(null);
            _state = State.Idle;
        }
    }

    private void Flush(OutboundLink link)
    {
        RetainFilled(keepBytes: true);
        (_filling, link.Writing) = (link.Writing, _filling);
        link.IsWriting = true;
        if (!link.Write(link.Writing)) return;
        link.IsWriting = false;
        link.Writing.Reset(KeptBuffer);
    }

    /// <summary>The link has written a buffer.</summary>
    public void OnWritten(OutboundLink link)
    {
        if (!ReferenceEquals(link, _link)) return;
        link.IsWriting = false;
        link.Writing.Reset(KeptBuffer);
    }

    public void OnClosed(OutboundLink link, Exception? cause)
    {
        if (ReferenceEquals(link, _link)) LinkIsBroken(cause ?? new RemoteTransportException($"{Remote} has closed the connection"));
    }

    public void OnWelcome(OutboundLink link, Handshake welcome)
    {
        if (welcome.IsUnderstood) Welcomed(link, welcome.Uid, welcome.Received);
        else Refused(link, Farewell.WrongVersion, $"it speaks version {welcome.Version} of the protocol");
    }

    public void OnRefused(OutboundLink link, Farewell reason, string text) => Refused(link, reason, text);

    private void Write(UserSend send, OutboundLink link)
    {
        var fault = Remoting.Faults.Of(Remote);
        if (fault.SendsNothing || Remoting.Faults.Happens(fault.SendLoss)) return;
        var to = _filling;
        var frame = to.Length;
        var head = -1;
        try
        {
            var serializer = System.Serialization.FindSerializerFor(send.Message);
            var wire = serializer as IWireSerializer;
            var manifest = wire is not null ? wire.ManifestOf(send.Message) : Serialization.Serialization.ManifestFor(serializer, send.Message);
            if (_names.IsFull)
            {
                _names.Forget();
                Frame.End(to, Frame.Begin(to, FrameKind.Forget));
                _filledFrames++;
                frame = to.Length;
            }

            Frame.Begin(to, FrameKind.Message);
            to.WriteNumber(Remoting.Transport.FramesAreIndependent ? ++link.FramesSent : 0);
            _names.WriteRecipient(send.Recipient, to);
            _names.WriteSender(send.Sender, to);
            to.WriteSigned(serializer.Identifier);
            _names.WriteManifest(manifest, to);
            head = to.Length;
            if (wire is not null) wire.Write(send.Message, to);
            else to.WriteRaw(serializer.ToBinary(send.Message));
            if (to.Length - frame - Frame.HeadLength > Remoting.Settings.MaximumFrameSize)
            {
                throw new RemoteTransportException(
                    $"The message has {to.Length - head} bytes, more than fit in a frame of {Remoting.Settings.MaximumFrameSize} (maximum-frame-size)");
            }
        }
        catch (Exception cause)
        {
            Remoting.Log.Error(cause, "A message of type {0} to {1} cannot be sent: {2}", send.Message.GetType(), send.Recipient, cause.Message);
            ToDeadLetters(send.Message, send.Sender, send.Recipient);
            if (head < 0)
            {
                to.CutTo(frame);
                return;
            }

            // The head may have given numbers to paths, so the other side must see it.
            to.CutTo(head);
            to.PatchByte(frame + Frame.HeadLength, (byte)FrameKind.Skipped);
        }

        Frame.End(to, frame);
        _filledFrames++;
    }

    private void WakeAt(TimeSpan due)
    {
        if (_wakeIsSet) return;
        _wakeIsSet = true;
        Remoting.After(due - Remoting.Now, () => Post(() => _wakeIsSet = false));
    }

    /// <summary>What waits to be sent will not be; what must arrive stays unacknowledged.</summary>
    private void ForgetQueue()
    {
        while (_queue.TryDequeue(out var item))
        {
            if (item is UserSend send)
            {
                NoLongerWaits(send);
                ToDeadLetters(send.Message, send.Sender, send.Recipient);
            }
            else
            {
                ((SystemSend)item).IsQueued = false;
            }
        }
    }
}
