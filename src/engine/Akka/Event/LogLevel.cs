namespace Akka.Event;

/// <summary>How important an entry of the log is.</summary>
public enum LogLevel
{
    /// <summary>For who looks for an error.</summary>
    DebugLevel,

    /// <summary>What happens in good health.</summary>
    InfoLevel,

    /// <summary>What may become a failure.</summary>
    WarningLevel,

    /// <summary>A failure.</summary>
    ErrorLevel,
}
