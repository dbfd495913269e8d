namespace Akka.Actor;

/// <summary>The timers of one actor. Each start has a generation: a message of an older one that is already in the mailbox is dropped.</summary>
internal sealed class TimerScheduler(ActorCell cell) : ITimerScheduler
{
    private readonly Dictionary<object, TimerMessage> _timers = [];
    private int _generation;

    public IReadOnlyCollection<object> ActiveTimers => _timers.Keys;

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval) => Start(key, msg, interval, interval, ActorRefs.NoSender);
    public void StartPeriodicTimer(object key, object msg, TimeSpan interval, IActorRef sender) => Start(key, msg, interval, interval, sender);
    public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval) => Start(key, msg, initialDelay, interval, ActorRefs.NoSender);
    public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval, IActorRef sender) => Start(key, msg, initialDelay, interval, sender);
    public void StartSingleTimer(object key, object msg, TimeSpan timeout) => Start(key, msg, timeout, null, ActorRefs.NoSender);
    public void StartSingleTimer(object key, object msg, TimeSpan timeout, IActorRef sender) => Start(key, msg, timeout, null, sender);

    private void Start(object key, object msg, TimeSpan delay, TimeSpan? interval, IActorRef sender)
    {
        Cancel(key);
        var scheduler = cell.SystemImpl.Scheduler;
        var task = new Cancelable(scheduler);
        var timer = new TimerMessage(key, msg, ++_generation, interval is not null, this, task);
        _timers[key] = timer;
        if (interval is { } period) scheduler.ScheduleTellRepeatedly(delay, period, cell.Self, timer, sender, task);
        else scheduler.ScheduleTellOnce(delay, cell.Self, timer, sender, task);
    }

    public bool IsTimerActive(object key) => _timers.ContainsKey(key);

    public void Cancel(object key)
    {
        if (_timers.Remove(key, out var timer)) timer.Task.Cancel();
    }

    public void CancelAll()
    {
        foreach (var timer in _timers.Values) timer.Task.Cancel();
        _timers.Clear();
    }

    /// <summary>The message inside, or null when its timer is no longer that one.</summary>
    public object? Intercept(TimerMessage message)
    {
        if (!ReferenceEquals(message.Owner, this)
            || !_timers.TryGetValue(message.Key, out var timer) || timer.Generation != message.Generation) return null;
        if (!message.Repeats) _timers.Remove(message.Key);
        return message.Message;
    }

    /// <summary>A timer, and the message by which it arrives.</summary>
    public sealed class TimerMessage(object key, object message, int generation, bool repeats, TimerScheduler owner, ICancelable task)
        : IWrappedMessage, INoSerializationVerificationNeeded
    {
        public object Key => key;
        public object Message => message;
        public int Generation => generation;
        public bool Repeats => repeats;
        public TimerScheduler Owner => owner;
        public ICancelable Task => task;

        public override string ToString() => $"Timer({key}, {message})";
    }
}
