using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using AkkaKube.Benchmarks.Report;

// scripts/bench [--runs N] [--json FILE] [SCENARIO...]     every class that is an IScenario is one
if (args is [AkkaKube.Benchmarks.Remote.RemoteSystem.Command, var folder]) return await AkkaKube.Benchmarks.Remote.RemoteSystem.Run(folder);

var words = new List<string>(args);
string? Option(string name)
{
    var at = words.IndexOf(name);
    if (at < 0 || at + 1 >= words.Count) return null;
    var value = words[at + 1];
    words.RemoveRange(at, 2);
    return value;
}

var runs = int.Parse(Option("--runs") ?? "3", CultureInfo.InvariantCulture);
var json = Option("--json");
if (words.Remove("--micro"))
{
    BenchmarkDotNet.Running.BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run([.. words]);
    return 0;
}

var scenarios = Assembly.GetExecutingAssembly().GetTypes()
    .Where(type => type.IsAssignableTo(typeof(IScenario)) && type is { IsAbstract: false })
    .Select(type => (IScenario)Activator.CreateInstance(type)!)
    .OrderBy(scenario => scenario.Name, StringComparer.Ordinal)
    .Where(scenario => words.Count == 0 || words.Contains(scenario.Name))
    .ToList();
if (scenarios.Count == 0)
{
    Console.Error.WriteLine("no such scenario");
    return 1;
}

var rows = new List<Row>();
foreach (var scenario in scenarios)
{
    Console.Error.WriteLine($"{scenario.Name} ...");
    rows.AddRange(await scenario.Measure(runs));
}

Console.WriteLine(MarkdownTable.Of(rows));
if (json is not null)
{
    var document = new
    {
        date = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        processors = Environment.ProcessorCount,
        runtime = RuntimeInformation.FrameworkDescription,
        rows = rows.Select(r => new { r.Name, r.Unit, r.Median, r.Values, r.Target, r.Reference }),
    };
    await File.WriteAllTextAsync(json, JsonSerializer.Serialize(document, new JsonSerializerOptions { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase }) + "\n");
}

return 0;
