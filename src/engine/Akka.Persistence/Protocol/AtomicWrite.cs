using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Persistence;

/// <summary>Events of one actor that are written all or none.</summary>
public sealed class AtomicWrite : IPersistentEnvelope
{
    private readonly IImmutableList<IPersistentRepresentation> _events;

    /// <summary>One event.</summary>
    public AtomicWrite(IPersistentRepresentation payload) : this((IImmutableList<IPersistentRepresentation>)ImmutableArray.Create(payload))
    {
    }

    /// <summary>Several events of the same id, in order.</summary>
    public AtomicWrite(IImmutableList<IPersistentRepresentation> payload)
    {
        if (payload.Count == 0) throw new ArgumentException("An atomic write holds at least one event", nameof(payload));
        for (var i = 1; i < payload.Count; i++)
        {
            if (payload[i].PersistenceId != payload[0].PersistenceId) throw new ArgumentException($"An atomic write holds events of one id, not of {payload[0].PersistenceId} and {payload[i].PersistenceId}", nameof(payload));
        }
        _events = payload;
    }

    /// <summary>The events, an <see cref="IImmutableList{T}"/> of <see cref="IPersistentRepresentation"/>.</summary>
    public object Payload => _events;

    /// <summary>Whose events.</summary>
    public string PersistenceId => _events[0].PersistenceId;

    /// <summary>The number of the first one.</summary>
    public long LowestSequenceNr => _events[0].SequenceNr;

    /// <summary>The number of the last one.</summary>
    public long HighestSequenceNr => _events[^1].SequenceNr;

    /// <summary>Nobody: each event has its own.</summary>
    public IActorRef Sender => ActorRefs.NoSender!;

    /// <summary>How many events.</summary>
    public int Size => _events.Count;

    internal IImmutableList<IPersistentRepresentation> Events => _events;

    /// <inheritdoc />
    public override string ToString() => $"AtomicWrite<pid: {PersistenceId}, lowSeqNr: {LowestSequenceNr}, highSeqNr: {HighestSequenceNr}, size: {Size}>";
}

/// <summary>A message of <c>DeferAsync</c>: the journal sends it back after the events before it.</summary>
internal sealed class NonPersistentMessage(object payload, IActorRef sender) : IPersistentEnvelope
{
    public object Payload { get; } = payload;

    public IActorRef Sender { get; } = sender;

    public int Size => 1;
}
