using Akka.Configuration;

namespace AkkaKube.Host.Memory;

/// <summary>The section <c>akkakube.memory</c>.</summary>
/// <param name="Period">How often it is looked; zero: never.</param>
/// <param name="Quiet">Bytes allocated within a period that still count as rest.</param>
/// <param name="Growth">Bytes by which the process must have grown since the last time.</param>
/// <param name="LargestHeap">A larger heap is left alone, because everything stands still meanwhile.</param>
internal sealed record MemorySettings(TimeSpan Period, long Quiet, long Growth, long LargestHeap)
{
    /// <summary>Reads the settings of <paramref name="config"/>.</summary>
    public static MemorySettings From(Config config) => new(
        config.GetTimeSpan("akkakube.memory.period"),
        config.GetByteSize("akkakube.memory.quiet")!.Value,
        config.GetByteSize("akkakube.memory.growth")!.Value,
        config.GetByteSize("akkakube.memory.largest-heap")!.Value);
}
