using Akka.Actor;
using Akka.Event;

namespace AkkaKube.Host.Memory;

/// <summary>
/// Gives back what a rush has left behind. The collector works when much is allocated; at rest it does nothing, and the process would keep for
/// good what it took while it was busy (Go's scavenger does the same for the servers of Kubernetes).
/// </summary>
internal sealed class MemoryWatch : ReceiveActor, IWithTimers
{
    private sealed record Look
    {
        public static readonly Look Instance = new();
    }

    private readonly MemorySettings _settings;
    private readonly IProcessMemory _memory;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private MemoryReading _before;
    private long _kept;

    public MemoryWatch(MemorySettings settings, IProcessMemory memory)
    {
        (_settings, _memory) = (settings, memory);
        Receive<Look>(_ => OnLook());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(MemorySettings settings, IProcessMemory memory) => Akka.Actor.Props.Create(() => new MemoryWatch(settings, memory));

    protected override void PreStart()
    {
        _before = _memory.Read();
        if (_settings.Period > TimeSpan.Zero) Timers.StartPeriodicTimer(nameof(Look), Look.Instance, _settings.Period);
    }

    private void OnLook()
    {
        var now = _memory.Read();
        var due = IsDue(_settings, _before, now, _kept);
        _before = now;
        if (!due) return;
        _memory.GiveBack();
        _before = _memory.Read();
        _kept = _before.Resident;
        _log.Debug("Gave back {0} of {1} MiB", (now.Resident - _kept) >> 20, now.Resident >> 20);
    }

    /// <summary>Whether it is worth it: the process rests, has grown since the last time, and will not stand still for long.</summary>
    /// <param name="settings">What counts as rest, growth and long.</param>
    /// <param name="before">A period ago.</param>
    /// <param name="now">Now.</param>
    /// <param name="kept">The resident bytes after the last time; 0 before the first.</param>
    internal static bool IsDue(MemorySettings settings, MemoryReading before, MemoryReading now, long kept) =>
        now.Allocated - before.Allocated <= settings.Quiet
        && now.Resident - kept >= settings.Growth
        && now.Heap <= settings.LargestHeap;
}
