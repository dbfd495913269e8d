using System.CommandLine;
using AkkaKube.Host.Up;

namespace AkkaKube.Host.Launch;

/// <summary>The command <c>cluster</c> with its options.</summary>
internal static class ClusterCommand
{
    public static Command Create()
    {
        var defaults = new ClusterOptions();
        var hosts = new Argument<int>("hosts") { Description = "how many hosts", DefaultValueFactory = _ => defaults.Hosts };
        hosts.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, out var number) && number is < 1 or > ClusterOptions.MostHosts) result.AddError($"the number of hosts must be from 1 to {ClusterOptions.MostHosts}");
        });
        var postgres = new Option<bool>("--postgres") { Description = "start a PostgreSQL server of the cluster's own in the data directory (installed where root and missing); else the hosts share a SQLite file" };
        var port = new Option<int>("--port") { Description = "the first API server's port on 127.0.0.1, the others count on; 0 picks free ones", DefaultValueFactory = _ => defaults.Port };
        var nodes = new Option<int>("--nodes") { Description = "how many nodes the cluster has", DefaultValueFactory = _ => defaults.Nodes };
        var data = new Option<string>("--data-dir") { Description = "where the cluster keeps its data, each host's folder and the kubeconfig", DefaultValueFactory = _ => defaults.DataDirectory };
        var config = new Option<string?>("--config") { Description = "a HOCON file over the settings of hocon/reference.conf, for every host" };
        var durability = new Option<string?>("--durability") { Description = "full: an acknowledged write survives a power cut; normal: a crash of the process; none: nothing is promised" };
        durability.AcceptOnlyFromAmong("full", "normal", "none");
        var restart = new Option<bool>("--restart") { Description = "start a host again that has died" };
        nodes.Limit(int.MaxValue);
        port.Limit(ushort.MaxValue - ClusterOptions.MostHosts);

        var command = new Command("cluster", "Runs a cluster of several hosts on this machine, each a process of its own, until Ctrl-C or SIGTERM.") { hosts, postgres, port, nodes, data, config, durability, restart };
        command.SetAction(async (parsed, stop) =>
        {
            var options = new ClusterOptions
            {
                Hosts = parsed.GetValue(hosts),
                Postgres = parsed.GetValue(postgres),
                Port = parsed.GetValue(port),
                Nodes = parsed.GetValue(nodes),
                DataDirectory = parsed.GetValue(data)!,
                ConfigFile = parsed.GetValue(config),
                Durability = parsed.GetValue(durability),
                Restart = parsed.GetValue(restart),
            };
            return await ClusterRun.Run(options, System.Console.Out, System.Console.Error).ConfigureAwait(false);
        });
        return command;
    }
}
