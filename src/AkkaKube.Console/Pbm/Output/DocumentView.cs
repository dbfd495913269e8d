using AkkaKube.Console.Documents;
using Spectre.Console;

namespace AkkaKube.Console.Pbm.Output;

/// <summary>Shows documents: to people as tables and lines, to programs as JSON.</summary>
internal sealed class DocumentView(ITerminal terminal, bool json)
{
    // Whoever reads a pipe gets every row in one line.
    private const int Unlimited = 10_000;

    /// <summary>Shows a document and says with which code a command ends that answered it.</summary>
    public int Show(Document document)
    {
        if (json) terminal.Out.WriteLine(DocumentJson.WriteText(document));
        else ShowReadable(document);
        terminal.Out.Flush();
        return document is Document.Failure failure ? failure.Code is FailureCode.Usage or FailureCode.BadRequest ? ExitCode.Usage : ExitCode.Failed : ExitCode.Done;
    }

    private void ShowReadable(Document document)
    {
        switch (document)
        {
            case Document.Text text:
                terminal.Out.WriteLine(text.Value);
                break;
            case Document.Done done:
                terminal.Out.WriteLine(done.Message);
                break;
            case Document.Failure failure:
                terminal.Error.WriteLine("error: " + failure.Message);
                terminal.Error.Flush();
                break;
            case Document.Table { Rows.IsEmpty: true }:
                terminal.Out.WriteLine("(none)");
                break;
            case Document.Table table:
                Show(table);
                break;
        }
    }

    private void Show(Document.Table table)
    {
        var shown = new Table { Border = terminal.IsInteractive ? TableBorder.Rounded : TableBorder.None, ShowHeaders = true };
        for (var i = 0; i < table.Columns.Count; i++)
        {
            var numbers = table.Rows.All(r => r.Count <= i || r[i].IsNumber || r[i].Text is null);
            var column = new TableColumn(new Text(table.Columns[i], new Style(decoration: Decoration.Bold))) { Alignment = numbers ? Justify.Right : Justify.Left };
            if (!terminal.IsInteractive)
            {
                column.NoWrap();
                column.Padding = new Padding(0, 0, 3, 0);
            }

            shown.AddColumn(column);
        }

        foreach (var row in table.Rows) shown.AddRow(table.Columns.Select((_, i) => new Text(i < row.Count ? row[i].Text ?? "" : "")));

        // Written to a text first, so that lines end where their text does.
        using var written = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = terminal.ShowsColours ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = terminal.ShowsColours ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(written),
        });
        console.Profile.Width = terminal.IsInteractive ? terminal.Width : Unlimited;
        console.Write(shown);
        foreach (var line in written.ToString().TrimEnd().Split('\n')) terminal.Out.WriteLine(line.TrimEnd());
    }
}
