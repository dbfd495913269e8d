using System.Text;

namespace AkkaKube.Etcd;

/// <summary>How batches and snapshots look in the journal: short bytes under a manifest that names no type of ours, so that code may move.</summary>
public static class EtcdCodec
{
    /// <summary>The manifest of a <see cref="ChangeBatch"/>.</summary>
    public const string BatchManifest = "etcd.batch.1";

    /// <summary>The manifest of a <see cref="ShardSnapshot"/>.</summary>
    public const string SnapshotManifest = "etcd.snapshot.1";

    /// <summary>The bytes of a batch.</summary>
    public static byte[] Encode(ChangeBatch batch) => Write(writer =>
    {
        writer.Number(batch.Changes.Count);
        foreach (var change in batch.Changes) Write(writer, change, null);
    });

    /// <summary>The bytes of a snapshot.</summary>
    public static byte[] Encode(ShardSnapshot snapshot)
    {
        var current = new Dictionary<string, long>(snapshot.Entries.Count, StringComparer.Ordinal);
        foreach (var entry in snapshot.Entries) current[entry.Key] = entry.Revision;
        return Write(writer =>
        {
            writer.Number(snapshot.Revision);
            writer.Number(snapshot.CompactedRevision);
            writer.Number(snapshot.Entries.Count);
            foreach (var entry in snapshot.Entries)
            {
                writer.Text(entry.Key);
                writer.Number(entry.Revision);
                writer.Bytes(entry.Value.Span);
            }

            writer.Number(snapshot.History.Count);
            foreach (var change in snapshot.History) Write(writer, change, current);
        });
    }

    /// <summary>The batch that <see cref="Encode(ChangeBatch)"/> made bytes of.</summary>
    public static ChangeBatch DecodeBatch(ReadOnlyMemory<byte> bytes)
    {
        var reader = new Reader(bytes);
        var changes = new Change[reader.Number()];
        for (var i = 0; i < changes.Length; i++) changes[i] = ReadChange(reader, null);
        return new ChangeBatch(changes);
    }

    /// <summary>The snapshot that <see cref="Encode(ShardSnapshot)"/> made bytes of.</summary>
    public static ShardSnapshot DecodeSnapshot(ReadOnlyMemory<byte> bytes)
    {
        var reader = new Reader(bytes);
        var revision = reader.Number();
        var compacted = reader.Number();
        var entries = new Entry[reader.Number()];
        var values = new Dictionary<string, ReadOnlyMemory<byte>>(entries.Length, StringComparer.Ordinal);
        for (var i = 0; i < entries.Length; i++)
        {
            var key = reader.Text();
            var at = reader.Number();
            entries[i] = new Entry(key, reader.Bytes(), at);
            values[key] = entries[i].Value;
        }
        var history = new Change[reader.Number()];
        for (var i = 0; i < history.Length; i++) history[i] = ReadChange(reader, values);
        return new ShardSnapshot(revision, compacted, entries, history);
    }

    private const int Deleted = 1;
    private const int AsInEntry = 2;
    private const int Created = 4;

    /// <summary>In a snapshot, a change that is still what its key holds is written without its value.</summary>
    private static void Write(Writer writer, Change change, Dictionary<string, long>? current)
    {
        var isCurrent = current is not null && !change.IsDelete && current.TryGetValue(change.Key, out var revision) && revision == change.Revision;
        writer.Number((change.IsDelete ? Deleted : 0) | (isCurrent ? AsInEntry : 0) | (change.IsCreate ? Created : 0));
        writer.Text(change.Key);
        writer.Number(change.Revision);
        if (!isCurrent) writer.Bytes(change.Value.Span);
    }

    private static Change ReadChange(Reader reader, Dictionary<string, ReadOnlyMemory<byte>>? values)
    {
        var flags = reader.Number();
        var key = reader.Text();
        var revision = reader.Number();
        var value = (flags & AsInEntry) != 0 ? values![key] : reader.Bytes();
        return new Change(key, value, revision, (flags & Deleted) != 0) { IsCreate = (flags & Created) != 0 };
    }

    /// <summary>Measures first: a snapshot is large, and an array that has to grow leaves as much again behind.</summary>
    private static byte[] Write(Action<Writer> content)
    {
        var measure = new Writer(null);
        content(measure);
        var bytes = new byte[measure.Length];
        content(new Writer(bytes));
        return bytes;
    }

    /// <summary>Writes to an array of the right length; without one it only measures.</summary>
    private sealed class Writer(byte[]? bytes)
    {
        public int Length { get; private set; }

        public void Number(long value)
        {
            var rest = (ulong)value;
            for (; rest >= 0x80; rest >>= 7) Byte((byte)(rest | 0x80));
            Byte((byte)rest);
        }

        public void Text(string text)
        {
            var length = Encoding.UTF8.GetByteCount(text);
            Number(length);
            if (bytes is not null) Encoding.UTF8.GetBytes(text, bytes.AsSpan(Length));
            Length = checked(Length + length);
        }

        public void Bytes(ReadOnlySpan<byte> value)
        {
            Number(value.Length);
            if (bytes is not null) value.CopyTo(bytes.AsSpan(Length));
            Length = checked(Length + value.Length);
        }

        private void Byte(byte value)
        {
            if (bytes is not null) bytes[Length] = value;
            Length++;
        }
    }

    private sealed class Reader(ReadOnlyMemory<byte> bytes)
    {
        private int _at;

        public long Number()
        {
            var value = 0UL;
            for (var shift = 0; ; shift += 7)
            {
                var next = bytes.Span[_at++];
                value |= (ulong)(next & 0x7f) << shift;
                if (next < 0x80) return (long)value;
            }
        }

        public string Text()
        {
            var length = (int)Number();
            _at += length;
            return Encoding.UTF8.GetString(bytes.Span.Slice(_at - length, length));
        }

        /// <summary>A copy: the value lives as long as its key, the block it came in does not.</summary>
        public ReadOnlyMemory<byte> Bytes()
        {
            var length = (int)Number();
            _at += length;
            return bytes.Slice(_at - length, length).ToArray();
        }
    }
}
