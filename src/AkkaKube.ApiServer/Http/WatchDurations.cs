namespace AkkaKube.ApiServer.Http;

/// <summary>How long a watch lasts whose client says nothing: once to twice the setting, so that not all come back at once.</summary>
internal sealed class WatchDurations(TimeSpan shortest, Random random)
{
    private readonly Lock _guard = new();

    public TimeSpan Next()
    {
        // Requests run on many threads and a Random serves one at a time.
        lock (_guard) return shortest + shortest * random.NextDouble();
    }
}
