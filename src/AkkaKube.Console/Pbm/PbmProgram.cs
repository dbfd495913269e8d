using AkkaKube.Console.Documents;
using AkkaKube.Console.Pbm.Output;

namespace AkkaKube.Console.Pbm;

/// <summary>The program <c>akkakube pbm</c>: one command, a session at a prompt, or commands from a pipe.</summary>
public static class PbmProgram
{
    /// <summary>Runs it with the words after <c>pbm</c>; the result is the exit code.</summary>
    public static Task<int> Run(IReadOnlyList<string> words) => Run(words, new SystemTerminal());

    internal static async Task<int> Run(IReadOnlyList<string> words, ITerminal terminal)
    {
        var (options, fault) = PbmOptions.Parse(words);
        if (options.Help)
        {
            await terminal.Out.WriteLineAsync(PbmOptions.Usage).ConfigureAwait(false);
            return ExitCode.Done;
        }

        var view = new DocumentView(terminal, options.Json);
        if (fault is not null) return view.Show(new Document.Failure(FailureCode.Usage, $"{fault}; 'pbm --help' says how it is used"));
        using var client = new PbmClient(() => HostTarget.Find(options.DataDirectory, options.Address));
        var runner = new CommandRunner(client, view, Nowhere(options));
        if (options.Command.Count > 0)
        {
            using var interrupted = new CancellationTokenSource();
            using var handler = terminal.OnInterrupt(interrupted.Cancel);
            return await runner.Run(options.Command, interrupted.Token).ConfigureAwait(false);
        }

        return terminal.IsInteractive
            ? await new PromptSession(terminal, client, runner, Path.Combine(options.DataDirectory, "pbm-history")).Run().ConfigureAwait(false)
            : await RunPipe(terminal, runner).ConfigureAwait(false);
    }

    private static async Task<int> RunPipe(ITerminal terminal, CommandRunner runner)
    {
        var worst = ExitCode.Done;
        while (terminal.ReadLine() is { } line)
        {
            var words = Words.Of(line);
            if (words.Count == 0 || words[0].StartsWith('#')) continue;
            if (words is ["exit" or "quit"]) break;
            var code = await runner.Run(words, CancellationToken.None).ConfigureAwait(false);
            if (worst == ExitCode.Done) worst = code;
        }

        return worst;
    }

    private static string Nowhere(PbmOptions options) => options.Address is { } address
        ? $"no host answers at {address}"
        : $"no host of {Path.GetFullPath(options.DataDirectory)} can be reached; is one running? ('--data-dir DIR' names its data directory)";
}
