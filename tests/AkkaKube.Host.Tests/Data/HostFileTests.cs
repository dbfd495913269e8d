using AkkaKube.Host.Data;

namespace AkkaKube.Host.Tests.Data;

public sealed class HostFileTests
{
    [Fact]
    public void What_is_written_is_read_again()
    {
        var path = Path.GetTempFileName();
        try
        {
            var single = new HostFile(12, "https://127.0.0.1:6443", "127.0.0.1:9110", "0.1.0");
            single.Write(path);
            HostFile.Read(path).ShouldBe(single);
            File.ReadAllText(path).ShouldNotContain("remote");

            var host = single with { Name = "h1", Remote = "127.0.0.1:7101" };
            host.Write(path);
            HostFile.Read(path).ShouldBe(host);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
