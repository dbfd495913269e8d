using System.Collections.Concurrent;
using Akka.Actor;

namespace Akka.Event;

/// <summary>The event bus of an actor system: events go to all who subscribed to their type, a base type or an interface of it.</summary>
public class EventStream : LoggingBus
{
    private readonly bool _debug;
    private readonly Lock _change = new();
    private readonly Dictionary<Type, List<IActorRef>> _subscriptions = [];

    // Who gets an event of a type; forgotten at every change.
    private volatile ConcurrentDictionary<Type, IActorRef[]> _routes = new();

    /// <summary>Creates a bus; with <paramref name="debug"/> every subscription is logged.</summary>
    public EventStream(bool debug) => _debug = debug;

    private protected override bool SubscribeCore(IActorRef subscriber, Type channel)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        ArgumentNullException.ThrowIfNull(channel);
        lock (_change)
        {
            if (!_subscriptions.TryGetValue(channel, out var subscribers)) _subscriptions[channel] = subscribers = [];
            if (subscribers.Contains(subscriber)) return false;
            subscribers.Add(subscriber);
            _routes = new ConcurrentDictionary<Type, IActorRef[]>();
        }

        if (subscriber is LocalActorRef local)
        {
            local.Cell.MarkSubscribed();
            // It may have died before it was marked.
            if (local.IsTerminated) Unsubscribe(subscriber);
        }

        if (_debug) Publish(new Debug(GetType().Name, GetType(), $"subscribing {subscriber} to channel {channel}"));
        return true;
    }

    private protected override bool UnsubscribeCore(IActorRef subscriber, Type channel)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        lock (_change)
        {
            if (!_subscriptions.TryGetValue(channel, out var subscribers) || !subscribers.Remove(subscriber)) return false;
            _routes = new ConcurrentDictionary<Type, IActorRef[]>();
        }

        if (_debug) Publish(new Debug(GetType().Name, GetType(), $"unsubscribing {subscriber} from channel {channel}"));
        return true;
    }

    private protected override bool UnsubscribeCore(IActorRef subscriber)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        var found = false;
        lock (_change)
        {
            foreach (var subscribers in _subscriptions.Values) found |= subscribers.Remove(subscriber);
            if (found) _routes = new ConcurrentDictionary<Type, IActorRef[]>();
        }

        if (found && _debug) Publish(new Debug(GetType().Name, GetType(), $"unsubscribing {subscriber} from all channels"));
        return found;
    }

    private protected override void PublishCore(object @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        var routes = _routes;
        if (!routes.TryGetValue(@event.GetType(), out var subscribers)) routes[@event.GetType()] = subscribers = RouteOf(@event.GetType());
        foreach (var subscriber in subscribers) subscriber.Tell(@event, ActorRefs.NoSender);
    }

    private IActorRef[] RouteOf(Type type)
    {
        lock (_change)
        {
            var found = new List<IActorRef>();
            foreach (var (channel, subscribers) in _subscriptions)
            {
                if (!channel.IsAssignableFrom(type)) continue;
                foreach (var subscriber in subscribers)
                {
                    if (!found.Contains(subscriber)) found.Add(subscriber);
                }
            }

            return found.ToArray();
        }
    }
}

/// <summary>Subscriptions by type argument.</summary>
public static class EventStreamExtensions
{
    /// <summary>Subscribes to events of type <typeparamref name="TChannel"/>.</summary>
    public static bool Subscribe<TChannel>(this EventStream eventStream, IActorRef subscriber) => eventStream.Subscribe(subscriber, typeof(TChannel));

    /// <summary>Takes the subscription back.</summary>
    public static bool Unsubscribe<TChannel>(this EventStream eventStream, IActorRef subscriber) => eventStream.Unsubscribe(subscriber, typeof(TChannel));
}
