using Akka.Actor;

namespace Akka.Cluster.Membership;

/// <summary>
/// Until when this host may be sure that nobody has declared it dead: as long as others wait before they do, counted from the moment at which its
/// last successful renewal was sent. Any thread may ask, at no cost.
/// </summary>
internal sealed class HostLease(Func<TimeSpan> clock, TimeSpan ttl)
{
    private long _until = long.MinValue;
    private volatile bool _ended;

    public bool IsValid => !_ended && clock().Ticks < Volatile.Read(ref _until);

    /// <summary>A renewal that was sent at <paramref name="start"/> has succeeded.</summary>
    public void Renewed(TimeSpan start)
    {
        var until = (start + ttl).Ticks;
        if (until > Volatile.Read(ref _until)) Volatile.Write(ref _until, until);
    }

    /// <summary>The host is out for good.</summary>
    public void End() => _ended = true;
}
