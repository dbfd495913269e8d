using System.Globalization;
using Akka.Event;
using AkkaKube.Api;
using AkkaKube.Console.Commands;
using AkkaKube.Console.Documents;

namespace AkkaKube.Console.Palettes.Log;

/// <summary>A line of the log.</summary>
internal sealed record LogLine(DateTime At, LogLevel Level, string Source, string Text)
{
    public static readonly ValueList<string> Columns = ["AT", "LEVEL", "SOURCE", "MESSAGE"];

    public ValueList<Cell> Row => [At.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), Level.StringFor(), Source, Text];

    /// <summary>In one line for people.</summary>
    public string Readable => string.Create(CultureInfo.InvariantCulture, $"{At:HH:mm:ss.fff} {Level.StringFor(),-7} {Source}: {Text}");

    public static LogLine Of(LogEvent e) =>
        new(e.Timestamp, e.LogLevel(), e.LogSource, (e.Message?.ToString() ?? "") + (e.Cause is { } cause ? $" ({cause.GetType().Name}: {cause.Message})" : ""));

    /// <summary>Whether a command wants to see it.</summary>
    public bool Matches(Invocation call) =>
        Level >= (call.Level("--level") ?? LogLevel.DebugLevel) && (call.Find("--source") is not { } source || Source.Contains(source, StringComparison.OrdinalIgnoreCase));
}
