using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;
using AkkaKube.Console.Palettes;
using AkkaKube.Console.Pbm.Output;

namespace AkkaKube.Console.Pbm;

/// <summary>Runs one command and shows what comes; what it needs to know of the command it takes from the declarations.</summary>
internal sealed class CommandRunner(PbmClient client, DocumentView view, string nowhere)
{
    /// <summary>Runs it; the result is the exit code.</summary>
    public async Task<int> Run(IReadOnlyList<string> words, CancellationToken stop)
    {
        try
        {
            if (CommandParser.Find(AllCommands.List, words) is { Everywhere: true } && client.Targets() is { Count: > 1 } hosts) return await RunEverywhere(hosts, words, stop).ConfigureAwait(false);
            var code = ExitCode.Done;
            await foreach (var document in client.Run(words, stop).ConfigureAwait(false)) code = view.Show(document);
            return code;
        }
        catch (UnreachableException problem)
        {
            view.Show(new Document.Failure("unreachable", $"{nowhere}: {problem.Message}"));
            return ExitCode.Unreachable;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Done;
        }
    }

    private async Task<int> RunEverywhere(IReadOnlyList<HostTarget> hosts, IReadOnlyList<string> words, CancellationToken stop)
    {
        var said = new List<string>();
        Document? last = null;
        foreach (var host in hosts)
        {
            try
            {
                await foreach (var document in client.RunOn(host, words, stop).ConfigureAwait(false))
                {
                    last = document;
                    if (document is Document.Done done) said.AddRange(done.Message.Split('\n'));
                }
            }
            catch (UnreachableException problem)
            {
                said.Add(problem.Message);
            }
        }

        if (last is null) throw new UnreachableException(string.Join("; ", said));
        return view.Show(last is Document.Done ? new Document.Done(string.Join('\n', said.Distinct(StringComparer.Ordinal))) : last);
    }
}
