using System.Globalization;
using Akka.Actor;

namespace Akka.Event;

/// <summary>An entry of the log.</summary>
public abstract class LogEvent : INoSerializationVerificationNeeded
{
    /// <summary>Creates an entry of this moment and this thread.</summary>
    protected LogEvent()
    {
        Timestamp = DateTime.UtcNow;
        Thread = Thread.CurrentThread;
    }

    /// <summary>What went wrong, if anything.</summary>
    public Exception Cause { get; protected set; } = null!;

    /// <summary>When.</summary>
    public DateTime Timestamp { get; private set; }

    /// <summary>On which thread.</summary>
    public Thread Thread { get; private set; }

    /// <summary>Who speaks, e.g. the path of an actor.</summary>
    public string LogSource { get; protected set; } = "";

    /// <summary>The type of who speaks.</summary>
    public Type LogClass { get; protected set; } = typeof(object);

    /// <summary>The text, or what makes it when it is asked for.</summary>
    public object Message { get; protected set; } = "";

    /// <summary>How important it is.</summary>
    public abstract LogLevel LogLevel();

    internal LogEvent With(Exception? cause, string source, Type type, object message)
    {
        Cause = cause!;
        LogSource = source;
        LogClass = type;
        Message = message;
        return this;
    }

    /// <inheritdoc />
    public override string ToString()
    {
        var level = Logging.StringFor(LogLevel());
        var text = string.Create(CultureInfo.InvariantCulture, $"[{level}][{Timestamp:yyyy-MM-ddTHH:mm:ss.fffZ}][Thread {Thread.ManagedThreadId:D4}][{LogSource}] {Message}");
        return Cause is null ? text : $"{text}{Environment.NewLine}Cause: {Cause}";
    }
}

/// <summary>An entry for who looks for an error.</summary>
public class Debug : LogEvent
{
    /// <summary>Creates the entry.</summary>
    public Debug(string logSource, Type logClass, object message) : this(null, logSource, logClass, message) { }

    /// <summary>Creates the entry.</summary>
    public Debug(Exception? cause, string logSource, Type logClass, object message) => With(cause, logSource, logClass, message);

    /// <inheritdoc />
    public override LogLevel LogLevel() => Event.LogLevel.DebugLevel;
}

/// <summary>An entry about what happens in good health.</summary>
public class Info : LogEvent
{
    /// <summary>Creates the entry.</summary>
    public Info(string logSource, Type logClass, object message) : this(null, logSource, logClass, message) { }

    /// <summary>Creates the entry.</summary>
    public Info(Exception? cause, string logSource, Type logClass, object message) => With(cause, logSource, logClass, message);

    /// <inheritdoc />
    public override LogLevel LogLevel() => Event.LogLevel.InfoLevel;
}

/// <summary>An entry about what may become a failure.</summary>
public class Warning : LogEvent
{
    /// <summary>Creates the entry.</summary>
    public Warning(string logSource, Type logClass, object message) : this(null, logSource, logClass, message) { }

    /// <summary>Creates the entry.</summary>
    public Warning(Exception? cause, string logSource, Type logClass, object message) => With(cause, logSource, logClass, message);

    /// <inheritdoc />
    public override LogLevel LogLevel() => Event.LogLevel.WarningLevel;
}

/// <summary>An entry about a failure.</summary>
public class Error : LogEvent
{
    /// <summary>Creates the entry.</summary>
    public Error(Exception? cause, string logSource, Type logClass, object message) => With(cause, logSource, logClass, message);

    /// <inheritdoc />
    public override LogLevel LogLevel() => Event.LogLevel.ErrorLevel;
}
