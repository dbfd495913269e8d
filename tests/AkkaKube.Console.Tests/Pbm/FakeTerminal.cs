using AkkaKube.Console.Pbm;

namespace AkkaKube.Console.Tests.Pbm;

/// <summary>A terminal that a test types into: keys where it is interactive, lines where it is a pipe.</summary>
internal sealed class FakeTerminal : ITerminal
{
    private readonly Queue<ConsoleKeyInfo> _keys = [];
    private readonly Queue<string> _lines = [];

    public StringWriter Output { get; } = new();

    public StringWriter Errors { get; } = new();

    public TextWriter Out => Output;

    public TextWriter Error => Errors;

    public bool IsInteractive { get; init; }

    public bool ShowsColours => false;

    public int Width => 80;

    public Action? Interrupted { get; private set; }

    public static FakeTerminal Piped(params string[] lines)
    {
        var terminal = new FakeTerminal();
        foreach (var line in lines) terminal._lines.Enqueue(line);
        return terminal;
    }

    public static FakeTerminal Typed(params object[] keys)
    {
        var terminal = new FakeTerminal { IsInteractive = true };
        foreach (var key in Keys.Of(keys)) terminal._keys.Enqueue(key);
        return terminal;
    }

    public string? ReadLine() => _lines.TryDequeue(out var line) ? line : null;

    public ConsoleKeyInfo ReadKey() => _keys.TryDequeue(out var key) ? key : Keys.Control(ConsoleKey.D);

    public IDisposable OnInterrupt(Action interrupted)
    {
        Interrupted = interrupted;
        return new Nothing();
    }

    private sealed class Nothing : IDisposable
    {
        public void Dispose()
        {
        }
    }
}

/// <summary>Keys as a terminal gives them.</summary>
internal static class Keys
{
    public static ConsoleKeyInfo Control(ConsoleKey key) => new((char)(key - ConsoleKey.A + 1), key, false, false, true);

    public static ConsoleKeyInfo Plain(ConsoleKey key) => new('\0', key, false, false, false);

    /// <summary>Texts are typed letter by letter; keys are pressed.</summary>
    public static IEnumerable<ConsoleKeyInfo> Of(params object[] keys) => keys.SelectMany(key => key switch
    {
        string text => text.Select(c => new ConsoleKeyInfo(c, c == ' ' ? ConsoleKey.Spacebar : char.IsAsciiLetter(c) ? ConsoleKey.A + (char.ToUpperInvariant(c) - 'A') : ConsoleKey.Oem1, false, false, false)),
        ConsoleKey plain => [Plain(plain)],
        ConsoleKeyInfo pressed => [pressed],
        _ => throw new ArgumentException($"{key} is no key", nameof(keys)),
    });
}
