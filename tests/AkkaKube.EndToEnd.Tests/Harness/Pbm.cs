using System.Diagnostics;
using System.Text.Json;

namespace AkkaKube.EndToEnd.Tests.Harness;

/// <summary>The management console, as a user runs it.</summary>
public sealed class Pbm(string dataDirectory)
{
    public Task<Outcome> Run(string line, string? input = null) => Command.Run("dotnet", Words(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)), input);

    /// <summary>What a command that must succeed printed.</summary>
    public async Task<string> Ok(string line) => (await Run(line)).Succeeded();

    /// <summary>The rows of a command that answers with a table.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<string>>> Rows(string line) =>
        [.. JsonDocument.Parse(await Ok("--json " + line)).RootElement.GetProperty("rows").EnumerateArray().Select(r => (IReadOnlyList<string>)[.. r.EnumerateArray().Select(c => c.ToString())])];

    /// <summary>Starts a command that goes on until it is ended.</summary>
    public Process Start(string line) => Command.Start("dotnet", Words(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    private IEnumerable<string> Words(IEnumerable<string> command) => [Path.Combine(RunningCluster.App, "akkakube.dll"), "pbm", "--data-dir", dataDirectory, .. command];
}
