using System.CommandLine;
using System.Globalization;

namespace AkkaKube.Host.Up;

/// <summary>The command <c>up</c> with its options.</summary>
internal static class UpCommand
{
    public static Command Create()
    {
        var defaults = new UpOptions();
        var nodes = new Option<int>("--nodes") { Description = "how many nodes the cluster has", DefaultValueFactory = _ => defaults.Nodes };
        var port = new Option<int>("--port") { Description = "the API server's port on 127.0.0.1; 0 picks a free one", DefaultValueFactory = _ => defaults.Port };
        var data = new Option<string>("--data-dir") { Description = "where the cluster keeps its data and the kubeconfig", DefaultValueFactory = _ => defaults.DataDirectory };
        var config = new Option<string?>("--config") { Description = "a HOCON file over the settings of hocon/reference.conf" };
        var durability = new Option<string?>("--durability") { Description = "full: an acknowledged write survives a power cut; normal: a crash of the process; none: nothing is promised" };
        durability.AcceptOnlyFromAmong("full", "normal", "none");
        var name = new Option<string>("--name") { Description = "the cluster's name in the kubeconfig", DefaultValueFactory = _ => defaults.Name };
        Limit(nodes, int.MaxValue);
        Limit(port, ushort.MaxValue);

        var command = new Command("up", "Runs a cluster until Ctrl-C or SIGTERM.") { nodes, port, data, config, durability, name };
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
            };
            return await UpRun.Run(options, System.Console.Out, System.Console.Error).ConfigureAwait(false);
        });
        return command;
    }

    // What is no number at all is refused by the option itself.
    private static void Limit(Option<int> option, int most) => option.Validators.Add(result =>
    {
        if (result.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out var number) && (number < 0 || number > most))
            result.AddError($"{option.Name} must be from 0 to {most}");
    });
}
