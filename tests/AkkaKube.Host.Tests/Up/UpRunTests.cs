using System.Net.Sockets;
using AkkaKube.Host.Up;

namespace AkkaKube.Host.Tests.Up;

public sealed class UpRunTests
{
    [Theory]
    [InlineData(SocketError.AccessDenied)]
    [InlineData(SocketError.AddressNotAvailable)]
    public void A_port_that_cannot_be_had_is_refused_with_what_to_do(SocketError why) =>
        UpRun.RefusalOf(new SocketException((int)why)).ShouldNotBeNull().ShouldContain("--port");

    [Fact]
    public void A_file_that_may_not_be_written_is_refused() =>
        UpRun.RefusalOf(new UnauthorizedAccessException("Access to the path '/x/host.json' is denied.")).ShouldNotBeNull().ShouldContain("/x/host.json");

    [Fact]
    public void A_fault_of_the_program_is_no_refusal() => UpRun.RefusalOf(new InvalidOperationException()).ShouldBeNull();
}
