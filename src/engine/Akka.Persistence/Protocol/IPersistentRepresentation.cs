using Akka.Actor;

namespace Akka.Persistence;

/// <summary>What a persistent actor hands to its journal: a group of events, or a message that only comes back in its turn.</summary>
public interface IPersistentEnvelope
{
    /// <summary>The events or the message.</summary>
    object Payload { get; }

    /// <summary>Who sent the command.</summary>
    IActorRef Sender { get; }

    /// <summary>How many replies the journal gives for it.</summary>
    int Size { get; }
}

/// <summary>An event with its place in the journal.</summary>
public interface IPersistentRepresentation
{
    /// <summary>The event.</summary>
    object Payload { get; }

    /// <summary>What the event is, for who decodes it.</summary>
    string Manifest { get; }

    /// <summary>Whose event it is.</summary>
    string PersistenceId { get; }

    /// <summary>Its number; the events of one id count from 1 without gaps.</summary>
    long SequenceNr { get; }

    /// <summary>Which incarnation of the actor wrote it.</summary>
    string WriterGuid { get; }

    /// <summary>Always false; old journals marked events instead of deleting them.</summary>
    bool IsDeleted { get; }

    /// <summary>Who sent the command; not stored.</summary>
    IActorRef? Sender { get; }

    /// <summary>When it was written, in ticks of UTC; 0 when unknown.</summary>
    long Timestamp { get; }

    /// <summary>The same with another payload.</summary>
    IPersistentRepresentation WithPayload(object payload);

    /// <summary>The same with another manifest.</summary>
    IPersistentRepresentation WithManifest(string manifest);

    /// <summary>The same with another timestamp.</summary>
    IPersistentRepresentation WithTimestamp(long newTimestamp);

    /// <summary>The same with another place.</summary>
    IPersistentRepresentation Update(long sequenceNr, string persistenceId, bool isDeleted, IActorRef? sender, string writerGuid);
}

/// <summary>An event with its place in the journal.</summary>
public class Persistent : IPersistentRepresentation, IEquatable<IPersistentRepresentation>
{
    /// <summary>Stands for a name that is not known.</summary>
    public static string Undefined { get; } = string.Empty;

    /// <summary>An event.</summary>
    public Persistent(object payload, long sequenceNr = 0L, string? persistenceId = null, string? manifest = null, bool isDeleted = false, IActorRef? sender = null, string? writerGuid = null, long timestamp = 0L)
    {
        Payload = payload;
        SequenceNr = sequenceNr;
        PersistenceId = persistenceId ?? Undefined;
        Manifest = manifest ?? Undefined;
        IsDeleted = isDeleted;
        Sender = sender;
        WriterGuid = writerGuid ?? Undefined;
        Timestamp = timestamp;
    }

    /// <inheritdoc />
    public object Payload { get; }

    /// <inheritdoc />
    public long SequenceNr { get; }

    /// <inheritdoc />
    public string PersistenceId { get; }

    /// <inheritdoc />
    public string Manifest { get; }

    /// <inheritdoc />
    public bool IsDeleted { get; }

    /// <inheritdoc />
    public IActorRef? Sender { get; }

    /// <inheritdoc />
    public string WriterGuid { get; }

    /// <inheritdoc />
    public long Timestamp { get; }

    /// <inheritdoc />
    public IPersistentRepresentation WithPayload(object payload) => new Persistent(payload, SequenceNr, PersistenceId, Manifest, IsDeleted, Sender, WriterGuid, Timestamp);

    /// <inheritdoc />
    public IPersistentRepresentation WithManifest(string manifest) => new Persistent(Payload, SequenceNr, PersistenceId, manifest, IsDeleted, Sender, WriterGuid, Timestamp);

    /// <inheritdoc />
    public IPersistentRepresentation WithTimestamp(long newTimestamp) => new Persistent(Payload, SequenceNr, PersistenceId, Manifest, IsDeleted, Sender, WriterGuid, newTimestamp);

    /// <inheritdoc />
    public IPersistentRepresentation Update(long sequenceNr, string persistenceId, bool isDeleted, IActorRef? sender, string writerGuid) =>
        new Persistent(Payload, sequenceNr, persistenceId, Manifest, isDeleted, sender, writerGuid, Timestamp);

    /// <inheritdoc />
    public bool Equals(IPersistentRepresentation? other) => other is not null && SequenceNr == other.SequenceNr && PersistenceId == other.PersistenceId
        && Manifest == other.Manifest && WriterGuid == other.WriterGuid && Equals(Payload, other.Payload) && Equals(Sender, other.Sender);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as IPersistentRepresentation);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(PersistenceId, SequenceNr, WriterGuid);

    /// <inheritdoc />
    public override string ToString() => $"Persistent<pid: {PersistenceId}, seqNr: {SequenceNr}, deleted: {IsDeleted}, manifest: {Manifest}, sender: {Sender}, payload: {Payload}, writerGuid: {WriterGuid}>";
}
