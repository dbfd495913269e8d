namespace AkkaKube.Host.Up;

/// <summary>A short line about what is under way, on a terminal only; the next one takes its place.</summary>
internal sealed class Progress(TextWriter output, bool onTerminal)
{
    private int _shown;

    public void Show(string step)
    {
        if (!onTerminal) return;
        output.Write("\r" + step.PadRight(_shown));
        output.Flush();
        _shown = step.Length;
    }

    /// <summary>Takes the last line away.</summary>
    public void Clear()
    {
        if (_shown > 0) output.Write("\r" + new string(' ', _shown) + "\r");
        _shown = 0;
    }
}
