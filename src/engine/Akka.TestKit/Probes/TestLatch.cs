namespace Akka.TestKit;

/// <summary>Opens when it has been counted down; whoever waits for it waits a limited time.</summary>
public class TestLatch
{
    private readonly CountdownEvent _latch;
    private readonly Func<TimeSpan, TimeSpan>? _dilate;

    /// <summary>A latch that one count opens.</summary>
    public TestLatch() : this(1)
    {
    }

    /// <summary>A latch that <paramref name="count"/> counts open.</summary>
    public TestLatch(int count) : this(count, TimeSpan.FromSeconds(5))
    {
    }

    /// <summary>A latch that <paramref name="count"/> counts open.</summary>
    public TestLatch(int count, TimeSpan defaultTimeout)
    {
        _latch = new CountdownEvent(count);
        DefaultTimeout = defaultTimeout;
    }

    /// <summary>A latch whose times are stretched.</summary>
    public TestLatch(Func<TimeSpan, TimeSpan> dilate, TimeSpan defaultTimeout, int count) : this(count, defaultTimeout) => _dilate = dilate;

    /// <summary>True when it has been counted down.</summary>
    public bool IsOpen => _latch.IsSet;

    /// <summary>How long <see cref="Ready()"/> waits.</summary>
    public TimeSpan DefaultTimeout { get; }

    /// <summary>Counts down by one.</summary>
    public void CountDown()
    {
        if (!_latch.IsSet) _latch.Signal();
    }

    /// <summary>Opens it.</summary>
    public void Open()
    {
        while (!IsOpen) CountDown();
    }

    /// <summary>Closes it again.</summary>
    public void Reset() => _latch.Reset();

    /// <summary>Waits until it is open.</summary>
    public void Ready() => Ready(DefaultTimeout);

    /// <summary>Waits until it is open.</summary>
    public void Ready(TimeSpan timeout)
    {
        var limit = _dilate?.Invoke(timeout) ?? timeout;
        if (!_latch.Wait(limit)) throw new TimeoutException($"The latch was not opened within {limit}");
    }
}
