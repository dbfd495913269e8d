namespace Akka.TestKit;

/// <summary>Lets several threads go on when all of them have come to it.</summary>
public class TestBarrier
{
    private readonly TestKitBase _testKit;
    private readonly Barrier _barrier;

    /// <summary>A barrier for <paramref name="count"/> threads.</summary>
    public TestBarrier(TestKitBase testKit, int count, TimeSpan? defaultTimeout = null)
    {
        _testKit = testKit;
        _barrier = new Barrier(count);
        DefaultTimeout = defaultTimeout ?? testKit.TestKitSettings.DefaultTimeout;
    }

    /// <summary>How long <see cref="Await()"/> waits.</summary>
    public TimeSpan DefaultTimeout { get; }

    /// <summary>Waits for the others.</summary>
    public void Await() => Await(DefaultTimeout);

    /// <summary>Waits for the others.</summary>
    public void Await(TimeSpan timeout)
    {
        var limit = _testKit.Dilated(timeout);
        if (!_barrier.SignalAndWait(limit)) throw new TimeoutException($"Not all came to the barrier within {limit}");
    }
}
