using Akka.Persistence.Tests.Contracts;
using AkkaKube.Tests;

namespace AkkaKube.Persistence.Tests;

/// <summary>The journal in PostgreSQL keeps the contract.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresJournalSpec(PostgresServer server) : JournalContract(server.Config())
{
    protected override object EventOf(string text) => new Noted(text);
}

/// <summary>The snapshot store in PostgreSQL keeps the contract.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresSnapshotStoreSpec(PostgresServer server) : SnapshotStoreContract(server.Config())
{
    protected override object SnapshotOf(string text) => new Noted(text);
}
