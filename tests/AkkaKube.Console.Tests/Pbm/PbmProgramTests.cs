using System.Net;
using AkkaKube.Console.Pbm;

namespace AkkaKube.Console.Tests.Pbm;

public sealed class PbmProgramTests : ConsoleKit
{
    [Fact]
    public async Task A_command_is_shown_as_a_table_to_people_and_as_json_to_programs()
    {
        await using var port = await OpenPort.Over(Console());
        var terminal = new FakeTerminal();
        (await PbmProgram.Run(["--data-dir", port.Folder, "cluster", "show"], terminal)).ShouldBe(0);
        var lines = terminal.Output.ToString().Split('\n');
        lines[0].ShouldMatch("^HOST +ADDRESS +STATUS +REACHABLE +LEADER +ROLES");
        lines[1].ShouldMatch("^local +akka://test +Up +yes +leader");

        terminal = new FakeTerminal();
        (await PbmProgram.Run(["--json", "--data-dir", port.Folder, "cluster", "show"], terminal)).ShouldBe(0);
        terminal.Output.ToString().ShouldStartWith("""{"columns":["HOST","ADDRESS","STATUS","REACHABLE","LEADER","ROLES","SINGLETONS"],"rows":[["local",""");
    }

    [Theory]
    [InlineData("cluster leave local", 1, "error: this is a single host")]
    [InlineData("cluster shwo", 2, "error: there is no command 'cluster shwo'; did you mean 'cluster show'")]
    [InlineData("log level loud", 2, "Usage: log level [LEVEL]")]
    public async Task The_exit_code_says_what_went_wrong(string command, int code, string says)
    {
        await using var port = await OpenPort.Over(Console());
        var terminal = new FakeTerminal();
        (await PbmProgram.Run(["--data-dir", port.Folder, .. command.Split(' ')], terminal)).ShouldBe(code);
        terminal.Errors.ToString().ShouldContain(says);
        terminal.Output.ToString().ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_no_host_answers_it_says_where_it_looked()
    {
        var folder = Directory.CreateTempSubdirectory("akkakube-pbm-").FullName;
        var terminal = new FakeTerminal();
        (await PbmProgram.Run(["--data-dir", folder, "cluster", "show"], terminal)).ShouldBe(3);
        terminal.Errors.ToString().ShouldContain($"no host of {folder} can be reached");

        terminal = new FakeTerminal();
        (await PbmProgram.Run(["127.0.0.1:1", "--json", "cluster", "show"], terminal)).ShouldBe(3);
        terminal.Output.ToString().ShouldContain("\"code\":\"unreachable\"");
    }

    [Theory]
    [InlineData("--nonsense")]
    [InlineData("--data-dir")]
    public async Task Wrong_options_are_usage(string option)
    {
        var terminal = new FakeTerminal();
        (await PbmProgram.Run([option], terminal)).ShouldBe(2);
        terminal.Errors.ToString().ShouldContain("pbm --help");
    }

    [Fact]
    public async Task Help_needs_no_host()
    {
        var terminal = new FakeTerminal();
        (await PbmProgram.Run(["--help"], terminal)).ShouldBe(0);
        terminal.Output.ToString().ShouldContain("Exit codes");
    }

    [Fact]
    public async Task The_hosts_of_a_cluster_are_tried_in_turn()
    {
        await using var port = await OpenPort.Over(Console());
        var folder = Directory.CreateTempSubdirectory("akkakube-pbm-").FullName;
        foreach (var (name, address) in ((string, string)[])[("h1", "127.0.0.1:1"), ("h2", port.Address.ToString())])
        {
            Directory.CreateDirectory(Path.Combine(folder, name));
            await File.WriteAllTextAsync(Path.Combine(folder, name, "host.json"), $$"""{"console":"{{address}}"}""");
            await File.WriteAllTextAsync(Path.Combine(folder, name, "token"), port.Token);
        }

        var terminal = new FakeTerminal();
        (await PbmProgram.Run(["--data-dir", folder, "cluster", "leader"], terminal)).ShouldBe(0);
        terminal.Output.ToString().ShouldStartWith("local ");

        // An address alone takes the token of the cluster.
        (await PbmProgram.Run([port.Address.ToString(), "--data-dir", folder, "cluster", "leader"], new FakeTerminal())).ShouldBe(0);

        // What heals goes to all of them.
        terminal = new FakeTerminal();
        (await PbmProgram.Run(["--data-dir", folder, "kube", "heal"], terminal)).ShouldBe(0);
        terminal.Output.ToString().ShouldContain("local: nothing was broken");
        terminal.Output.ToString().ShouldContain("h1 at 127.0.0.1:1");
    }

    [Fact]
    public async Task Lines_from_a_pipe_are_commands_and_the_first_failure_is_the_exit_code()
    {
        await using var port = await OpenPort.Over(Console());
        var terminal = FakeTerminal.Piped("log level", "", "# a comment", "cluster leave local", "cluster shwo", "cluster leader", "exit", "log level");
        (await PbmProgram.Run(["--data-dir", port.Folder], terminal)).ShouldBe(1);
        terminal.Output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(["WARNING", "local akka://test"]);
    }

    [Fact]
    public async Task At_the_prompt_commands_are_typed_completed_and_remembered()
    {
        Family("controllers", "replicaset-controller", "deployment-controller");
        await using var port = await OpenPort.Over(Console());
        var terminal = FakeTerminal.Typed("clu", ConsoleKey.Tab, " lead", ConsoleKey.Tab, ConsoleKey.Enter, "kube kill cont", ConsoleKey.Tab, "rep", ConsoleKey.Tab, ConsoleKey.Enter, "half", Keys.Control(ConsoleKey.C), Keys.Control(ConsoleKey.D));
        (await PbmProgram.Run(["--data-dir", port.Folder], terminal)).ShouldBe(0);
        terminal.Output.ToString().ShouldContain("local akka://test");
        terminal.Output.ToString().ShouldContain("crashed controller replicaset-controller on local; it is up again");
        (await File.ReadAllLinesAsync(Path.Combine(port.Folder, "pbm-history"))).ShouldBe(["cluster leader ", "kube kill controller replicaset-controller "]);

        // The next session has them.
        terminal = FakeTerminal.Typed(ConsoleKey.UpArrow, ConsoleKey.UpArrow, ConsoleKey.Enter);
        await PbmProgram.Run(["--data-dir", port.Folder], terminal);
        terminal.Output.ToString().ShouldContain("local akka://test");
    }

    [Fact]
    public async Task A_stream_ends_when_the_user_interrupts_it()
    {
        await using var port = await OpenPort.Over(Console());
        var terminal = new FakeTerminal();
        var run = PbmProgram.Run(["--data-dir", port.Folder, "log", "tail"], terminal);
        AwaitCondition(() => terminal.Interrupted is not null);
        terminal.Interrupted!();
        (await run).ShouldBe(0);
    }

    [Fact]
    public async Task What_is_no_management_port_is_not_taken_for_one()
    {
        using var http = new HttpListener();
        using var free = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        http.Prefixes.Add($"http://127.0.0.1:{port}/");
        http.Start();
        var serve = http.GetContextAsync().ContinueWith(
            t =>
            {
                t.Result.Response.OutputStream.Write("<html>"u8);
                t.Result.Response.Close();
            },
            TaskScheduler.Default);
        var terminal = new FakeTerminal();
        (await PbmProgram.Run([$"127.0.0.1:{port}", "cluster", "show"], terminal)).ShouldBe(3);
        terminal.Errors.ToString().ShouldContain("no management port");
        await serve;
    }

    [Theory]
    [InlineData("a  b", "a|b")]
    [InlineData("a 'b c' \"d e\"f", "a|b c|d ef")]
    [InlineData("  ", "")]
    [InlineData("''", "")]
    public void A_line_is_split_as_a_shell_does(string line, string words) => string.Join('|', Words.Of(line)).ShouldBe(words);
}
