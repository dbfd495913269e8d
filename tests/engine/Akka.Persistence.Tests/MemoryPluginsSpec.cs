using Akka.Configuration;
using Akka.Persistence.Tests.Contracts;

namespace Akka.Persistence.Tests;

/// <summary>The journal in memory keeps the contract.</summary>
public class MemoryJournalSpec() : JournalContract(ConfigurationFactory.ParseString("akka.persistence.journal.plugin = \"akka.persistence.journal.inmem\""))
{
    protected override object EventOf(string text) => text;
}

/// <summary>The snapshot store in memory keeps the contract.</summary>
public class MemorySnapshotStoreSpec() : SnapshotStoreContract(ConfigurationFactory.ParseString("akka.persistence.snapshot-store.plugin = \"akka.persistence.snapshot-store.inmem\""))
{
    protected override object SnapshotOf(string text) => text;
}
