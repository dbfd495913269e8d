using Akka.Configuration;
using Akka.Event;

namespace Akka.Remote;

/// <summary>
/// Learns how regular the heartbeats are and says how unlikely the present silence is: phi = -log10(chance that the heartbeat is only late).
/// Above the threshold it believes that the sender is gone. (Hayashibara et al., The phi accrual failure detector, 2004.)
/// </summary>
public class PhiAccrualFailureDetector : FailureDetector
{
    private readonly double _threshold;
    private readonly int _maxSampleSize;
    private readonly double _minStdDeviation;
    private readonly double _acceptablePause;
    private readonly Clock _clock;
    private readonly HeartbeatHistory _first;
    private State _state;

    private sealed record State(HeartbeatHistory History, long? Last);

    /// <summary>Creates a detector.</summary>
    public PhiAccrualFailureDetector(double threshold, int maxSampleSize, TimeSpan minStdDeviation, TimeSpan acceptableHeartbeatPause, TimeSpan firstHeartbeatEstimate, Clock? clock = null)
    {
        if (threshold <= 0) throw new ArgumentOutOfRangeException(nameof(threshold), "failure-detector.threshold must be > 0");
        if (maxSampleSize <= 0) throw new ArgumentOutOfRangeException(nameof(maxSampleSize), "failure-detector.max-sample-size must be > 0");
        if (minStdDeviation <= TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(minStdDeviation), "failure-detector.min-std-deviation must be > 0");
        if (acceptableHeartbeatPause < TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(acceptableHeartbeatPause), "failure-detector.acceptable-heartbeat-pause must be >= 0");
        if (firstHeartbeatEstimate <= TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(firstHeartbeatEstimate), "failure-detector.heartbeat-interval must be > 0");
        _threshold = threshold;
        _maxSampleSize = maxSampleSize;
        _minStdDeviation = minStdDeviation.TotalMilliseconds;
        _acceptablePause = acceptableHeartbeatPause.TotalMilliseconds;
        _clock = clock ?? DefaultClock;
        // Two made-up intervals, a quarter off to both sides, so that the first silence is not judged by a deviation of zero.
        var mean = firstHeartbeatEstimate.TotalMilliseconds;
        _first = HeartbeatHistory.Empty.Add(mean - mean / 4, maxSampleSize).Add(mean + mean / 4, maxSampleSize);
        _state = new State(_first, null);
    }

    /// <summary>Reads <c>threshold</c>, <c>max-sample-size</c>, <c>min-std-deviation</c>, <c>acceptable-heartbeat-pause</c> and <c>heartbeat-interval</c>.</summary>
    public PhiAccrualFailureDetector(Config config, EventStream ev) : this(config, DefaultClock) { }

    internal PhiAccrualFailureDetector(Config config, Clock clock)
        : this(config.GetDouble("threshold"), config.GetInt("max-sample-size"), config.GetTimeSpan("min-std-deviation"), config.GetTimeSpan("acceptable-heartbeat-pause"), config.GetTimeSpan("heartbeat-interval"), clock) { }

    /// <inheritdoc />
    public override bool IsAvailable => PhiAt(_clock()) < _threshold;

    /// <inheritdoc />
    public override bool IsMonitoring => Volatile.Read(ref _state).Last is not null;

    internal double CurrentPhi => PhiAt(_clock());

    /// <inheritdoc />
    public sealed override void HeartBeat()
    {
        var now = _clock();
        while (true)
        {
            var before = Volatile.Read(ref _state);
            var history = before.Last switch
            {
                null => _first,
                // A silence that was judged as the end says nothing of how regular the sender is.
                { } last when PhiAt(now, before) < _threshold => before.History.Add(now - last, _maxSampleSize),
                _ => before.History,
            };
            if (ReferenceEquals(Interlocked.CompareExchange(ref _state, new State(history, now), before), before)) return;
        }
    }

    private double PhiAt(long now) => PhiAt(now, Volatile.Read(ref _state));

    private double PhiAt(long now, State state) =>
        state.Last is { } last ? Phi(now - last, state.History.Mean + _acceptablePause, Math.Max(state.History.StdDeviation, _minStdDeviation)) : 0.0;

    /// <summary>By the logistic approximation of the normal distribution's tail.</summary>
    internal static double Phi(double silence, double mean, double stdDeviation)
    {
        var y = (silence - mean) / stdDeviation;
        var e = Math.Exp(-y * (1.5976 + 0.070566 * y * y));
        return silence > mean ? -Math.Log10(e / (1.0 + e)) : -Math.Log10(1.0 - 1.0 / (1.0 + e));
    }
}

/// <summary>The last intervals between heartbeats, with their sums.</summary>
internal sealed record HeartbeatHistory(System.Collections.Immutable.ImmutableQueue<double> Intervals, int Count, double Sum, double SquaredSum)
{
    public static readonly HeartbeatHistory Empty = new(System.Collections.Immutable.ImmutableQueue<double>.Empty, 0, 0, 0);

    public double Mean => Sum / Count;
    public double StdDeviation => Math.Sqrt(Math.Max(0, SquaredSum / Count - Mean * Mean));

    public HeartbeatHistory Add(double interval, int maxSampleSize)
    {
        var kept = this;
        if (Count >= maxSampleSize)
        {
            var rest = Intervals.Dequeue(out var oldest);
            kept = new HeartbeatHistory(rest, Count - 1, Sum - oldest, SquaredSum - oldest * oldest);
        }

        return new HeartbeatHistory(kept.Intervals.Enqueue(interval), kept.Count + 1, kept.Sum + interval, kept.SquaredSum + interval * interval);
    }
}
