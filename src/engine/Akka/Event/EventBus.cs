using Akka.Actor;

namespace Akka.Event;

/// <summary>Passes events to those that subscribed to a class of them.</summary>
public abstract class EventBus<TEvent, TClassifier, TSubscriber>
{
    private protected EventBus() { }

    /// <summary>Subscribes to a class of events; false when that was so already.</summary>
    public virtual bool Subscribe(TSubscriber subscriber, TClassifier classifier) => SubscribeCore(subscriber, classifier);

    /// <summary>Takes all subscriptions back; false when there was none.</summary>
    public virtual bool Unsubscribe(TSubscriber subscriber) => UnsubscribeCore(subscriber);

    /// <summary>Takes a subscription back; false when there was none.</summary>
    public virtual bool Unsubscribe(TSubscriber subscriber, TClassifier classifier) => UnsubscribeCore(subscriber, classifier);

    /// <summary>Passes an event on.</summary>
    public virtual void Publish(TEvent @event) => PublishCore(@event);

    private protected abstract bool SubscribeCore(TSubscriber subscriber, TClassifier classifier);
    private protected abstract bool UnsubscribeCore(TSubscriber subscriber);
    private protected abstract bool UnsubscribeCore(TSubscriber subscriber, TClassifier classifier);
    private protected abstract void PublishCore(TEvent @event);
}

/// <summary>An event bus whose subscribers are actors.</summary>
public abstract class ActorEventBus<TEvent, TClassifier> : EventBus<TEvent, TClassifier, IActorRef>
{
    private protected ActorEventBus() { }
}

/// <summary>The event bus that carries the log.</summary>
public abstract class LoggingBus : ActorEventBus<object, Type>
{
    private static readonly LogLevel[] Levels = [LogLevel.DebugLevel, LogLevel.InfoLevel, LogLevel.WarningLevel, LogLevel.ErrorLevel];

    private readonly List<IActorRef> _loggers = [];
    private volatile LogLevel _logLevel = LogLevel.InfoLevel;

    private protected LoggingBus() { }

    /// <summary>What is less important than this is not published.</summary>
    public LogLevel LogLevel => _logLevel;

    /// <summary>Changes what is published from now on.</summary>
    public void SetLogLevel(LogLevel logLevel)
    {
        lock (_loggers)
        {
            _logLevel = logLevel;
            foreach (var logger in _loggers) Listen(logger, logLevel);
        }
    }

    /// <summary>Has a logger listen to entries of the bus's level and above.</summary>
    internal void AddLogger(IActorRef logger)
    {
        lock (_loggers)
        {
            _loggers.Add(logger);
            Listen(logger, _logLevel);
        }
    }

    internal void RemoveLoggers()
    {
        lock (_loggers)
        {
            foreach (var logger in _loggers) Unsubscribe(logger);
            _loggers.Clear();
        }
    }

    internal void Listen(IActorRef logger, LogLevel from)
    {
        foreach (var level in Levels)
        {
            if (level >= from) Subscribe(logger, level.ClassFor());
            else Unsubscribe(logger, level.ClassFor());
        }
    }
}
