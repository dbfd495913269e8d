namespace AkkaKube.Scheduler.Queue;

/// <summary>How long a pod that fitted nowhere waits before it is tried again: doubled with each attempt up to a limit.</summary>
internal sealed record Backoff(TimeSpan Initial, TimeSpan Longest)
{
    public DateTimeOffset EndFor(QueuedPod pod)
    {
        var wait = Initial;
        for (var i = 1; i < pod.Attempts && wait < Longest; i++) wait += wait;
        return pod.LastAttempt + (wait < Longest ? wait : Longest);
    }
}
