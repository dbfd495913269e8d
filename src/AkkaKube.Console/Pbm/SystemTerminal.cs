namespace AkkaKube.Console.Pbm;

/// <summary>The terminal, or the pipes, that the process was started with.</summary>
internal sealed class SystemTerminal : ITerminal
{
    public TextWriter Out => System.Console.Out;

    public TextWriter Error => System.Console.Error;

    public bool IsInteractive => !System.Console.IsInputRedirected && !System.Console.IsOutputRedirected;

    public bool ShowsColours => !System.Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null or "";

    public int Width => System.Console.IsOutputRedirected ? int.MaxValue : Math.Max(System.Console.WindowWidth, 20);

    public string? ReadLine() => System.Console.In.ReadLine();

    public ConsoleKeyInfo ReadKey()
    {
        System.Console.TreatControlCAsInput = true;
        try
        {
            return System.Console.ReadKey(intercept: true);
        }
        finally
        {
            System.Console.TreatControlCAsInput = false;
        }
    }

    public IDisposable OnInterrupt(Action interrupted)
    {
        void Handle(object? sender, ConsoleCancelEventArgs press)
        {
            press.Cancel = true;
            interrupted();
        }

        System.Console.CancelKeyPress += Handle;
        return new Handler(() => System.Console.CancelKeyPress -= Handle);
    }

    private sealed class Handler(Action remove) : IDisposable
    {
        public void Dispose() => remove();
    }
}
