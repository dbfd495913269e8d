using Akka.Actor;

namespace Akka.Event;

/// <summary>Tells a logger to begin; it answers <see cref="LoggerInitialized"/>.</summary>
public class InitializeLogger : INoSerializationVerificationNeeded
{
    /// <summary>Creates the message.</summary>
    public InitializeLogger(LoggingBus loggingBus) => LoggingBus = loggingBus;

    /// <summary>The bus to listen to.</summary>
    public LoggingBus LoggingBus { get; }
}

/// <summary>A logger has begun.</summary>
public class LoggerInitialized : INoSerializationVerificationNeeded, IDeadLetterSuppression;

/// <summary>A logger that is no actor: it works before and after the actors do.</summary>
public abstract class MinimalLogger : MinimalActorRef
{
    private static readonly ActorPath LoggerPath = new RootActorPath(new Address("akka", "all-systems")).Child("StandardOutLogger");

    /// <summary>Creates the logger.</summary>
    protected MinimalLogger() { }

    /// <inheritdoc />
    public sealed override ActorPath Path => LoggerPath;

    /// <inheritdoc />
    protected sealed override void TellInternal(object message, IActorRef sender) => Log(message ?? throw new ArgumentNullException(nameof(message)));

    /// <summary>Writes an entry.</summary>
    protected abstract void Log(object message);
}

/// <summary>Writes to the standard output.</summary>
public class StandardOutLogger : MinimalLogger
{
    /// <inheritdoc />
    protected override void Log(object message)
    {
        if (message is LogEvent entry) PrintLogEvent(entry);
        else Console.WriteLine(message);
    }

    internal static void PrintLogEvent(LogEvent entry)
    {
        try
        {
            Console.Out.WriteLine(entry.ToString());
        }
        catch (Exception cause) when (cause is IOException or ObjectDisposedException)
        {
            // The output is closed; there is nobody to tell.
        }
    }
}

/// <summary>The logger of those that name none: writes to the standard output.</summary>
public class DefaultLogger : ActorBase
{
    /// <inheritdoc />
    protected override bool Receive(object message)
    {
        switch (message)
        {
            case InitializeLogger:
                Sender.Tell(new LoggerInitialized(), Self);
                return true;
            case LogEvent entry:
                Print(entry);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Writes an entry.</summary>
    protected virtual void Print(LogEvent logEvent) => StandardOutLogger.PrintLogEvent(logEvent);
}
