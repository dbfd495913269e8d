using System.Net;
using AkkaKube.Host.Data;
using AkkaKube.Host.Up;

namespace AkkaKube.Host.Tests.Up;

public sealed class UpOptionsTests
{
    private static readonly UpOptions Good = new() { Database = "/data/journal.db", HostName = "h1", Listen = "10.0.0.1:7100" };

    [Fact]
    public void Without_a_database_the_process_is_a_cluster_of_its_own() => new UpOptions().Host().ShouldBeNull();

    [Fact]
    public void A_host_has_a_name_an_address_and_a_database() =>
        Good.Host().ShouldBe(new HostIdentity("h1", new IPEndPoint(IPAddress.Parse("10.0.0.1"), 7100), new SharedDatabase.Sqlite("/data/journal.db")));

    [Fact]
    public void Port_0_leaves_the_choice_to_the_system() => (Good with { Listen = "[::1]:0" }).Host()!.Listen.ShouldBe(new IPEndPoint(IPAddress.IPv6Loopback, 0));

    [Theory]
    [InlineData("h1", "10.0.0.1", "expected the address")]
    [InlineData("h1", "db.example:7100", "expected the address")]
    [InlineData("h1", "10.0.0.1:70000", "expected the address")]
    [InlineData("h1", "0.0.0.0:7100", "stands for all")]
    [InlineData("h1", null, "--listen")]
    [InlineData("H1", "10.0.0.1:7100", "lower case")]
    [InlineData("-", "10.0.0.1:7100", "lower case")]
    [InlineData(null, "10.0.0.1:7100", "--host-name")]
    public void What_makes_no_host_is_refused_in_one_line(string? name, string? listen, string mentions)
    {
        var refusal = Should.Throw<Refusal>(() => (Good with { HostName = name, Listen = listen }).Host()).Message;
        refusal.ShouldContain(mentions);
        refusal.ShouldNotContain('\n');
    }

    [Fact]
    public void What_only_a_host_of_many_has_needs_a_database()
    {
        Should.Throw<Refusal>(() => new UpOptions { HostName = "h1" }.Host()).Message.ShouldContain("--database");
        Should.Throw<Refusal>(() => new UpOptions { Listen = "10.0.0.1:7100" }.Host()).Message.ShouldContain("--database");
    }
}
