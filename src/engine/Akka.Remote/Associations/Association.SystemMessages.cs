using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Event;
using Akka.Serialization;

namespace Akka.Remote.Associations;

/// <summary>
/// Messages of the engine arrive once: each has a number, is kept until the other side has acknowledged it, and sent again until then. The
/// numbers begin anew with every incarnation of the other side.
/// </summary>
internal sealed partial class Association
{
    private readonly LinkedList<SystemSend> _unacknowledged = new();
    private long _lastNumber;
    private bool _resendIsSet;
    private TimeSpan _lastProgress;
    private bool _owesAck;
    private (int Uid, long Number) _ack;

    private void Take(SystemSend send)
    {
        if (_state is State.Quarantined)
        {
            AnswerForTheDead(send.Message);
            return;
        }

        send.Number = ++_lastNumber;
        send.Since = Remoting.Now;
        if (_unacknowledged.Count == 0) _lastProgress = send.Since;
        _unacknowledged.AddLast(send);
        if (_unacknowledged.Count > Remoting.Settings.SystemMessageBufferSize)
        {
            EnterQuarantine(_peerUid, $"more than {Remoting.Settings.SystemMessageBufferSize} system messages wait to be acknowledged (akka.remote.system-message-buffer-size)");
            return;
        }

        SetResend();
        if (_state is State.Gated) return;
        _queue.Enqueue(send);
        send.IsQueued = true;
        if (_state is State.Idle) Connect();
    }

    private void Write(SystemSend send)
    {
        send.IsQueued = false;
        if (send.Number == 0) return;
        var fault = Remoting.Faults.Of(Remote);
        if (fault.SendsNothing || Remoting.Faults.Happens(fault.SendLoss)) return;
        var to = _filling;
        var start = Frame.Begin(to, FrameKind.System);
        to.WriteNumber((ulong)send.Number);
        to.WriteText(send.Recipient.PlaceInSystem);
        Payload.Write(System.Serialization, send.Message, to);
        Frame.End(to, start);
        _filledFrames++;
    }

    /// <summary>On a new connection: first what was sent on an earlier one and never acknowledged, then what waits.</summary>
    private void QueueUnacknowledgedFirst()
    {
        if (_unacknowledged.Count == 0) return;
        var waiting = _queue.ToArray();
        _queue.Clear();
        QueueAgain();
        foreach (var item in waiting) _queue.Enqueue(item);
    }

    private void QueueAgain()
    {
        foreach (var send in _unacknowledged)
        {
            if (send.IsQueued) continue;
            send.IsQueued = true;
            _queue.Enqueue(send);
        }
    }

    private void SetResend()
    {
        if (_resendIsSet) return;
        _resendIsSet = true;
        Remoting.After(Remoting.Settings.ResendInterval, () => Post(Resend));
    }

    private void Resend()
    {
        _resendIsSet = false;
        if (_unacknowledged.First?.Value is not { } oldest) return;
        var now = Remoting.Now;
        if (now - oldest.Since >= Remoting.Settings.SystemMessageDeliveryTimeout)
        {
            EnterQuarantine(_peerUid, $"a system message was not acknowledged within {Remoting.Settings.SystemMessageDeliveryTimeout.TotalSeconds:F0} s (akka.remote.initial-system-message-delivery-timeout)");
        }
        else if (_state is State.Active && now - _lastProgress >= Remoting.Settings.ResendInterval)
        {
            QueueAgain();
        }
        else
        {
            ReconnectIfNeeded();
        }

        if (_unacknowledged.Count > 0) SetResend();
    }

    /// <summary>The other side has all up to a number.</summary>
    public void Acknowledged(int peerUid, long number) => Post(() =>
    {
        if (peerUid != _peerUid) return;
        while (_unacknowledged.First is { } first && first.Value.Number <= number)
        {
            _unacknowledged.RemoveFirst();
            _lastProgress = Remoting.Now;
        }
    });

    /// <summary>This side has all of an incarnation's up to a number, and should say so.</summary>
    public void OweAck(int peerUid, long number) => Post(() =>
    {
        _ack = (peerUid, number);
        _owesAck = true;
        if (_state is State.Idle) Connect();
    });

    private void WriteAck()
    {
        _owesAck = false;
        if (_ack.Uid != _peerUid || Remoting.Faults.Of(Remote).SendsNothing) return;
        var start = Frame.Begin(_filling, FrameKind.Ack);
        _filling.WriteFixed32(_ack.Uid);
        _filling.WriteNumber((ulong)_ack.Number);
        Frame.End(_filling, start);
        _filledFrames++;
    }

    /// <summary>Forgets what was for an earlier incarnation; what is for actors of the one that is there now goes on with new numbers.</summary>
    private void ForgetSystemMessagesTo(int newUid)
    {
        var all = _unacknowledged.ToArray();
        _unacknowledged.Clear();
        _lastNumber = 0;
        foreach (var send in all)
        {
            if (newUid != 0 && Incarnation.Of(send.Recipient.Path.Uid) == newUid)
            {
                send.Number = ++_lastNumber;
                _unacknowledged.AddLast(send);
            }
            else
            {
                send.Number = 0;
                AnswerForTheDead(send.Message);
            }
        }
    }

    private void AnswerForTheDead()
    {
        foreach (var send in _unacknowledged)
        {
            send.Number = 0;
            AnswerForTheDead(send.Message);
        }

        _unacknowledged.Clear();
        _lastNumber = 0;
        _owesAck = false;
    }

    private static void AnswerForTheDead(SystemMessage message)
    {
        if (message is Watch watch) watch.Watcher.SendSystemMessage(new DeathWatchNotification(watch.Watchee, existenceConfirmed: false, addressTerminated: true));
    }
}

/// <summary>Which system messages of an incarnation have come: each is taken once and in order. Asked by the threads of its connections.</summary>
internal sealed class SystemReceipts
{
    private readonly Lock _lock = new();
    private int _uid;
    private long _last;

    /// <summary>Whether the message is the next one; <paramref name="last"/> is the number to acknowledge.</summary>
    public bool IsNext(int uid, long number, out long last)
    {
        lock (_lock)
        {
            if (_uid != uid)
            {
                _uid = uid;
                _last = 0;
            }

            var next = number == _last + 1;
            if (next) _last = number;
            last = _last;
            return next;
        }
    }
}
