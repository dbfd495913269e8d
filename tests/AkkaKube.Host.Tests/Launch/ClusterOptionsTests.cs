using AkkaKube.Host.Data;
using AkkaKube.Host.Launch;

namespace AkkaKube.Host.Tests.Launch;

public sealed class ClusterOptionsTests : IDisposable
{
    private readonly DataDirectory _data = DataDirectory.Open(Directory.CreateTempSubdirectory("akkakube-launch").FullName);

    public void Dispose() => Directory.Delete(_data.Root, recursive: true);

    [Fact]
    public void Each_host_gets_the_next_ports_and_a_folder_of_its_own()
    {
        var words = string.Join(' ', new ClusterOptions { Port = 6443, Nodes = 9, Durability = "normal" }.CommandLine(2, _data, "/x/journal.db", _ => true));
        words.ShouldBe($"up --database /x/journal.db --host-name h2 --listen 127.0.0.1:7102 --port 6444 --console-port 9111 --data-dir {_data.Root}/h2 --nodes 9 --name h2 --stop-with-input --durability normal");
    }

    [Fact]
    public void Port_0_leaves_all_ports_to_the_system()
    {
        var words = string.Join(' ', new ClusterOptions { Port = 0 }.CommandLine(3, _data, "/x/journal.db", _ => true));
        words.ShouldContain("--listen 127.0.0.1:0 --port 0 --console-port 0 ");
    }

    [Fact]
    public void A_port_that_is_taken_is_replaced_but_for_the_one_that_was_asked_for()
    {
        var words = string.Join(' ', new ClusterOptions { Port = 6443 }.CommandLine(1, _data, "/x/journal.db", _ => false));
        words.ShouldContain("--listen 127.0.0.1:0 --port 6443 --console-port 0 ");
    }

    [Fact]
    public void A_host_that_is_started_again_is_found_where_it_was()
    {
        var before = new HostFile(1, "https://127.0.0.1:40001", "127.0.0.1:40002", "0.1.0", "h1", "127.0.0.1:40003");
        var words = string.Join(' ', new ClusterOptions { Port = 0 }.CommandLine(1, _data, "/x/journal.db", _ => false, before));
        words.ShouldContain("--listen 127.0.0.1:40003 --port 40001 --console-port 40002 ");
    }
}
