namespace Akka.Actor;

/// <summary>How often a child was restarted in the current window.</summary>
internal sealed class ChildRestartStats
{
    private int _retries;
    private TimeSpan _windowStart;
    private bool _windowOpen;

    /// <summary>Whether one more restart is within <paramref name="maxRetries"/> in <paramref name="withinMilliseconds"/>; negative means no limit.</summary>
    public bool RequestRestartPermission(int maxRetries, int withinMilliseconds, TimeSpan now)
    {
        if (maxRetries == 0) return false;
        if (withinMilliseconds <= 0) return maxRetries < 0 || ++_retries <= maxRetries;
        return RetriesInWindowOkay(maxRetries < 0 ? 1 : maxRetries, TimeSpan.FromMilliseconds(withinMilliseconds), now);
    }

    private bool RetriesInWindowOkay(int retries, TimeSpan window, TimeSpan now)
    {
        if (!_windowOpen)
        {
            _windowOpen = true;
            _windowStart = now;
        }

        if (now - _windowStart <= window) return ++_retries <= retries;
        _retries = 1;
        _windowStart = now;
        return true;
    }
}
