using System.Collections.Immutable;
using Akka.Actor;
using Akka.Persistence.Journal;

namespace Akka.Persistence.Tests;

/// <summary>A journal in memory that refuses, fails or holds back writes when told to.</summary>
public class ControlledJournal : MemoryJournal
{
    private readonly List<TaskCompletionSource> _held = [];
    private bool _holding;
    private bool _failReplay;
    private bool _silent;
    private int _writes;
    private int _recoveries;
    private TaskCompletionSource? _heldRecoveries;

    /// <summary>Holds back writes from now on.</summary>
    public sealed record Hold;

    /// <summary>Lets all that was held back through.</summary>
    public sealed record Release;

    /// <summary>Fails replays from now on.</summary>
    public sealed record FailReplay;

    /// <summary>Never answers replays from now on.</summary>
    public sealed record FallSilent;

    /// <summary>Holds back recoveries from now on.</summary>
    public sealed record HoldRecoveries;

    /// <summary>Lets the recoveries that were held back, and all later ones, through.</summary>
    public sealed record ReleaseRecoveries;

    /// <summary>Answers how many recoveries have begun.</summary>
    public sealed record HowManyRecoveries;

    /// <summary>Answers how often it wrote.</summary>
    public sealed record HowManyWrites;

    protected override bool ReceivePluginInternal(object message)
    {
        switch (message)
        {
            case Hold:
                _holding = true;
                return true;
            case Release:
                _holding = false;
                foreach (var write in _held) write.SetResult();
                _held.Clear();
                return true;
            case FailReplay:
                _failReplay = true;
                return true;
            case FallSilent:
                _silent = true;
                return true;
            case HoldRecoveries:
                _heldRecoveries = new TaskCompletionSource();
                return true;
            case ReleaseRecoveries:
                _heldRecoveries?.SetResult();
                _heldRecoveries = null;
                return true;
            case HowManyRecoveries:
                Sender.Tell(_recoveries);
                return true;
            case HowManyWrites:
                Sender.Tell(_writes);
                return true;
            default:
                return false;
        }
    }

    public override async Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr)
    {
        _recoveries++;
        if (_silent) await new TaskCompletionSource().Task;
        if (_heldRecoveries is { } held) await held.Task;
        return await base.ReadHighestSequenceNrAsync(persistenceId, fromSequenceNr);
    }

    public override Task ReplayMessagesAsync(IActorContext context, string persistenceId, long fromSequenceNr, long toSequenceNr, long max, Action<IPersistentRepresentation> recoveryCallback)
    {
        return _failReplay ? Task.FromException(new IOException("unreadable")) : base.ReplayMessagesAsync(context, persistenceId, fromSequenceNr, toSequenceNr, max, recoveryCallback);
    }

    protected override async Task<IImmutableList<Exception>?> WriteMessagesAsync(IEnumerable<AtomicWrite> messages)
    {
        _writes++;
        if (_holding)
        {
            var held = new TaskCompletionSource();
            _held.Add(held);
            await held.Task;
        }
        var writes = messages.ToList();
        if (writes.Exists(w => Has(w, "fail"))) throw new IOException("disk on fire");
        var good = writes.Where(w => !Has(w, "reject"));
        await base.WriteMessagesAsync(good);
        return writes.Exists(w => Has(w, "reject")) ? [.. writes.Select(w => Has(w, "reject") ? new ArgumentException("not this one") : null!)] : null;
    }

    private static bool Has(AtomicWrite write, string text) => ((IImmutableList<IPersistentRepresentation>)write.Payload).Any(p => p.Payload is string s && s.Contains(text, StringComparison.Ordinal));
}
