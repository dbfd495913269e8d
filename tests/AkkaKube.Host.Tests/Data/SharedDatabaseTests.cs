using System.Data.Common;
using AkkaKube.Host.Data;

namespace AkkaKube.Host.Tests.Data;

public sealed class SharedDatabaseTests
{
    [Theory]
    [InlineData("postgres://me:secret@db.example:5433/kube", "Host=db.example;Port=5433;Database=kube;Username=me;Password=secret")]
    [InlineData("postgresql://db/kube", "Host=db;Database=kube")]
    [InlineData("postgres://me:p%40ss%2Fword@[::1]:5432/kube?sslmode=verify-full", "Host=::1;Port=5432;Database=kube;Username=me;Password=p@ss/word;SSL Mode=VerifyFull")]
    [InlineData("postgres:///kube?host=/run/postgresql&user=me", "Host=/run/postgresql;Database=kube;Username=me")]
    [InlineData("postgres://one,two/kube?target_session_attrs=read-write&sslcert=/c", "Host=one,two;Database=kube;Target Session Attributes=read-write;SSL Certificate=/c")]
    [InlineData("Host=db;Database=kube;Passfile=/etc/pgpass", "Host=db;Database=kube;Passfile=/etc/pgpass")]
    public void A_url_and_a_connection_string_name_a_PostgreSQL_server(string text, string expected)
    {
        var parsed = SharedDatabase.Parse(text).ShouldBeOfType<SharedDatabase.Postgres>();
        var (found, wanted) = (new DbConnectionStringBuilder { ConnectionString = parsed.ConnectionString }, new DbConnectionStringBuilder { ConnectionString = expected });
        found.EquivalentTo(wanted).ShouldBeTrue(parsed.ConnectionString);
    }

    [Fact]
    public void Anything_else_is_the_path_of_a_file() =>
        SharedDatabase.Parse("some/journal.db").ShouldBe(new SharedDatabase.Sqlite(Path.GetFullPath("some/journal.db")));

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("mysql://db/kube", "mysql://")]
    [InlineData("postgres://db", "names no database")]
    [InlineData("postgres://db/kube?sslmode", "SSL Mode")]
    [InlineData("postgres://db/kube?keepalives=1", "keepalives")]
    [InlineData("Database=kube;Username=me", "names no host")]
    [InlineData("Host='db;Database=kube", "connection string")]
    public void What_is_none_of_these_is_refused_in_one_line(string text, string mentions)
    {
        var refusal = Should.Throw<Refusal>(() => SharedDatabase.Parse(text)).Message;
        refusal.ShouldContain(mentions);
        refusal.ShouldStartWith("--database");
        refusal.ShouldNotContain('\n');
    }

    [Fact]
    public void Messages_do_not_show_the_password() =>
        SharedDatabase.Parse("postgres://me:secret@db:5433/kube").Shown.ShouldBe("PostgreSQL db:5433/kube");
}
