using System.Collections.Concurrent;
using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Persistence.Journal;

/// <summary>A journal in memory. Everything it does is done at once, so a seeded run stays the same run.</summary>
public class MemoryJournal : AsyncWriteJournal
{
    private readonly ConcurrentDictionary<string, Log> _logs = new();

    internal virtual ConcurrentDictionary<string, Log> Logs => _logs;

    /// <inheritdoc />
    public override Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr) =>
        Task.FromResult(Logs.TryGetValue(persistenceId, out var log) ? log.Highest : 0);

    /// <inheritdoc />
    public override Task ReplayMessagesAsync(IActorContext context, string persistenceId, long fromSequenceNr, long toSequenceNr, long max, Action<IPersistentRepresentation> recoveryCallback)
    {
        if (Logs.TryGetValue(persistenceId, out var log))
        {
            foreach (var p in log.Read(fromSequenceNr, toSequenceNr, max)) recoveryCallback(p);
        }
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    protected override Task<IImmutableList<Exception>?> WriteMessagesAsync(IEnumerable<AtomicWrite> messages)
    {
        foreach (var write in messages)
        {
            var log = Logs.GetOrAdd(write.PersistenceId, static _ => new Log());
            foreach (var p in write.Events) log.Add(p.Update(p.SequenceNr, p.PersistenceId, false, ActorRefs.NoSender, p.WriterGuid));
        }
        return Task.FromResult<IImmutableList<Exception>?>(null);
    }

    /// <inheritdoc />
    protected override Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr)
    {
        if (Logs.TryGetValue(persistenceId, out var log)) log.DeleteTo(toSequenceNr);
        return Task.CompletedTask;
    }

    /// <summary>The events of one id; shared between systems only by <see cref="SharedMemoryJournal"/>, hence the lock.</summary>
    internal sealed class Log
    {
        private readonly SortedList<long, IPersistentRepresentation> _events = [];

        public long Highest { get; private set; }

        public void Add(IPersistentRepresentation p)
        {
            lock (_events)
            {
                _events[p.SequenceNr] = p;
                Highest = Math.Max(Highest, p.SequenceNr);
            }
        }

        public IReadOnlyList<IPersistentRepresentation> Read(long from, long to, long max)
        {
            lock (_events) return [.. _events.Values.Where(p => p.SequenceNr >= from && p.SequenceNr <= to).Take((int)Math.Min(int.MaxValue, max))];
        }

        public void DeleteTo(long to)
        {
            lock (_events)
            {
                while (_events.Count > 0 && _events.Keys[0] <= to) _events.RemoveAt(0);
            }
        }
    }
}

/// <summary>One memory for all the actor systems of the process: what a second system recovers from.</summary>
public class SharedMemoryJournal : MemoryJournal
{
    private static readonly ConcurrentDictionary<string, Log> Shared = new();

    internal override ConcurrentDictionary<string, Log> Logs => Shared;
}
