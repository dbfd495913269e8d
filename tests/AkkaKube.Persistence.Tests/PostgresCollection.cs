using Akka.Configuration;
using AkkaKube.Tests;

namespace AkkaKube.Persistence.Tests;

/// <summary>One server for all tests; each has a schema of its own.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresCollection : ICollectionFixture<PostgresServer>
{
    public const string Name = "PostgreSQL";
}

internal static class PostgresServers
{
    public static PersistenceSettings NewDatabase(this PostgresServer server) => new()
    {
        Postgres = new PostgresSettings { Connection = server.Url, Schema = server.NewSchema(), Timeout = TimeSpan.FromSeconds(30) },
        MembershipTimeout = TimeSpan.FromSeconds(30),
    };

    public static Config Config(this PostgresServer server, string overrides = "") => ReferenceConf.With($$"""
        {{overrides}}
        akkakube.persistence {
          database = postgresql
          postgresql { connection = "{{server.Url}}", schema = {{server.NewSchema()}} }
          codec = "AkkaKube.Persistence.Tests.TextCodec, AkkaKube.Persistence.Tests"
        }
        akka.persistence.journal.plugin = "akkakube.persistence.journal"
        akka.persistence.snapshot-store.plugin = "akkakube.persistence.snapshot-store"
        """);
}
