using System.Collections.Immutable;

namespace Akka.Cluster.Membership;

/// <summary>
/// Which peers this host cannot reach: those that have not answered a heartbeat for longer than the pause. Pure: moments of a monotonic clock
/// go in. When this host itself was away (its own ticks are far apart), nobody is blamed for the time.
/// </summary>
/// <param name="pause">How long a peer may be silent.</param>
/// <param name="firstPause">How long a new one may: a connection has to be made first.</param>
internal sealed class PeerMonitor(TimeSpan pause, TimeSpan firstPause)
{
    private readonly Dictionary<int, TimeSpan> _deadlines = [];
    private ImmutableHashSet<int> _silent = [];
    private ImmutableHashSet<int> _answered = [];
    private TimeSpan? _lastTick;

    /// <summary>Those that have not answered in time.</summary>
    public ImmutableHashSet<int> Silent => _silent;

    /// <summary>Those that have answered at all.</summary>
    public ImmutableHashSet<int> Answered => _answered;

    /// <summary>Who is to be watched from now on.</summary>
    public void Watch(TimeSpan now, IReadOnlyCollection<int> peers)
    {
        foreach (var gone in _deadlines.Keys.Where(uid => !peers.Contains(uid)).ToList()) _deadlines.Remove(gone);
        foreach (var peer in peers) _deadlines.TryAdd(peer, now + firstPause);
        _silent = _silent.Intersect(peers);
        _answered = _answered.Intersect(peers);
    }

    /// <summary>A peer has answered.</summary>
    public void Heard(TimeSpan now, int peer)
    {
        if (!_deadlines.ContainsKey(peer)) return;
        _deadlines[peer] = now + pause;
        _silent = _silent.Remove(peer);
        _answered = _answered.Add(peer);
    }

    /// <summary>Time goes by; called at every beat.</summary>
    public void Tick(TimeSpan now)
    {
        var away = _lastTick is { } last && now - last > pause / 2;
        _lastTick = now;
        foreach (var (peer, deadline) in _deadlines)
        {
            if (_silent.Contains(peer)) continue;
            if (away) _deadlines[peer] = now + pause;
            else if (now >= deadline) _silent = _silent.Add(peer);
        }
    }
}
