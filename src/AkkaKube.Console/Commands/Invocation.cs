using System.Collections.Immutable;
using System.Globalization;
using Akka.Event;

namespace AkkaKube.Console.Commands;

/// <summary>A command with its words, understood and checked.</summary>
/// <param name="Command">What was called.</param>
/// <param name="Words">As they came.</param>
/// <param name="Values">By the name of the argument or option; a flag has an empty value.</param>
public sealed record Invocation(ConsoleCommand Command, IReadOnlyList<string> Words, ImmutableDictionary<string, string> Values)
{
    /// <summary>Only this host is meant: another one passed it on.</summary>
    public bool Here { get; init; }

    /// <summary>What the host gives its console.</summary>
    public required ConsoleServices Services { get; init; }

    /// <summary>An argument that must be there.</summary>
    public string this[string name] => Values[name];

    /// <summary>An argument or option that may be there.</summary>
    public string? Find(string name) => Values.GetValueOrDefault(name);

    /// <summary>Whether the flag was given.</summary>
    public bool Has(string flag) => Values.ContainsKey(flag);

    /// <summary>A number that may be there.</summary>
    public int? Number(string name) => Find(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    /// <summary>A duration that may be there.</summary>
    public TimeSpan? Duration(string name) => Find(name) is { } text && WordSyntax.TryDuration(text, out var duration) ? duration : null;

    /// <summary>A share between 0 and 1 that may be there.</summary>
    public double? Share(string name) => Find(name) is { } text && WordSyntax.TryPercent(text, out var share) ? share : null;

    /// <summary>A log level that may be there.</summary>
    public LogLevel? Level(string name) => Find(name) is { } text && WordSyntax.TryLevel(text, out var level) ? level : null;
}
