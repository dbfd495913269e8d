using System.Text.RegularExpressions;

namespace AkkaKube.Console.Pbm;

/// <summary>What <c>akkakube pbm</c> was asked for.</summary>
internal sealed partial record PbmOptions
{
    public const string Usage = """
        Usage: pbm [host:port] [--data-dir DIR] [--json] [command ...]

        Sends a command to the console of a host and shows the answer. Without a command: a prompt, with history and completion;
        with lines on standard input, a command a line.

          host:port        the management port of a host; else DIR/host.json says where it is
          --data-dir DIR   the data directory of a host or of a cluster of hosts (default: .akkakube)
          --json           answers as JSON, for programs

        Exit codes: 0 done, 1 the command failed, 2 wrong usage, 3 no host can be reached.  'pbm help' lists the commands.
        """;

    /// <summary>A management port; null: the data directory says.</summary>
    public string? Address { get; init; }

    public string DataDirectory { get; init; } = ".akkakube";

    public bool Json { get; init; }

    public bool Help { get; init; }

    /// <summary>The command; none: a session.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>Reads a command line: the options, or what is wrong.</summary>
    public static (PbmOptions Options, string? Fault) Parse(IReadOnlyList<string> words)
    {
        var options = new PbmOptions();
        var command = new List<string>();
        for (var i = 0; i < words.Count; i++)
        {
            switch (words[i])
            {
                case "--json":
                    options = options with { Json = true };
                    break;
                case "--data-dir" when i + 1 < words.Count:
                    options = options with { DataDirectory = words[++i] };
                    break;
                case "--data-dir":
                    return (options, "--data-dir needs a directory");
                case "-h" or "--help" when command.Count == 0:
                    options = options with { Help = true };
                    break;
                case ['-', ..] when command.Count == 0:
                    return (options, $"there is no option {words[i]}");
                case var word when command.Count == 0 && options.Address is null && AddressForm().IsMatch(word):
                    options = options with { Address = word };
                    break;
                default:
                    command.Add(words[i]);
                    break;
            }
        }

        return (options with { Command = command }, null);
    }

    [GeneratedRegex(@"^(\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+):[0-9]{1,5}$")]
    private static partial Regex AddressForm();
}
