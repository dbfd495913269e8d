namespace Akka.TestKit;

/// <summary>Counts and mutes the log events that a filter matches, while an action runs.</summary>
public interface IEventFilterApplier
{
    /// <summary>Makes a filter that matches what this one or the next one matches.</summary>
    EventFilterFactory And { get; }

    /// <summary>Runs the action and expects exactly one event.</summary>
    void ExpectOne(Action action, CancellationToken cancellationToken = default);

    /// <summary>Runs the action and expects exactly one event in the time given.</summary>
    void ExpectOne(TimeSpan timeout, Action action, CancellationToken cancellationToken = default);

    /// <summary>Runs the function and expects exactly one event.</summary>
    T ExpectOne<T>(Func<T> func, CancellationToken cancellationToken = default);

    /// <summary>Runs the action and expects that many events.</summary>
    void Expect(int expectedCount, Action action, CancellationToken cancellationToken = default);

    /// <summary>Runs the action and expects that many events in the time given.</summary>
    void Expect(int expectedCount, TimeSpan timeout, Action action, CancellationToken cancellationToken = default);

    /// <summary>Runs the function and expects that many events.</summary>
    T Expect<T>(int expectedCount, Func<T> func, CancellationToken cancellationToken = default);

    /// <summary>Runs the action and expects exactly one event.</summary>
    Task ExpectOneAsync(Func<Task> actionAsync, CancellationToken cancellationToken = default);

    /// <summary>Runs the action and expects exactly one event in the time given.</summary>
    Task ExpectOneAsync(TimeSpan timeout, Func<Task> actionAsync, CancellationToken cancellationToken = default);

    /// <summary>Runs the action and expects that many events.</summary>
    Task ExpectAsync(int expectedCount, Func<Task> actionAsync, CancellationToken cancellationToken = default);

    /// <summary>Runs the action, whose events are not printed.</summary>
    void Mute(Action action, CancellationToken cancellationToken = default);

    /// <summary>Prints no such events until the result is disposed.</summary>
    IUnmutableFilter Mute();
}

/// <summary>Ends the muting of events.</summary>
public interface IUnmutableFilter : IDisposable
{
    /// <summary>Prints such events again.</summary>
    void Unmute();
}
