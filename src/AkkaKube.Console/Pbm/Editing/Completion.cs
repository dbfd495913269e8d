using AkkaKube.Console.Commands;

namespace AkkaKube.Console.Pbm.Editing;

/// <summary>What can stand where the cursor is: words known from the declarations, and the kind of names to ask the host for.</summary>
/// <param name="Start">Where the word begins.</param>
/// <param name="Typed">What of it is there.</param>
/// <param name="Known">Words that fit already.</param>
/// <param name="Kind">A kind whose live names may stand there as well.</param>
internal sealed record Completion(int Start, string Typed, IReadOnlyList<string> Known, ArgumentKind? Kind)
{
    private static readonly string[] Levels = ["debug", "info", "warning", "error"];

    /// <summary>Looks at the line up to the cursor.</summary>
    public static Completion At(IReadOnlyList<CommandShape> commands, string line, int cursor)
    {
        var start = line.LastIndexOf(' ', Math.Max(cursor - 1, 0), Math.Max(cursor, 0)) + 1;
        var typed = line[start..cursor];
        var before = line[..start].Split(' ', StringSplitOptions.RemoveEmptyEntries);

        // The next words of names that begin like this.
        var known = commands
            .Select(c => c.FullName.Split(' '))
            .Where(name => name.Length > before.Length && before.SequenceEqual(name.Take(before.Length)))
            .Select(name => name[before.Length]);
        ArgumentKind? kind = null;
        if (Longest(commands, before) is { } command)
        {
            var given = before.Skip(command.FullName.Split(' ').Length).ToList();
            if (given.Count > 0 && Option(command, given[^1]) is { Value: { } value }) kind = value;
            else
            {
                var words = given.Where((w, i) => Option(command, w) is null && (i == 0 || Option(command, given[i - 1]) is not { Value: not null })).ToList();
                if (words.Count < command.Arguments.Count) kind = command.Arguments[words.Count];
                known = known.Concat(command.Options.Where(o => !given.Contains(o.Name) && (o.Short is null || !given.Contains(o.Short))).Select(o => o.Name).Where(_ => typed.StartsWith('-')));
            }
        }

        if (kind == ArgumentKind.Level) known = known.Concat(Levels);
        if (kind == ArgumentKind.Palette) known = known.Concat(commands.Select(c => c.FullName.Split(' ')[0]));
        return new Completion(start, typed, Fit(known, typed), kind is ArgumentKind.Node or ArgumentKind.Host or ArgumentKind.Peer or ArgumentKind.Member or ArgumentKind.Controller or ArgumentKind.Shard or ArgumentKind.EntityType ? kind : null);
    }

    /// <summary>All words that fit, given the live names of the kind.</summary>
    public IReadOnlyList<string> With(IEnumerable<string> names) => Fit(Known.Concat(names), Typed);

    private static List<string> Fit(IEnumerable<string> words, string typed) =>
        [.. words.Where(w => w.StartsWith(typed, StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static OptionShape? Option(CommandShape command, string word) => command.Options.FirstOrDefault(o => o.Name == word || o.Short == word);

    private static CommandShape? Longest(IReadOnlyList<CommandShape> commands, string[] words) => commands
        .Where(c => c.FullName.Split(' ') is var name && name.Length <= words.Length && name.SequenceEqual(words.Take(name.Length)))
        .MaxBy(c => c.FullName.Length);
}
