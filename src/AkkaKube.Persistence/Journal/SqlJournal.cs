using System.Collections.Immutable;
using Akka.Actor;
using Akka.Persistence;
using Akka.Persistence.Journal;

namespace AkkaKube.Persistence;

/// <summary>The journal: encodes events and hands them to the process's one writer.</summary>
public sealed class SqlJournal : AsyncWriteJournal
{
    private readonly JournalWriter _writer;
    private readonly IEventCodec _codec;
    private readonly FencedStreams _fences;

    /// <summary>A journal of the system's database.</summary>
    public SqlJournal()
    {
        var database = SqlPersistence.Get(Context.System);
        (_writer, _codec, _fences) = (database.Writer, database.Codec, database.Fences);
    }

    /// <inheritdoc/>
    public override Task ReplayMessagesAsync(IActorContext context, string persistenceId, long fromSequenceNr, long toSequenceNr, long max, Action<IPersistentRepresentation> recoveryCallback) =>
        _writer.Read(persistenceId, fromSequenceNr, toSequenceNr, max, row =>
            recoveryCallback(new Persistent(_codec.Decode(row.Manifest, row.Payload), row.SequenceNr, persistenceId, row.Manifest, timestamp: row.Timestamp)));

    /// <summary>A recovery asks this before it replays: from here on the stream is written under the lease that this host holds now.</summary>
    public override Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr) => _writer.HighestSequenceNr(persistenceId, _fences.Recover(persistenceId));

    /// <inheritdoc/>
    protected override Task<IImmutableList<Exception>?> WriteMessagesAsync(IEnumerable<AtomicWrite> messages)
    {
        var request = RequestOf(messages);
        _writer.Append(request);
        return request.Done;
    }

    /// <inheritdoc/>
    protected override Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr) => _writer.DeleteTo(persistenceId, toSequenceNr, _fences.Of(persistenceId));

    /// <summary>A group with an event that cannot be encoded is refused as a whole; the others are written.</summary>
    private AppendRequest RequestOf(IEnumerable<AtomicWrite> messages)
    {
        var entries = new List<JournalEntry>();
        var bytes = 0L;
        var groups = 0;
        ImmutableArray<Exception>.Builder? refused = null;
        foreach (var write in messages)
        {
            var start = entries.Count;
            var fence = _fences.Of(write.PersistenceId);
            try
            {
                foreach (var p in (IImmutableList<IPersistentRepresentation>)write.Payload)
                {
                    var encoded = _codec.Encode(p.Payload);
                    entries.Add(new JournalEntry(p.PersistenceId, p.SequenceNr, encoded.Manifest, encoded.Bytes, p.Timestamp, fence));
                    bytes += encoded.Bytes.Length;
                }
                refused?.Add(null!);
            }
            catch (Exception e)
            {
                entries.RemoveRange(start, entries.Count - start);
                if (refused is null)
                {
                    refused = ImmutableArray.CreateBuilder<Exception>();
                    for (var i = 0; i < groups; i++) refused.Add(null!);
                }
                refused.Add(e);
            }
            groups++;
        }
        return new AppendRequest(entries, bytes, refused?.ToImmutable());
    }
}
