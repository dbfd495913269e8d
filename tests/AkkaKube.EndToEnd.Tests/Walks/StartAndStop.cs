using System.Text.Json;
using AkkaKube.EndToEnd.Tests.Harness;

namespace AkkaKube.EndToEnd.Tests.Walks;

/// <summary>The command itself: what it prints, writes and refuses.</summary>
public sealed class StartAndStop
{
    [Fact]
    public async Task A_cluster_says_that_it_is_ready_keeps_its_objects_over_a_restart_and_ends_in_order()
    {
        var data = RunningCluster.NewDataDirectory();
        await using (var first = await RunningCluster.Start(2, data, "--name", "tiny", "--durability", "normal"))
        {
            var host = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(data, "host.json"))).RootElement;
            host.GetProperty("pid").GetInt32().ShouldBe(first.ProcessId);
            host.GetProperty("api").GetString().ShouldBe(first.Api.ToString().TrimEnd('/'));
            host.GetProperty("console").GetString().ShouldNotBeNull().ShouldMatch(@"^127\.0\.0\.1:\d+$");
            host.GetProperty("version").GetString().ShouldNotBeNullOrEmpty();
            File.GetUnixFileMode(first.KubeConfig).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            (await first.Kubectl().Ok("create configmap kept --from-literal=a=b")).ShouldBe("configmap/kept created\n");
            (await first.Kubectl().Ok("config current-context")).ShouldBe("tiny\n");
            (await first.Terminate()).ShouldBe(0);
        }

        await using var second = await RunningCluster.Start(2, data);
        (await second.Kubectl().Ok("get configmap kept -o jsonpath={.data.a}")).ShouldBe("b");
        (await second.Kubectl().Ok("get nodes --no-headers")).Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldAllBe(line => line.Contains(" Ready ", StringComparison.Ordinal));
        (await second.Kubectl().Ok("version")).ShouldContain("v1.36.2+akkakube");
    }

    [Fact]
    public async Task A_stop_waits_for_the_requests_under_way_and_ends_in_order_however_long_that_takes()
    {
        await using var cluster = await RunningCluster.Start(1);
        using var client = AdminClient.Of(cluster);
        using var body = new EndlessBody();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/v1/namespaces/default/configmaps", UriKind.Relative)) { Content = body };
        var answer = client.SendAsync(request);
        await body.Begun;
        (await cluster.Terminate()).ShouldBe(0);
        body.End();
        await Should.ThrowAsync<Exception>(async () => (await answer).EnsureSuccessStatusCode());
    }

    [Fact]
    public async Task A_second_process_on_the_same_data_is_refused()
    {
        await using var cluster = await RunningCluster.Start(1);
        await Refused(["--data-dir", cluster.DataDirectory, "--port", "0"], cluster.DataDirectory);
    }

    [Fact]
    public async Task A_port_in_use_is_refused()
    {
        await using var cluster = await RunningCluster.Start(1);
        var port = cluster.Api.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        await Refused(["--data-dir", RunningCluster.NewDataDirectory(), "--port", port], port);
    }

    [Fact]
    public async Task A_bad_config_file_is_refused_with_file_line_and_key()
    {
        var data = RunningCluster.NewDataDirectory();
        var config = Path.Combine(data, "bad.conf");
        await File.WriteAllTextAsync(config, "akkakube {\n  kubelet {\n    lease-duration = purple\n  }\n}\n");
        await Refused(["--data-dir", data, "--port", "0", "--config", config], "bad.conf:3", "akkakube.kubelet.lease-duration");
        await File.WriteAllTextAsync(config, "akkakube {\n  kubelet {\n");
        await Refused(["--data-dir", data, "--port", "0", "--config", config], "bad.conf:");
        await File.WriteAllTextAsync(config, "akkakube.kubelet.lease-durration = 3s\n");
        await Refused(["--data-dir", data, "--port", "0", "--config", config], "bad.conf", "akkakube.kubelet.lease-durration", "did you mean akkakube.kubelet.lease-duration?");
    }

    [Fact]
    public async Task A_data_directory_that_cannot_be_made_is_refused() =>
        await Refused(["--data-dir", "/proc/akkakube", "--port", "0"], "/proc/akkakube");

    [Fact]
    public async Task A_config_file_that_is_not_there_is_refused() =>
        await Refused(["--data-dir", RunningCluster.NewDataDirectory(), "--port", "0", "--config", "/nowhere/at-all.conf"], "/nowhere/at-all.conf");

    [Fact]
    public async Task A_host_that_cannot_write_its_kubeconfig_is_refused()
    {
        var data = RunningCluster.NewDataDirectory();
        Directory.CreateDirectory(Path.Combine(data, "kubeconfig"));
        await Refused(["--data-dir", data, "--port", "0", "--console-port", "0", .. AsHost(data)], Path.Combine(data, "kubeconfig"));
    }

    [Fact]
    public async Task A_host_writes_down_where_its_console_listens()
    {
        var data = RunningCluster.NewDataDirectory();
        var config = Path.Combine(data, "console.conf");
        await File.WriteAllTextAsync(config, "akkakube.console.address = \"::1\"\n");
        await using var host = await RunningCluster.Start(1, data, [.. AsHost(data), "--config", config]);
        JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(data, "host.json"))).RootElement.GetProperty("console").GetString().ShouldNotBeNull().ShouldMatch(@"^\[::1\]:\d+$");
    }

    [Theory]
    [InlineData("--nodes", "many")]
    [InlineData("--nodes", "-1")]
    [InlineData("--port", "65536")]
    [InlineData("--durability", "purple")]
    public async Task An_option_without_sense_is_refused(string option, string value)
    {
        var outcome = await Command.Run("dotnet", [Path.Combine(RunningCluster.App, "akkakube.dll"), "up", "--data-dir", RunningCluster.NewDataDirectory(), option, value]);
        outcome.ExitCode.ShouldBe(1);
        outcome.Error.ShouldContain(option == "--durability" ? value : option);
    }

    private static string[] AsHost(string data) => ["--database", Path.Combine(data, "journal.db"), "--host-name", "h1", "--listen", "127.0.0.1:0"];

    private static async Task Refused(string[] options, params string[] mentions)
    {
        var outcome = await Command.Run("dotnet", [Path.Combine(RunningCluster.App, "akkakube.dll"), "up", .. options]);
        outcome.ExitCode.ShouldBe(1);
        outcome.Error.TrimEnd('\n').ShouldNotContain('\n');
        foreach (var word in mentions) outcome.Error.ShouldContain(word);
    }

    /// <summary>The server has begun to read it, and waits for the rest.</summary>
    private sealed class EndlessBody : HttpContent
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Begun => _begun.Task;

        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            // More than fits into the buffers on the way: the request is being read when all of it is gone.
            await stream.WriteAsync(new byte[1 << 20]);
            await stream.FlushAsync();
            _begun.SetResult();
            await _end.Task;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }

        public void End() => _end.TrySetResult();
    }
}
