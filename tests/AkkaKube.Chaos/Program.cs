using System.CommandLine;
using AkkaKube.Chaos.Runs;

var runs = new Option<int>("--runs") { Description = "How many runs, each with the next seed.", DefaultValueFactory = _ => 1 };
var seed = new Option<int>("--seed") { Description = "The seed of the first run.", DefaultValueFactory = _ => 1 };
var hosts = new Option<int>("--hosts") { DefaultValueFactory = _ => 3 };
var nodes = new Option<int>("--nodes") { DefaultValueFactory = _ => 300 };
var pods = new Option<int>("--pods") { DefaultValueFactory = _ => 3000 };
var faults = new Option<int>("--faults") { Description = "How many faults a run meets, one after another.", DefaultValueFactory = _ => 4 };
var sqlite = new Option<bool>("--sqlite") { Description = "The hosts share an SQLite file instead of PostgreSQL." };
var loopback = new Option<bool>("--loopback") { Description = "Processes on 127.0.0.1 instead of network namespaces." };
var keep = new Option<string?>("--keep") { Description = "Keeps the hosts' data and their logs in this folder, also of runs that were correct." };
var least = new Option<int>("--least") { Description = "So many operations a second have to be answered while the faults last.", DefaultValueFactory = _ => 1000 };
var only = new Option<string>("--only") { Description = "Only faults with this in their names, e.g. clock.", DefaultValueFactory = _ => "" };
var app = new Option<string>("--app") { Description = "The folder of the built program.", Required = true };
var command = new RootCommand("Runs clusters of several hosts under faults and checks what their clients saw.") { runs, seed, hosts, nodes, pods, faults, sqlite, loopback, keep, least, only, app };
command.SetAction(async (arguments, stop) =>
{
    var number = arguments.GetValue(runs);
    var folder = arguments.GetValue(keep);
    var results = new List<ChaosResult>();
    for (var i = 0; i < number; i++)
    {
        var run = arguments.GetValue(seed) + i;
        var result = await ChaosRun.Do(
            new ChaosOptions
            {
                Seed = run,
                Hosts = arguments.GetValue(hosts),
                Nodes = arguments.GetValue(nodes),
                Pods = arguments.GetValue(pods),
                Faults = arguments.GetValue(faults),
                Postgres = !arguments.GetValue(sqlite),
                Loopback = arguments.GetValue(loopback),
                Keep = folder is null ? null : Path.GetFullPath(Path.Combine(folder, $"run-{run}")),
                App = arguments.GetValue(app)!,
                Only = arguments.GetValue(only)!,
                LeastPerSecond = arguments.GetValue(least),
            },
            // Of many runs each says one line; the whole story is in the folder of one that failed.
            number == 1 ? Console.Out : TextWriter.Null,
            stop);
        results.Add(result);
        Console.WriteLine(ChaosReport.Line(result));
    }
    Console.WriteLine(ChaosReport.Summary(results));
    return results.TrueForAll(result => result.IsCorrect) ? 0 : 1;
});
// Time to take away what runs.
return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(2) });
