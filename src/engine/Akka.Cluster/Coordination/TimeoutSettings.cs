using Akka.Configuration;

namespace Akka.Coordination;

/// <summary>The times of a lease.</summary>
public sealed class TimeoutSettings(TimeSpan heartbeatInterval, TimeSpan heartbeatTimeout, TimeSpan operationTimeout)
{
    /// <summary>How often its owner says that it is there.</summary>
    public TimeSpan HeartbeatInterval { get; } = heartbeatInterval;

    /// <summary>How long it stays with an owner that does not.</summary>
    public TimeSpan HeartbeatTimeout { get; } = heartbeatTimeout;

    /// <summary>How long taking it and giving it back may last.</summary>
    public TimeSpan OperationTimeout { get; } = operationTimeout;

    /// <summary>Reads them from the section of a lease.</summary>
    public static TimeoutSettings Create(Config config)
    {
        var timeout = config.GetTimeSpan("heartbeat-timeout");
        var interval = config.GetString("heartbeat-interval") is { Length: > 0 }
            ? config.GetTimeSpan("heartbeat-interval")
            : TimeSpan.FromMilliseconds(Math.Max(timeout.TotalMilliseconds / 10, 5000));
        if (interval >= timeout / 2) throw new ArgumentException("heartbeat-interval must be less than half heartbeat-timeout", nameof(config));
        return new TimeoutSettings(interval, timeout, config.GetTimeSpan("lease-operation-timeout"));
    }

    /// <summary>The same with another interval.</summary>
    public TimeoutSettings WithHeartbeatInterval(TimeSpan heartbeatInterval) => new(heartbeatInterval, HeartbeatTimeout, OperationTimeout);

    /// <summary>The same with another timeout.</summary>
    public TimeoutSettings WithHeartbeatTimeout(TimeSpan heartbeatTimeout) => new(HeartbeatInterval, heartbeatTimeout, OperationTimeout);

    /// <summary>The same with another time for operations.</summary>
    public TimeoutSettings withOperationTimeout(TimeSpan operationTimeout) => new(HeartbeatInterval, HeartbeatTimeout, operationTimeout);

    /// <inheritdoc />
    public override string ToString() => $"TimeoutSettings({HeartbeatInterval}, {HeartbeatTimeout}, {OperationTimeout})";
}
