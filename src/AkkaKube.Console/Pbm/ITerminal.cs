namespace AkkaKube.Console.Pbm;

/// <summary>Where pbm reads and writes.</summary>
internal interface ITerminal
{
    /// <summary>For answers.</summary>
    TextWriter Out { get; }

    /// <summary>For what went wrong.</summary>
    TextWriter Error { get; }

    /// <summary>A person types: keys come one by one, and the output is a screen.</summary>
    bool IsInteractive { get; }

    /// <summary>Output goes to a screen that shows colours.</summary>
    bool ShowsColours { get; }

    /// <summary>How many letters fit in a line of the screen.</summary>
    int Width { get; }

    /// <summary>The next line of the input; null at its end.</summary>
    string? ReadLine();

    /// <summary>The next key, Ctrl-C as a key too.</summary>
    ConsoleKeyInfo ReadKey();

    /// <summary>Calls back when the user presses Ctrl-C outside of <see cref="ReadKey"/>.</summary>
    IDisposable OnInterrupt(Action interrupted);
}
