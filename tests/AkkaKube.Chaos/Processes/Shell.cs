using System.Diagnostics;

namespace AkkaKube.Chaos.Processes;

/// <summary>Programs of the system, run to their end.</summary>
public static class Shell
{
    public static async Task<(int ExitCode, string Output, string Error)> Run(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    /// <summary>The output of a program that must succeed.</summary>
    public static async Task<string> Ok(string program, params string[] arguments)
    {
        var (code, output, error) = await Run(program, arguments);
        return code == 0 ? output : throw new ShellException($"{program} {string.Join(' ', arguments)}: exit code {code}: {error.Trim()}");
    }

    public static Process Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        return Process.Start(start)!;
    }
}

/// <summary>A program of the system failed.</summary>
public sealed class ShellException(string message) : Exception(message);
