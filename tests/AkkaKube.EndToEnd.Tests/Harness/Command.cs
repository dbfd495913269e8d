using System.Diagnostics;

namespace AkkaKube.EndToEnd.Tests.Harness;

/// <summary>What a command printed and how it ended.</summary>
public sealed record Outcome(int ExitCode, string Out, string Error)
{
    /// <summary>Standard output of a command that must have succeeded.</summary>
    public string Succeeded()
    {
        ExitCode.ShouldBe(0, $"stdout: {Out}\nstderr: {Error}");
        return Out;
    }
}

/// <summary>Runs programs as a user would.</summary>
public static class Command
{
    /// <summary>How long anything may take before the test gives up on it. Generous: no test depends on speed.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    public static async Task<Outcome> Run(string program, IEnumerable<string> arguments, string? input = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        using var process = Start(program, arguments, environment, input is not null);
        using var stop = new CancellationTokenSource(Limit);
        var output = process.StandardOutput.ReadToEndAsync(stop.Token);
        var error = process.StandardError.ReadToEndAsync(stop.Token);
        if (input is not null)
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }

        try
        {
            await process.WaitForExitAsync(stop.Token);
            return new Outcome(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end within {Limit}.");
        }
    }

    public static Process Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, bool withInput = false)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = withInput };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
    }
}
