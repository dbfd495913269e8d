using Akka.Configuration;

namespace AkkaKube.Console.Commands;

/// <summary>How the console works (section <c>akkakube.console</c>).</summary>
public sealed record ConsoleSettings
{
    /// <summary>Where the management port listens.</summary>
    public required string Address { get; init; }

    /// <summary>The management port.</summary>
    public required int Port { get; init; }

    /// <summary>How long actors and other hosts get to answer one question of a command.</summary>
    public required TimeSpan Patience { get; init; }

    /// <summary>How long a command may take.</summary>
    public required TimeSpan CommandTimeout { get; init; }

    /// <summary>How many lines of the log are kept for <c>log peek</c>.</summary>
    public required int LogLines { get; init; }

    /// <summary>Reads the section.</summary>
    public static ConsoleSettings From(Config config)
    {
        var section = config.GetConfig("akkakube.console");
        return new ConsoleSettings
        {
            Address = section.GetString("address"),
            Port = section.GetInt("port"),
            Patience = section.GetTimeSpan("patience"),
            CommandTimeout = section.GetTimeSpan("command-timeout"),
            LogLines = section.GetInt("log-lines"),
        };
    }
}
