using System.Globalization;
using Akka.Actor;

namespace Akka.Event;

/// <summary>Makes adapters, and knows the names of levels.</summary>
public static class Logging
{
    /// <summary>The adapter of the actor that <paramref name="context"/> belongs to.</summary>
    public static ILoggingAdapter GetLogger(this IActorContext context, ILogMessageFormatter? logMessageFormatter = null) =>
        new BusLogging(
            context.System.EventStream, SourceOf(context.Self), context.Props.Type, logMessageFormatter ?? DefaultLogMessageFormatter.Instance);

    /// <summary>An adapter that writes in the name of an object.</summary>
    public static ILoggingAdapter GetLogger(ActorSystem system, object logSourceObj, ILogMessageFormatter? logMessageFormatter = null)
    {
        var (source, type) = logSourceObj switch
        {
            string text => ($"{text}({system})", typeof(string)),
            IActorRef actor => (SourceOf(actor), typeof(ActorBase)),
            Type t => ($"{SimpleName(t)}({system})", t),
            _ => ($"{SimpleName(logSourceObj)}({system})", logSourceObj.GetType()),
        };
        return new BusLogging(system.EventStream, source, type, logMessageFormatter ?? DefaultLogMessageFormatter.Instance);
    }

    /// <summary>An adapter that writes in the name of an object, on a bus.</summary>
    public static ILoggingAdapter GetLogger(LoggingBus loggingBus, object logSourceObj, ILogMessageFormatter? logMessageFormatter = null) =>
        new BusLogging(loggingBus, logSourceObj.ToString()!, logSourceObj as Type ?? logSourceObj.GetType(), logMessageFormatter ?? DefaultLogMessageFormatter.Instance);

    private static string SourceOf(IActorRef actor) => actor.Path.ToString();

    /// <summary>The type of the entries of a level.</summary>
    public static Type ClassFor(this LogLevel logLevel) => logLevel switch
    {
        LogLevel.DebugLevel => typeof(Debug),
        LogLevel.InfoLevel => typeof(Info),
        LogLevel.WarningLevel => typeof(Warning),
        LogLevel.ErrorLevel => typeof(Error),
        _ => throw new ArgumentException("Unknown LogLevel", nameof(logLevel)),
    };

    /// <summary>The name of a level.</summary>
    public static string StringFor(this LogLevel logLevel) => logLevel switch
    {
        LogLevel.DebugLevel => "DEBUG",
        LogLevel.InfoLevel => "INFO",
        LogLevel.WarningLevel => "WARNING",
        LogLevel.ErrorLevel => "ERROR",
        _ => throw new ArgumentException("Unknown LogLevel", nameof(logLevel)),
    };

    /// <summary>The level of a name.</summary>
    public static LogLevel LogLevelFor(string logLevel) => logLevel.ToUpperInvariant() switch
    {
        "DEBUG" => LogLevel.DebugLevel,
        "INFO" => LogLevel.InfoLevel,
        "WARNING" or "WARN" => LogLevel.WarningLevel,
        "ERROR" => LogLevel.ErrorLevel,
        "OFF" => Off,
        _ => throw new ArgumentException($"Unknown LogLevel: \"{logLevel}\". Valid values are: \"Debug\", \"Info\", \"Warning\", \"Error\", \"Off\"", nameof(logLevel)),
    };

    internal const LogLevel Off = (LogLevel)int.MaxValue;

    /// <summary>The name of an object's type.</summary>
    public static string SimpleName(object o) => o.GetType().Name;

    /// <summary>The name of a type.</summary>
    public static string SimpleName(Type t) => t.Name;

    internal static LogEvent EventFor(LogLevel level, Exception? cause, string source, Type type, object message) => level switch
    {
        LogLevel.DebugLevel => new Debug(cause, source, type, message),
        LogLevel.InfoLevel => new Info(cause, source, type, message),
        LogLevel.WarningLevel => new Warning(cause, source, type, message),
        LogLevel.ErrorLevel => new Error(cause, source, type, message),
        _ => throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Unknown LogLevel {(int)level}"), nameof(level)),
    };
}
