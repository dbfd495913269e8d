using Akka.Configuration;
using AkkaKube.Tests;

namespace AkkaKube.Persistence.Tests;

/// <summary>A folder with a database, gone after the test.</summary>
public sealed class DatabaseFolder : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("akkakube-journal").FullName;

    public string Path => System.IO.Path.Combine(_folder, "journal.db");

    public Config Config(string overrides = "") => ReferenceConf.With($$"""
        {{overrides}}
        akkakube.persistence { sqlite.path = "{{Path}}", codec = "AkkaKube.Persistence.Tests.TextCodec, AkkaKube.Persistence.Tests" }
        akka.persistence.journal.plugin = "akkakube.persistence.journal"
        akka.persistence.snapshot-store.plugin = "akkakube.persistence.snapshot-store"
        """);

    internal SqliteSettings Settings(Durability durability = Durability.Normal) => new() { Path = Path, Durability = durability };

    /// <summary>For several hosts at once.</summary>
    internal PersistenceSettings Shared() => new() { Sqlite = Settings() with { Shared = true }, MembershipTimeout = TimeSpan.FromSeconds(30) };

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
