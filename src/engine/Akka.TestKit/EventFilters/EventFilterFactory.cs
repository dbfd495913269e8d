using System.Text.RegularExpressions;
using Akka.Actor;
using Akka.Event;

namespace Akka.TestKit;

/// <summary>Makes filters for what is logged.</summary>
public class EventFilterFactory
{
    private readonly TestKitBase _testkit;
    private readonly ActorSystem _system;
    private readonly IReadOnlyList<LogFilter> _others;

    /// <summary>For the system of a test.</summary>
    public EventFilterFactory(TestKitBase testkit) : this(testkit, testkit.Sys)
    {
    }

    /// <summary>For another system.</summary>
    public EventFilterFactory(TestKitBase testkit, ActorSystem system) : this(testkit, system, (IReadOnlyList<LogFilter>)[])
    {
    }

    internal EventFilterFactory(TestKitBase testkit, ActorSystem system, IReadOnlyList<LogFilter> others)
    {
        _testkit = testkit;
        _system = system;
        _others = others;
    }

    /// <summary>Errors that an exception of the type caused.</summary>
    public IEventFilterApplier Exception<TException>(string? message = null, string? start = null, string? contains = null, string? source = null) where TException : Exception =>
        Exception(typeof(TException), message, start, contains, source);

    /// <summary>Errors that an exception of the type caused.</summary>
    public IEventFilterApplier Exception<TException>(Regex pattern, string? source = null) where TException : Exception =>
        Errors(typeof(TException), pattern.IsMatch, source, checkInner: false);

    /// <summary>Errors that an exception of the type caused.</summary>
    public IEventFilterApplier Exception(Type exceptionType, Regex pattern, string? source = null, bool checkInnerExceptions = false) =>
        Errors(exceptionType, pattern.IsMatch, source, checkInnerExceptions);

    /// <summary>Errors that an exception of the type caused.</summary>
    public IEventFilterApplier Exception(Type exceptionType, string? message = null, string? start = null, string? contains = null, string? source = null, bool checkInnerExceptions = false) =>
        Errors(exceptionType, Texts(message, start, contains), source, checkInnerExceptions);

    /// <summary>Errors.</summary>
    public IEventFilterApplier Error(string? message = null, string? start = null, string? contains = null, string? source = null) => ForLogLevel(LogLevel.ErrorLevel, message, start, contains, source);

    /// <summary>Errors.</summary>
    public IEventFilterApplier Error(Regex pattern, string? source = null) => ForLogLevel(LogLevel.ErrorLevel, pattern, source);

    /// <summary>Warnings.</summary>
    public IEventFilterApplier Warning(string? message = null, string? start = null, string? contains = null, string? source = null) => ForLogLevel(LogLevel.WarningLevel, message, start, contains, source);

    /// <summary>Warnings.</summary>
    public IEventFilterApplier Warning(Regex pattern, string? source = null) => ForLogLevel(LogLevel.WarningLevel, pattern, source);

    /// <summary>Infos.</summary>
    public IEventFilterApplier Info(string? message = null, string? start = null, string? contains = null, string? source = null) => ForLogLevel(LogLevel.InfoLevel, message, start, contains, source);

    /// <summary>Infos.</summary>
    public IEventFilterApplier Info(Regex pattern, string? source = null) => ForLogLevel(LogLevel.InfoLevel, pattern, source);

    /// <summary>Debug messages.</summary>
    public IEventFilterApplier Debug(string? message = null, string? start = null, string? contains = null, string? source = null) => ForLogLevel(LogLevel.DebugLevel, message, start, contains, source);

    /// <summary>Debug messages.</summary>
    public IEventFilterApplier Debug(Regex pattern, string? source = null) => ForLogLevel(LogLevel.DebugLevel, pattern, source);

    /// <summary>Events of a level.</summary>
    public IEventFilterApplier ForLogLevel(LogLevel logLevel, string? message = null, string? start = null, string? contains = null, string? source = null) =>
        Level(logLevel, Texts(message, start, contains), source);

    /// <summary>Events of a level.</summary>
    public IEventFilterApplier ForLogLevel(LogLevel logLevel, Regex pattern, string? source = null) => Level(logLevel, pattern.IsMatch, source);

    /// <summary>Events for which the predicate holds.</summary>
    public IEventFilterApplier Custom(Predicate<LogEvent> predicate) => Applier("Custom", predicate);

    /// <summary>Events of a type for which the predicate holds.</summary>
    public IEventFilterApplier Custom<TLogEvent>(Predicate<TLogEvent> predicate) where TLogEvent : LogEvent =>
        Applier($"Custom<{typeof(TLogEvent).Name}>", e => e is TLogEvent typed && predicate(typed));

    /// <summary>Dead letters.</summary>
    public IEventFilterApplier DeadLetter() => DeadLetters("DeadLetter", _ => true, null);

    /// <summary>Dead letters of a type.</summary>
    public IEventFilterApplier DeadLetter<TMessage>(string? source = null) => DeadLetters($"DeadLetter<{typeof(TMessage).Name}>", d => d.Message is TMessage, source);

    /// <summary>Dead letters of a type for which the function holds.</summary>
    public IEventFilterApplier DeadLetter<TMessage>(Func<TMessage, bool> isMatch, string? source = null) =>
        DeadLetters($"DeadLetter<{typeof(TMessage).Name}>", d => d.Message is TMessage message && isMatch(message), source);

    /// <summary>Dead letters of a type.</summary>
    public IEventFilterApplier DeadLetter(Type type, string? source = null) => DeadLetters($"DeadLetter({type.Name})", d => type.IsInstanceOfType(d.Message), source);

    /// <summary>Dead letters of a type for which the function holds.</summary>
    public IEventFilterApplier DeadLetter(Type type, Func<object, bool> isMatch, string? source = null) =>
        DeadLetters($"DeadLetter({type.Name})", d => type.IsInstanceOfType(d.Message) && isMatch(d.Message), source);

    private EventFilterApplier Errors(Type type, Predicate<string> text, string? source, bool checkInner) => Applier($"Error caused by {type.Name}", e =>
        e is Error && LogFilter.IsSource(source, e) && Causes(e.Cause, checkInner).Any(c => type.IsInstanceOfType(c) && (text(TextOf(e)) || text(c.Message))));

    private EventFilterApplier Level(LogLevel level, Predicate<string> text, string? source) =>
        Applier(level.ToString(), e => e.LogLevel() == level && LogFilter.IsSource(source, e) && text(TextOf(e)));

    private EventFilterApplier DeadLetters(string description, Predicate<DeadLetter> matches, string? source) =>
        Applier(description, e => e is Warning { Message: DeadLetter letter } && LogFilter.IsSource(source, e) && matches(letter));

    private EventFilterApplier Applier(string description, Predicate<LogEvent> matches) => new(_testkit, _system, [.. _others, new LogFilter(description, matches)]);

    private static IEnumerable<Exception> Causes(Exception? cause, bool inner)
    {
        for (var c = cause; c is not null; c = inner ? c.InnerException : null) yield return c;
    }

    private static string TextOf(LogEvent logEvent) => logEvent.Message?.ToString() ?? logEvent.Cause?.Message ?? "null";

    private static Predicate<string> Texts(string? message, string? start, string? contains) => text =>
        (message is null || text == message)
        && (start is null || text.StartsWith(start, StringComparison.Ordinal))
        && (contains is null || text.Contains(contains, StringComparison.Ordinal));
}
