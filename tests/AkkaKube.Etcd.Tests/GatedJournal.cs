using System.Collections.Concurrent;
using System.Collections.Immutable;
using Akka.Actor;
using Akka.Persistence;
using Akka.Persistence.Journal;

namespace AkkaKube.Etcd.Tests;

/// <summary>A journal in memory whose writes a test can hold, release and break.</summary>
public sealed class GatedJournal : MemoryJournal
{
    private static readonly ConcurrentDictionary<ActorSystem, Gate> Gates = new();

    public const string Config = """
        akka.persistence.journal.plugin = "akka.persistence.journal.gated"
        akka.persistence.journal.gated { class = "AkkaKube.Etcd.Tests.GatedJournal, AkkaKube.Etcd.Tests", plugin-dispatcher = "akka.actor.default-dispatcher" }
        akka.persistence.snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
        """;

    private readonly Gate _gate = GateOf(Context.System);

    public static Gate GateOf(ActorSystem system) => Gates.GetOrAdd(system, _ => new Gate());

    protected override async Task<IImmutableList<Exception>?> WriteMessagesAsync(IEnumerable<AtomicWrite> messages)
    {
        var writes = messages.ToList();
        _gate.Batches.Enqueue(writes.SelectMany(write => (IEnumerable<IPersistentRepresentation>)write.Payload).Select(one => (ChangeBatch)one.Payload).Sum(batch => batch.Changes.Count));
        await _gate.Pass();
        return await base.WriteMessagesAsync(writes);
    }

    /// <summary>Open at first.</summary>
    public sealed class Gate
    {
        private volatile TaskCompletionSource? _closed;

        /// <summary>How many changes each write carried.</summary>
        public ConcurrentQueue<int> Batches { get; } = new();

        public void Close() => _closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Open() { var closed = _closed; _closed = null; closed?.TrySetResult(); }

        public void Break() { var closed = _closed; _closed = null; closed?.TrySetException(new IOException("disk full")); }

        public Task Pass() => _closed?.Task ?? Task.CompletedTask;
    }
}
