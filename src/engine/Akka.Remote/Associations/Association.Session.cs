using Akka.Event;
using Akka.Serialization;

namespace Akka.Remote.Associations;

/// <summary>
/// What goes on over several connections to one incarnation: the numbers of paths and manifests, and the frames that have not been confirmed. Where
/// frames get lost by themselves (a simulated network) there is none of it.
/// </summary>
internal sealed partial class Association
{
    // So much may be unconfirmed before sending waits. The other side confirms far more often.
    private const long Window = 16 * 1024 * 1024;

    private readonly RetainedFrames _retained = new();
    private OutboundNames _names;
    private WireBuffer _filling = new(4096);
    private int _filledFrames;
    private TimeSpan? _brokenSince;

    /// <summary>Which session it is; any thread may ask.</summary>
    public int Session => Resumes ? Volatile.Read(ref _session) : 0;

    private int _session = 1;

    private bool Resumes => !Remoting.Transport.FramesAreIndependent;

    /// <summary>Whether what waits may still be delivered to the incarnation that it is for.</summary>
    private bool KeepsSession => Resumes && _peerUid != 0 && (_brokenSince is not { } since || Remoting.Now - since < Remoting.Settings.ResumeWithin);

    private OutboundNames NewNames() => new(Remoting.DefaultAddress, Remote, numbers: Resumes);

    /// <summary>Begins with nothing: the other side is another, or has been away for too long.</summary>
    private void NewSession()
    {
        _names = NewNames();
        _retained.Clear();
        _filling.Clear();
        _filledFrames = 0;
        _brokenSince = null;
        Volatile.Write(ref _session, _session + 1);
    }

    private void GiveUpSession()
    {
        NewSession();
        ForgetQueue();
    }

    /// <summary>Goes on after the last frame that has arrived; false when that cannot be done.</summary>
    private bool Resume(OutboundLink link, long received)
    {
        _brokenSince = null;
        if (!Resumes)
        {
            _filling.Clear();
            return true;
        }

        if (link.Session != _session)
        {
            // The session that the other side was asked for is given up: another call.
            CallAnew();
            return false;
        }

        link.Writing.Clear();
        if (!_retained.TryWriteAfter(received, link.Writing))
        {
            Remoting.Log.Warning("{0} has {1} frames of a session of {2}; what is between is lost", Remote, received, _retained.Total);
            NewSession();
            CallAnew();
            return false;
        }

        if (link.Writing.Length > 0) link.IsWriting = !link.Write(link.Writing);
        if (!link.IsWriting) link.Writing.Reset(KeptBuffer);
        return true;
    }

    private void CallAnew()
    {
        Drop(null);
        _state = State.Idle;
        ReconnectIfNeeded();
    }

    /// <summary>What was made into frames belongs to the session, whether it gets out on this connection or on the next.</summary>
    private void RetainFilled(bool keepBytes = false)
    {
        if (Resumes && _filling.Length > 0) _retained.Add(_filling.Written, _filledFrames);
        _filledFrames = 0;
        if (!keepBytes) _filling.Clear();
    }

    public void Confirmed(OutboundLink link, long received)
    {
        if (ReferenceEquals(link, _link)) _retained.Confirm(received);
    }
}
