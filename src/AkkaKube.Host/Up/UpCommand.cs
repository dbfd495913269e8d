using System.CommandLine;

namespace AkkaKube.Host.Up;

/// <summary>The command <c>up</c> with its options.</summary>
internal static class UpCommand
{
    public static Command Create()
    {
        var defaults = new UpOptions();
        var nodes = new Option<int>("--nodes") { Description = "how many nodes the cluster has", DefaultValueFactory = _ => defaults.Nodes };
        var port = new Option<int>("--port") { Description = "the API server's port on 127.0.0.1, or on the address of --listen; 0 picks a free one", DefaultValueFactory = _ => defaults.Port };
        var data = new Option<string>("--data-dir") { Description = "where the cluster keeps its data and the kubeconfig", DefaultValueFactory = _ => defaults.DataDirectory };
        var config = new Option<string?>("--config") { Description = "a HOCON file over the settings of hocon/reference.conf" };
        var durability = new Option<string?>("--durability") { Description = "full: an acknowledged write survives a power cut; normal: a crash of the process; none: nothing is promised" };
        durability.AcceptOnlyFromAmong("full", "normal", "none");
        var name = new Option<string>("--name") { Description = "the cluster's name in the kubeconfig", DefaultValueFactory = _ => defaults.Name };
        var console = new Option<int?>("--console-port") { Description = "the console's port on 127.0.0.1 (default 9110; a free one where it is taken); 0 picks a free one" };
        var database = new Option<string?>("--database") { Description = "makes this one host of a cluster: the database that the hosts share, a PostgreSQL connection string or URL, or on one machine the path of a SQLite file" };
        var host = new Option<string?>("--host-name") { Description = "with --database: the name of this host, e.g. h1" };
        var listen = new Option<string?>("--listen") { Description = "with --database: ADDRESS:PORT where the other hosts reach this one; port 0 picks a free one" };
        var input = new Option<bool>("--stop-with-input") { Hidden = true };
        nodes.Limit(int.MaxValue);
        port.Limit(ushort.MaxValue);
        console.Limit(ushort.MaxValue);

        var command = new Command("up", "Runs a cluster, or one host of a cluster, until Ctrl-C or SIGTERM.") { nodes, port, data, config, durability, name, console, database, host, listen, input };
        command.SetAction(async (parsed, stop) =>
        {
            var options = new UpOptions
            {
                Nodes = parsed.GetValue(nodes),
                Port = parsed.GetValue(port),
                DataDirectory = parsed.GetValue(data)!,
                ConfigFile = parsed.GetValue(config),
                Durability = parsed.GetValue(durability),
                Name = parsed.GetValue(name)!,
                ConsolePort = parsed.GetValue(console),
                Database = parsed.GetValue(database),
                HostName = parsed.GetValue(host),
                Listen = parsed.GetValue(listen),
                StopWithInput = parsed.GetValue(input),
            };
            return await UpRun.Run(options, System.Console.Out, System.Console.Error).ConfigureAwait(false);
        });
        return command;
    }
}
