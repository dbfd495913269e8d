using Akka.Configuration;
using Akka.Event;

namespace Akka.Remote;

/// <summary>Believes that something is gone when no heartbeat has come for a given time.</summary>
public class DeadlineFailureDetector : FailureDetector
{
    private readonly Clock _clock;
    private readonly long _deadline;
    private long _last = long.MinValue;

    /// <summary>Waits for <paramref name="acceptableHeartbeatPause"/>.</summary>
    public DeadlineFailureDetector(TimeSpan acceptableHeartbeatPause, Clock? clock = null) : this(acceptableHeartbeatPause, TimeSpan.Zero, clock) { }

    /// <summary>Waits for <paramref name="heartbeatInterval"/> and <paramref name="acceptableHeartbeatPause"/>.</summary>
    public DeadlineFailureDetector(TimeSpan acceptableHeartbeatPause, TimeSpan heartbeatInterval, Clock? clock = null)
    {
        if (acceptableHeartbeatPause <= TimeSpan.Zero) throw new ArgumentException("failure-detector.acceptable-heartbeat-pause must be > 0", nameof(acceptableHeartbeatPause));
        if (heartbeatInterval < TimeSpan.Zero) throw new ArgumentException("failure-detector.heartbeat-interval must be >= 0", nameof(heartbeatInterval));
        _clock = clock ?? DefaultClock;
        _deadline = (long)(acceptableHeartbeatPause + heartbeatInterval).TotalMilliseconds;
    }

    /// <summary>Reads <c>acceptable-heartbeat-pause</c> and <c>heartbeat-interval</c>.</summary>
    public DeadlineFailureDetector(Config config, EventStream ev) : this(config, DefaultClock) { }

    internal DeadlineFailureDetector(Config config, Clock clock)
        : this(config.GetTimeSpan("acceptable-heartbeat-pause"), config.GetTimeSpan("heartbeat-interval", TimeSpan.Zero), clock) { }

    /// <inheritdoc />
    public override bool IsAvailable => Volatile.Read(ref _last) is var last && (last == long.MinValue || _clock() <= last + _deadline);

    /// <inheritdoc />
    public override bool IsMonitoring => Volatile.Read(ref _last) != long.MinValue;

    /// <inheritdoc />
    public sealed override void HeartBeat() => Volatile.Write(ref _last, _clock());
}
