using System.Diagnostics;
using Akka.Actor;
using Akka.Configuration;

namespace Akka.Remote;

/// <summary>Milliseconds since some fixed moment.</summary>
public delegate long Clock();

/// <summary>Judges by heartbeats whether something is still there.</summary>
public abstract class FailureDetector
{
    /// <summary>The clock of the machine that never goes back.</summary>
    public static readonly Clock DefaultClock = static () => Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1000);

    /// <summary>Whether it is believed to be there.</summary>
    public abstract bool IsAvailable { get; }

    /// <summary>Whether a heartbeat has ever come.</summary>
    public abstract bool IsMonitoring { get; }

    /// <summary>A heartbeat has come.</summary>
    public abstract void HeartBeat();

    /// <summary>The clock of a system: virtual where its time is.</summary>
    internal static Clock ClockOf(ActorSystem system) => () => (long)system.Scheduler.MonotonicClock.TotalMilliseconds;
}

/// <summary>The failure detectors of several.</summary>
public interface IFailureDetectorRegistry<in T>
{
    /// <summary>Whether it is believed to be there; what was never heard of is.</summary>
    bool IsAvailable(T resource);

    /// <summary>Whether a heartbeat has ever come.</summary>
    bool IsMonitoring(T resource);

    /// <summary>A heartbeat has come.</summary>
    void Heartbeat(T resource);

    /// <summary>Forgets one.</summary>
    void Remove(T resource);

    /// <summary>Forgets all.</summary>
    void Reset();
}

/// <summary>A failure detector for each that is heard of.</summary>
public class DefaultFailureDetectorRegistry<T> : IFailureDetectorRegistry<T> where T : notnull
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<T, FailureDetector> _detectors = new();
    private readonly Func<FailureDetector> _factory;

    /// <summary>Creates the registry.</summary>
    public DefaultFailureDetectorRegistry(Func<FailureDetector> factory) => _factory = factory;

    /// <inheritdoc />
    public bool IsAvailable(T resource) => !_detectors.TryGetValue(resource, out var detector) || detector.IsAvailable;

    /// <inheritdoc />
    public bool IsMonitoring(T resource) => _detectors.TryGetValue(resource, out var detector) && detector.IsMonitoring;

    /// <inheritdoc />
    public void Heartbeat(T resource) => _detectors.GetOrAdd(resource, static (_, make) => make(), _factory).HeartBeat();

    /// <inheritdoc />
    public void Remove(T resource) => _detectors.TryRemove(resource, out _);

    /// <inheritdoc />
    public void Reset() => _detectors.Clear();
}

/// <summary>Makes the failure detector that the settings name.</summary>
public static class FailureDetectorLoader
{
    /// <summary>Makes the failure detector of a type by its section of the settings; its clock is the system's.</summary>
    public static FailureDetector Load(string fqcn, Config config, ActorSystem system)
    {
        var type = Type.GetType(fqcn) ?? typeof(FailureDetectorLoader).Assembly.GetType(fqcn.Split(',')[0].Trim())
            ?? throw new ConfigurationException($"The failure detector '{fqcn}' is not an existing type");
        var clock = FailureDetector.ClockOf(system);
        if (type == typeof(PhiAccrualFailureDetector)) return new PhiAccrualFailureDetector(config, clock);
        if (type == typeof(DeadlineFailureDetector)) return new DeadlineFailureDetector(config, clock);
        return (FailureDetector)Activator.CreateInstance(type, config, system.EventStream)!;
    }
}
