namespace AkkaKube.Runtime.Applets;

/// <summary>The options of a command line, read as getopt reads them.</summary>
internal sealed class AppletOptions
{
    private readonly List<(char Letter, string? Value)> _given = [];
    private readonly List<string> _operands = [];

    private AppletOptions(string name) => Name = name;

    public string Name { get; }

    /// <summary>What is left.</summary>
    public IReadOnlyList<string> Operands => _operands;

    /// <summary>An option that the applet does not have, or one without its value; null if all is well.</summary>
    public string? Error { get; private set; }

    /// <summary>Reads a command line.</summary>
    /// <param name="arguments">With the name of the applet first.</param>
    /// <param name="known">Letters; one with a colon after it takes a value.</param>
    /// <param name="longNames">Long options, as <c>name=letter</c>.</param>
    /// <param name="stopAtOperand">What follows the first operand are operands (env, timeout, xargs).</param>
    public static AppletOptions Parse(IReadOnlyList<string> arguments, string known, string longNames = "", bool stopAtOperand = false)
    {
        var options = new AppletOptions(FileSystem.NameOf(arguments[0]));
        for (var i = 1; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            if (argument == "--" || (stopAtOperand && (argument.Length < 2 || argument[0] != '-')))
            {
                options._operands.AddRange(arguments.Skip(argument == "--" ? i + 1 : i));
                break;
            }

            if (argument.StartsWith("--", StringComparison.Ordinal)) options.Long(argument[2..], arguments, ref i, known, longNames);
            else if (argument.Length > 1 && argument[0] == '-') options.Short(argument, arguments, ref i, known);
            else options._operands.Add(argument);
        }

        return options;
    }

    public bool Has(char letter) => _given.Exists(g => g.Letter == letter);

    public string? Value(char letter) => _given.FindLast(g => g.Letter == letter).Value;

    public IEnumerable<string> Values(char letter) => _given.Where(g => g.Letter == letter).Select(g => g.Value!);

    private void Short(string argument, IReadOnlyList<string> arguments, ref int i, string known)
    {
        for (var at = 1; at < argument.Length; at++)
        {
            var letter = argument[at];
            var place = letter == ':' ? -1 : known.IndexOf(letter, StringComparison.Ordinal);
            if (place < 0)
            {
                Error ??= $"{(char.IsAscii(letter) ? "invalid" : "unrecognized")} option -- '{letter}'";
                return;
            }

            if (place + 1 == known.Length || known[place + 1] != ':')
            {
                _given.Add((letter, null));
                continue;
            }

            var value = at + 1 < argument.Length ? argument[(at + 1)..] : i + 1 < arguments.Count ? arguments[++i] : null;
            if (value is null) Error ??= $"option requires an argument -- '{letter}'";
            else _given.Add((letter, value));
            return;
        }
    }

    private void Long(string argument, IReadOnlyList<string> arguments, ref int i, string known, string longNames)
    {
        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? argument : argument[..equals];
        var entry = longNames.Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(l => l[..^2] == name);
        if (entry is null)
        {
            Error ??= $"unrecognized option '--{name}'";
            return;
        }

        var letter = entry[^1];
        var place = known.IndexOf(letter, StringComparison.Ordinal);
        var takesValue = place >= 0 && place + 1 < known.Length && known[place + 1] == ':';
        var value = equals >= 0 ? argument[(equals + 1)..] : takesValue && i + 1 < arguments.Count ? arguments[++i] : null;
        _given.Add((letter, value));
    }
}
