using Akka.Configuration;
using Npgsql;

namespace AkkaKube.Persistence.Tests;

/// <summary>URLs and connection strings.</summary>
public sealed class PostgresAddressSpec
{
    [Theory]
    [InlineData("postgres://u:p@h:6000/d", "h", 6000, "d", "u", "p")]
    [InlineData("postgresql://u@h/d", "h", 5432, "d", "u", null)]
    [InlineData("postgres://u%40x:p%2F%3A%3F@h/my%20db", "h", 5432, "my db", "u@x", "p/:?")]
    [InlineData("postgres://[::1]:5433/d", "::1", 5433, "d", null, null)]
    [InlineData("postgres://10.0.0.1", "10.0.0.1", 5432, null, null, null)]
    [InlineData("postgres:///d?host=/run/postgresql&user=u", "/run/postgresql", 5432, "d", "u", null)]
    [InlineData("Host=h;Port=6000;Database=d;Username=u;Password=p", "h", 6000, "d", "u", "p")]
    public void An_address_is_read(string text, string host, int port, string? database, string? user, string? password)
    {
        var address = PostgresAddress.Parse(text);
        (address.Host, address.Port, address.Database, address.Username, address.Password).ShouldBe((host, port, database, user, password));
    }

    [Theory]
    [InlineData("require", SslMode.Require)]
    [InlineData("verify-full", SslMode.VerifyFull)]
    [InlineData("disable", SslMode.Disable)]
    public void The_mode_of_encryption_is_read(string mode, SslMode expected) => PostgresAddress.Parse($"postgres://h/d?sslmode={mode}").SslMode.ShouldBe(expected);

    [Theory]
    [InlineData("postgres://u:secret@h:port/d", "'port' is no port")]
    [InlineData("postgres://u:secret@h/d?nonsense=1", "'nonsense' is not known")]
    [InlineData("postgres://u:secret@h/d?sslmode=maybe", "cannot be read")]
    [InlineData("postgres:///d", "names no host")]
    [InlineData("Hosts=h;Password=secret", "cannot be read")]
    [InlineData("h:5432/secret", "cannot be read")]
    public void What_is_wrong_with_an_address_is_said_without_its_password(string text, string expected)
    {
        var fault = Should.Throw<ConfigurationException>(() => PostgresAddress.Parse(text));
        fault.Message.ShouldContain(expected);
        fault.Message.ShouldNotContain("secret");
    }
}
