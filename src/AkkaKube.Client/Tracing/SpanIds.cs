namespace AkkaKube.Client.Tracing;

/// <summary>Identifiers of spans and traces that one actor makes: the numbers that follow a seed, which no other actor has (SplitMix64).</summary>
public sealed class SpanIds(Random seed)
{
    private ulong _state = (ulong)seed.NextInt64();

    /// <summary>The next one; never 0.</summary>
    public ulong Next()
    {
        var z = _state += 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return (z ^ (z >> 31)) | 1;
    }

    /// <summary>A trace that begins.</summary>
    public TraceContext NewTrace() => new(new UInt128(Next(), Next()), Next());
}
