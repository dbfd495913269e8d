using Akka.Actor;

namespace Akka.Persistence.Journal;

/// <summary>What all journals have in common.</summary>
public abstract class WriteJournalBase : ActorBase
{
    /// <summary>The groups of events among the messages of a write.</summary>
    protected IEnumerable<AtomicWrite> PreparePersistentBatch(IEnumerable<IPersistentEnvelope> resequenceables)
    {
        var writes = new List<AtomicWrite>();
        foreach (var envelope in resequenceables)
        {
            if (envelope is AtomicWrite write) writes.Add(write);
        }
        return writes;
    }
}
