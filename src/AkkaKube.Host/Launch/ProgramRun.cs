using System.ComponentModel;
using System.Diagnostics;

namespace AkkaKube.Host.Launch;

/// <summary>How a program of the system ended, and what it wrote.</summary>
internal sealed record ProgramRun(int ExitCode, string Out, string Error)
{
    /// <summary>Runs one to its end.</summary>
    public static async Task<ProgramRun> Run(string program, IEnumerable<string> words, (string Name, string Value)? environment = null)
    {
        // A folder that every user may be in; and messages in the language that this program reads.
        var start = new ProcessStartInfo(program, words) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = "/" };
        start.Environment["LC_ALL"] = "C";
        if (environment is var (name, value)) start.Environment[name] = value;
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync().ConfigureAwait(false);
            return new ProgramRun(process.ExitCode, await output.ConfigureAwait(false), await error.ConfigureAwait(false));
        }
        catch (Win32Exception missing)
        {
            return new ProgramRun(127, "", $"{program}: {missing.Message}");
        }
    }
}
