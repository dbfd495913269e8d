namespace AkkaKube.Host.Memory;

/// <summary>The memory of this process, and the way to give back what it does not use.</summary>
internal interface IProcessMemory
{
    /// <summary>How it stands now.</summary>
    MemoryReading Read();

    /// <summary>Collects all garbage, moves what lives together and gives the rest back to the system. Everything stands still meanwhile, about a millisecond a MiB that lives.</summary>
    void GiveBack();
}

/// <summary>One look at the memory.</summary>
/// <param name="Resident">Bytes that the process has of the machine (RSS).</param>
/// <param name="Heap">Bytes on the heap after the last collection.</param>
/// <param name="Allocated">Bytes allocated since the start.</param>
internal readonly record struct MemoryReading(long Resident, long Heap, long Allocated);

/// <summary>The real one.</summary>
internal sealed class ProcessMemory : IProcessMemory
{
    /// <inheritdoc/>
    public MemoryReading Read() => new(Environment.WorkingSet, GC.GetGCMemoryInfo().HeapSizeBytes, GC.GetTotalAllocatedBytes());

    /// <inheritdoc/>
    public void GiveBack() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
}
