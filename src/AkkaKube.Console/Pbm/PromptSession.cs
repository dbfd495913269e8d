using AkkaKube.Console.Documents;
using AkkaKube.Console.Pbm.Editing;

namespace AkkaKube.Console.Pbm;

/// <summary>A session at a prompt: reads keys, shows the line, runs what is entered.</summary>
internal sealed class PromptSession(ITerminal terminal, PbmClient client, CommandRunner runner, string historyFile)
{
    private const int LongestHistory = 1000;
    private IReadOnlyList<CommandShape>? _commands;

    /// <summary>Until the user leaves; the result is the exit code.</summary>
    public async Task<int> Run()
    {
        await terminal.Out.WriteLineAsync("pbm, the console of AkkaKube: 'help' lists the commands, Tab completes, Ctrl-D leaves").ConfigureAwait(false);
        var editor = LineEditor.Over([.. ReadHistory()]);
        while (true)
        {
            var (line, left) = await ReadLine(editor).ConfigureAwait(false);
            if (left) return ExitCode.Done;
            var words = Words.Of(line.Text);
            if (words is ["exit" or "quit"]) return ExitCode.Done;
            var next = line.Submitted();
            if (next.History.Count > editor.History.Count) AppendHistory(line.Text);
            editor = next;
            if (words.Count == 0) continue;
            using var interrupted = new CancellationTokenSource();
            using var handler = terminal.OnInterrupt(interrupted.Cancel);
            await runner.Run(words, interrupted.Token).ConfigureAwait(false);
        }
    }

    private string Prompt => client.Current is { } host ? $"pbm {host.Name}> " : "pbm> ";

    private async Task<(LineEditor Line, bool Left)> ReadLine(LineEditor editor)
    {
        var screen = default(Screen);
        while (true)
        {
            (var shown, screen) = screen.Show(editor, Prompt, terminal.Width);
            await terminal.Out.WriteAsync(shown).ConfigureAwait(false);
            await terminal.Out.FlushAsync().ConfigureAwait(false);
            (editor, var request) = editor.Press(terminal.ReadKey());
            switch (request)
            {
                case EditorRequest.Submit:
                    await terminal.Out.WriteAsync(screen.Leave(editor, Prompt, terminal.Width)).ConfigureAwait(false);
                    return (editor, false);
                case EditorRequest.Abandon:
                    await terminal.Out.WriteAsync(screen.Leave(editor with { Text = editor.Text + "^C" }, Prompt, terminal.Width)).ConfigureAwait(false);
                    (editor, screen) = (LineEditor.Over(editor.History), default);
                    break;
                case EditorRequest.Leave:
                    await terminal.Out.WriteLineAsync().ConfigureAwait(false);
                    return (editor, true);
                case EditorRequest.ClearScreen:
                    await terminal.Out.WriteAsync("\x1b[2J\x1b[H").ConfigureAwait(false);
                    screen = default;
                    break;
                case EditorRequest.Complete:
                    editor = await Complete(editor).ConfigureAwait(false);
                    break;
            }
        }
    }

    private async Task<LineEditor> Complete(LineEditor editor)
    {
        try
        {
            _commands ??= CommandShape.Read(await client.Get("/commands", CancellationToken.None).ConfigureAwait(false));
            var completion = Completion.At(_commands, editor.Text, editor.Cursor);
            IEnumerable<string> names = [];
            if (completion.Kind is { } kind && DocumentJson.Read(await client.Get($"/names/{kind}", CancellationToken.None).ConfigureAwait(false)) is Document.Table table)
                names = table.Rows.Select(r => r[0].Text ?? "");
            return editor.WithCompletions(completion.Start, completion.With(names));
        }
        catch (Exception problem) when (problem is UnreachableException or FormatException or System.Text.Json.JsonException)
        {
            // No host, no names: the key does nothing.
            return editor;
        }
    }

    private string[] ReadHistory()
    {
        try
        {
            return [.. File.ReadLines(historyFile).TakeLast(LongestHistory)];
        }
        catch (Exception none) when (none is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private void AppendHistory(string line)
    {
        try
        {
            if (!File.Exists(historyFile) && !OperatingSystem.IsWindows())
                using (new FileStream(historyFile, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
                {
                }

            File.AppendAllText(historyFile, line + "\n");
        }
        catch (Exception readOnly) when (readOnly is IOException or UnauthorizedAccessException)
        {
            // A history that cannot be kept is no reason not to run commands.
        }
    }
}
