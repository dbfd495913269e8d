using System.Text;
using Akka.Actor;
using AkkaKube.Api;

namespace AkkaKube.Console.Commands;

/// <summary>One command, declared: everything that parser, help, completion and console know of it.</summary>
/// <param name="Palette">The first word, e.g. <c>kube</c>.</param>
/// <param name="Name">The words after it, e.g. <c>kill-node</c> or <c>chaos start</c>.</param>
/// <param name="Help">What it does, in a line.</param>
/// <param name="Handler">The actor that does it: a child of the console for each call.</param>
public sealed record ConsoleCommand(string Palette, string Name, string Help, Func<Invocation, Props> Handler)
{
    /// <summary>The words that it takes, in order.</summary>
    public ValueList<Argument> Arguments { get; init; }

    /// <summary>What may stand anywhere.</summary>
    public ValueList<Option> Options { get; init; }

    /// <summary>It goes on until the caller goes.</summary>
    public bool Streams { get; init; }

    /// <summary>A client that knows several hosts sends it to all of them: what it undoes may keep them from each other.</summary>
    public bool Everywhere { get; init; }

    /// <summary>Consoles say it to each other; it is not listed for people.</summary>
    public bool IsInternal { get; init; }

    /// <summary>Palette and name; a command without a name is called by its palette alone.</summary>
    public string FullName => Name.Length == 0 ? Palette : $"{Palette} {Name}";

    /// <summary>How it is written, e.g. <c>kube slow TARGET DELAY [--for TIME]</c>.</summary>
    public string Usage
    {
        get
        {
            var text = new StringBuilder(FullName);
            foreach (var argument in Arguments) text.Append(argument.IsOptional ? $" [{argument.Name}]" : $" {argument.Name}");
            foreach (var option in Options)
            {
                var written = (option.Short ?? option.Name) + (option.Value is { } value ? " " + value.Name : "");
                text.Append(option.IsRequired ? $" {written}" : $" [{written}]");
            }

            return text.ToString();
        }
    }
}
