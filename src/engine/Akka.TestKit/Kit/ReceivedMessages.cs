using System.Diagnostics;
using Akka.Dispatch.Deterministic;

namespace Akka.TestKit;

/// <summary>What a test actor received and the test has not yet taken: the only thing that actor and test share, under one lock.</summary>
internal sealed class ReceivedMessages
{
    private readonly LinkedList<MessageEnvelope> _messages = new();
    private TaskCompletionSource? _arrival;

    public int Count
    {
        get
        {
            lock (_messages) return _messages.Count;
        }
    }

    /// <summary>Set when the whole system runs on the thread of the test: waiting means to run it.</summary>
    public DeterministicRun? Run { get; set; }

    public void Add(MessageEnvelope message)
    {
        TaskCompletionSource? arrival;
        lock (_messages)
        {
            _messages.AddLast(message);
            Monitor.PulseAll(_messages);
            arrival = _arrival;
            _arrival = null;
        }
        arrival?.TrySetResult();
    }

    public MessageEnvelope? TryTake(bool remove)
    {
        lock (_messages)
        {
            if (_messages.First is not { } first) return null;
            if (remove) _messages.RemoveFirst();
            return first.Value;
        }
    }

    /// <summary>The next message, or null after <paramref name="timeout"/>. With <paramref name="block"/> the task is always completed.</summary>
    public async ValueTask<MessageEnvelope?> Next(bool remove, TimeSpan timeout, bool block, CancellationToken stop)
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            if (TryTake(remove) is { } message) return message;
            var left = timeout == Timeout.InfiniteTimeSpan ? timeout : timeout - Stopwatch.GetElapsedTime(start);
            if (Run is not null)
            {
                Run.RunUntil(() => Count > 0, timeout);
                return TryTake(remove);
            }
            if (left <= TimeSpan.Zero && left != Timeout.InfiniteTimeSpan) return null;
            if (block) Block(left, stop);
            else await Arrival(left, stop).ConfigureAwait(true);
        }
    }

    private void Block(TimeSpan left, CancellationToken stop)
    {
        using var wake = stop.CanBeCanceled ? stop.Register(Wake) : default;
        lock (_messages)
        {
            if (_messages.Count > 0 || stop.IsCancellationRequested) return;
            Monitor.Wait(_messages, left.TotalMilliseconds > int.MaxValue ? Timeout.InfiniteTimeSpan : left);
        }
    }

    private void Wake()
    {
        lock (_messages) Monitor.PulseAll(_messages);
    }

    private async Task Arrival(TimeSpan left, CancellationToken stop)
    {
        Task arrival;
        lock (_messages)
        {
            if (_messages.Count > 0) return;
            arrival = (_arrival ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
        if (left == Timeout.InfiniteTimeSpan || left.TotalMilliseconds > int.MaxValue) await arrival.WaitAsync(stop).ConfigureAwait(true);
        else await Task.WhenAny(arrival, Task.Delay(left, stop)).ConfigureAwait(true);
    }
}
