using Akka.Cluster.Membership;
using Akka.Cluster.Tests.Membership;
using AkkaKube.Tests;

namespace AkkaKube.Persistence.Tests;

/// <summary>The membership table keeps its contract in a file of SQLite that hosts share.</summary>
public sealed class SqliteMembershipTableSpec : MembershipTableContract, IDisposable
{
    private readonly DatabaseFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private protected override IMembershipTable Connect() => new SqlMembershipTable(_folder.Shared(), new DatabaseFaults(0));
}

/// <summary>The membership table keeps its contract in PostgreSQL.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresMembershipTableSpec(PostgresServer server) : MembershipTableContract
{
    private readonly PersistenceSettings _settings = server.NewDatabase();

    private protected override IMembershipTable Connect() => new SqlMembershipTable(_settings, new DatabaseFaults(0));
}
