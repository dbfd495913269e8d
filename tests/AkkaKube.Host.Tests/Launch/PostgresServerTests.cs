using AkkaKube.Host.Launch;
using Npgsql;

namespace AkkaKube.Host.Tests.Launch;

public sealed class PostgresServerTests
{
    [Theory]
    [InlineData("/home/you/.akkakube/postgres", "/home/you/.akkakube/postgres")]
    [InlineData("/home/it's mine/postgres", "")]
    [InlineData("/home/$(reboot)/postgres", "")]
    [InlineData("/a,b/postgres", "")]
    public void A_folder_whose_name_a_shell_would_read_has_no_socket(string folder, string expected) => PostgresServer.SocketFolder(folder).ShouldBe(expected);

    [Fact]
    public void A_folder_whose_name_is_too_long_for_a_socket_has_none() => PostgresServer.SocketFolder("/" + new string('x', 100)).ShouldBe("");

    [Theory]
    [InlineData("/home/you/.akkakube/pgpass")]
    [InlineData("/home/it's; \"mine\"=/pgpass")]
    public void The_password_file_may_be_anywhere(string path) =>
        new NpgsqlConnectionStringBuilder(PostgresServer.Address(5433, path)).Passfile.ShouldBe(path);
}
