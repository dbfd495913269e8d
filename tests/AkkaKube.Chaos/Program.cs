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
var keep = new Option<string?>("--keep") { Description = "Keeps the hosts' data, their logs and the histories in this folder." };
var app = new Option<string>("--app") { Description = "The folder of the built program.", Required = true };
var command = new RootCommand("Runs clusters of several hosts under faults and checks what their clients saw.") { runs, seed, hosts, nodes, pods, faults, sqlite, loopback, keep, app };
command.SetAction(async arguments =>
{
    var failed = 0;
    for (var i = 0; i < arguments.GetValue(runs); i++)
    {
        var number = arguments.GetValue(seed) + i;
        Console.WriteLine($"run {number}");
        var folder = arguments.GetValue(keep);
        var result = await ChaosRun.Do(
            new ChaosOptions
            {
                Seed = number,
                Hosts = arguments.GetValue(hosts),
                Nodes = arguments.GetValue(nodes),
                Pods = arguments.GetValue(pods),
                Faults = arguments.GetValue(faults),
                Postgres = !arguments.GetValue(sqlite),
                Loopback = arguments.GetValue(loopback),
                Keep = folder is null ? null : Path.GetFullPath(Path.Combine(folder, $"run-{number}")),
                App = arguments.GetValue(app)!,
            },
            Console.Out);
        foreach (var problem in result.Problems) Console.WriteLine("  PROBLEM " + problem);
        if (result.Problems.Length > 0) failed++;
        Console.WriteLine($"run {number}: {(result.Problems.Length == 0 ? "correct" : "FAILED")}, {result.Operations} operations, {result.PerSecond:0} per second, longest fail-over {result.Recoveries.Select(r => r.Writable.TotalSeconds).DefaultIfEmpty().Max():0.0} s");
    }
    Console.WriteLine($"{arguments.GetValue(runs)} runs, {failed} failed");
    return failed == 0 ? 0 : 1;
});
return await command.Parse(args).InvokeAsync();
