using System.Collections.Immutable;
using AkkaKube.Console.Documents;

namespace AkkaKube.Console.Commands;

/// <summary>From words to a command with its arguments, or to what is wrong with them.</summary>
public static class CommandParser
{
    /// <summary>The invocation, or the failure to answer with.</summary>
    public static (Invocation? Call, Document.Failure? Fault) Parse(IReadOnlyList<ConsoleCommand> commands, IReadOnlyList<string> words, ConsoleServices services)
    {
        var (command, values, fault) = Check(commands, words);
        return fault is null ? (new Invocation(command!, [.. words], values) { Services = services }, null) : (null, fault);
    }

    /// <summary>The command with what was given to it, or what is wrong.</summary>
    public static (ConsoleCommand? Command, ImmutableDictionary<string, string> Values, Document.Failure? Fault) Check(IReadOnlyList<ConsoleCommand> commands, IReadOnlyList<string> words)
    {
        if (Find(commands, words) is not { } command) return Refused(Unknown(commands, words));
        var given = words.Skip(command.FullName.Split(' ').Length);
        var values = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var arguments = command.Arguments;
        var next = 0;
        Option? open = null;
        foreach (var word in given)
        {
            if (open is { Value: { } expected })
            {
                if (WordSyntax.Fault(expected.Kind, word) is { } fault) return Refused(Wrong(command, $"{open.Name}: '{word}' {fault}"));
                values[open.Name] = word;
                open = null;
            }
            else if (word.StartsWith('-') && command.Options.FirstOrDefault(o => o.Name == word || o.Short == word) is { } option)
            {
                if (values.ContainsKey(option.Name)) return Refused(Wrong(command, $"{option.Name} stands twice"));
                if (option.Value is null) values[option.Name] = "";
                else open = option;
            }
            else if (word.StartsWith('-') && word.Length > 1)
            {
                return Refused(Wrong(command, $"there is no option {word}"));
            }
            else if (next >= arguments.Count)
            {
                return Refused(Wrong(command, $"'{word}' is one word too many"));
            }
            else
            {
                var argument = arguments[next++];
                if (WordSyntax.Fault(argument.Kind, word) is { } fault) return Refused(Wrong(command, $"{argument.Name}: '{word}' {fault}"));
                values[argument.Name] = word;
            }
        }

        if (open is not null) return Refused(Wrong(command, $"{open.Name} needs {open.Value!.Name}"));
        if (next < arguments.Count && !arguments[next].IsOptional) return Refused(Wrong(command, $"{arguments[next].Name} is missing"));
        if (command.Options.FirstOrDefault(o => o.IsRequired && !values.ContainsKey(o.Name)) is { } missing) return Refused(Wrong(command, $"{missing.Name} is missing"));
        return (command, values.ToImmutable(), null);
    }

    /// <summary>The command with the longest name that the words begin with.</summary>
    public static ConsoleCommand? Find(IReadOnlyList<ConsoleCommand> commands, IReadOnlyList<string> words) => commands
        .Where(c => c.FullName.Split(' ') is var name && name.Length <= words.Count && name.SequenceEqual(words.Take(name.Length)))
        .MaxBy(c => c.FullName.Length);

    private static (ConsoleCommand?, ImmutableDictionary<string, string>, Document.Failure?) Refused(Document.Failure fault) => (null, ImmutableDictionary<string, string>.Empty, fault);

    private static Document.Failure Wrong(ConsoleCommand command, string what) => new(FailureCode.Usage, $"{command.FullName}: {what}. Usage: {command.Usage}");

    private static Document.Failure Unknown(IReadOnlyList<ConsoleCommand> commands, IReadOnlyList<string> words)
    {
        var palettes = commands.Where(c => !c.IsInternal).Select(c => c.Palette).Distinct().ToList();
        if (words.Count == 0) return new Document.Failure(FailureCode.Usage, $"no command was given; palettes: {string.Join(", ", palettes)}; 'help' lists all commands");
        var said = string.Join(' ', words.Take(3));
        if (said.Length > 80) said = said[..80] + "…";
        var inPalette = commands.Where(c => c.Palette == words[0] && !c.IsInternal).Select(c => c.FullName).ToList();
        var nearest = NearestNames.Of(said, inPalette.Count > 0 ? inPalette : [.. commands.Where(c => !c.IsInternal).Select(c => c.FullName)]);
        var hint = nearest.Count > 0 ? "did you mean " + string.Join(" or ", nearest.Select(n => $"'{n}'")) + "? " : "";
        var help = inPalette.Count > 0 ? $"'help {words[0]}' lists the palette" : $"palettes: {string.Join(", ", palettes)}; 'help' lists all commands";
        return new Document.Failure(FailureCode.Usage, $"there is no command '{said}'; {hint}{help}") { Nearest = [.. nearest] };
    }
}
