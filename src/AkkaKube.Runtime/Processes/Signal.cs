namespace AkkaKube.Runtime;

/// <summary>The signals of Linux that programs here send, catch or die of, by their numbers.</summary>
internal enum Signal
{
    Exit = 0,
    Hup = 1,
    Int = 2,
    Quit = 3,
    Abrt = 6,
    Kill = 9,
    Usr1 = 10,
    Segv = 11,
    Usr2 = 12,
    Pipe = 13,
    Alrm = 14,
    Term = 15,
    Chld = 17,
    Cont = 18,
    Stop = 19,
    Winch = 28,
}

/// <summary>Names of signals.</summary>
internal static class Signals
{
    /// <summary>A name with or without SIG, or a number.</summary>
    public static Signal? Parse(string text)
    {
        if (int.TryParse(text, out var number)) return number is >= 0 and < 65 ? (Signal)number : null;
        var name = text.StartsWith("SIG", StringComparison.OrdinalIgnoreCase) ? text[3..] : text;
        foreach (var signal in Enum.GetValues<Signal>())
        {
            if (signal.ToString().Equals(name, StringComparison.OrdinalIgnoreCase)) return signal;
        }

        return null;
    }

    /// <summary>E.g. <c>TERM</c>.</summary>
    public static string NameOf(Signal signal) => signal.ToString().ToUpperInvariant();

    /// <summary>Whether a process that does nothing about it goes on.</summary>
    public static bool IsIgnoredByDefault(Signal signal) => signal is Signal.Chld or Signal.Cont or Signal.Winch or Signal.Exit;
}
