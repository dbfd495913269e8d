namespace AkkaKube.Client.WorkQueue;

/// <summary>Delays that double from one failure to the next, up to a limit.</summary>
/// <param name="First">After the first failure.</param>
/// <param name="Max">Never more than this.</param>
public readonly record struct Backoff(TimeSpan First, TimeSpan Max)
{
    /// <summary>The delay after <paramref name="failures"/> earlier failures in a row.</summary>
    public TimeSpan After(int failures)
    {
        var millis = First.TotalMilliseconds * Math.Pow(2, Math.Min(failures, 50));
        return millis >= Max.TotalMilliseconds ? Max : TimeSpan.FromMilliseconds(millis);
    }

    /// <summary>The same with up to half of it added by chance, so that many who failed together do not come back together.</summary>
    public TimeSpan After(int failures, Random random) => After(failures) * (1 + (random.NextDouble() / 2));
}
