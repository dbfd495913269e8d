using Akka.Actor;

namespace Akka.Persistence;

/// <summary>Who an actor is in the journal.</summary>
public interface IPersistentIdentity
{
    /// <summary>Names the actor's events and snapshots; never two at the same time with one name.</summary>
    string PersistenceId { get; }

    /// <summary>The path of the journal's settings; empty for the default journal.</summary>
    string? JournalPluginId { get; }

    /// <summary>The path of the snapshot store's settings; empty for the default store.</summary>
    string? SnapshotPluginId { get; }
}

/// <summary>How an actor recovers.</summary>
public interface IPersistenceRecovery
{
    /// <summary>Asked at each start.</summary>
    Recovery Recovery { get; }
}

/// <summary>A persistent actor's stash.</summary>
public interface IPersistenceStash : IWithUnrestrictedStash
{
    /// <summary>What happens to a command when no more can wait for a running write.</summary>
    IStashOverflowStrategy InternalStashOverflowStrategy { get; }
}

/// <summary>Saves and loads snapshots.</summary>
public interface ISnapshotter
{
    /// <summary>Whose snapshots.</summary>
    string SnapshotterId { get; }

    /// <summary>The number of the last event that a snapshot taken now holds.</summary>
    long SnapshotSequenceNr { get; }

    /// <summary>Asks for a snapshot.</summary>
    void LoadSnapshot(string persistenceId, SnapshotSelectionCriteria criteria, long toSequenceNr);

    /// <summary>Keeps a snapshot; the answer is <see cref="SaveSnapshotSuccess"/> or <see cref="SaveSnapshotFailure"/>.</summary>
    void SaveSnapshot(object snapshot);

    /// <summary>Deletes one snapshot.</summary>
    void DeleteSnapshot(long sequenceNr);

    /// <summary>Deletes the snapshots that the criteria allow.</summary>
    void DeleteSnapshots(SnapshotSelectionCriteria criteria);
}
