using AkkaKube.Tests;

namespace AkkaKube.Persistence.Tests;

/// <summary>What the hosts of a cluster share.</summary>
[Collection(PostgresCollection.Name)]
public sealed class ClusterFilesSpec(PostgresServer server)
{
    [Fact]
    public void On_PostgreSQL_all_hosts_have_the_file_of_the_first() => Check(server.Config());

    [Fact]
    public void On_a_shared_file_of_SQLite_all_hosts_have_the_file_of_the_first()
    {
        using var folder = new DatabaseFolder();
        Check(folder.Config("akkakube.persistence.sqlite.shared = on"));
    }

    private static void Check(Akka.Configuration.Config config)
    {
        using var first = ClusterFiles.Open(config);
        using var second = ClusterFiles.Open(config);
        first.Find("ca.crt").ShouldBeNull();
        first.GetOrAdd("ca.crt", [1, 2]).ShouldBe([1, 2]);
        second.GetOrAdd("ca.crt", [3]).ShouldBe([1, 2]);
        second.Find("ca.crt").ShouldBe([1, 2]);
        second.GetOrAdd("empty", []).ShouldBeEmpty();
        first.Find("empty").ShouldBe([]);
    }
}
