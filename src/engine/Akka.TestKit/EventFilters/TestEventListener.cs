using Akka.Actor;
using Akka.Event;

namespace Akka.TestKit;

/// <summary>The logger of a test: prints what no filter of the test takes.</summary>
/// <remarks>The order of its mailbox decides: what is logged after a filter was set comes after it.</remarks>
public class TestEventListener : DefaultLogger
{
    private readonly List<LogFilter> _filters = [];

    /// <inheritdoc />
    protected override bool Receive(object message)
    {
        switch (message)
        {
            case InitializeLogger initialize:
                Subscribe(initialize.LoggingBus, Self);
                return base.Receive(message);
            case MuteEvents mute:
                _filters.AddRange(mute.Filters);
                return true;
            case UnmuteEvents unmute:
                foreach (var filter in unmute.Filters) _filters.Remove(filter);
                return true;
            case DeadLetter letter:
                Log(new Warning(letter.Recipient.Path.ToString(), letter.Recipient.GetType(), letter));
                return true;
            case UnhandledMessage unhandled:
                Log(new Warning(unhandled.Recipient.Path.ToString(), unhandled.Recipient.GetType(), $"Unhandled message from {unhandled.Sender} : {unhandled.Message}"));
                return true;
            case LogEvent logEvent:
                Log(logEvent);
                return true;
            default:
                return base.Receive(message);
        }
    }

    /// <summary>Has the listeners of a system hear of filters from now on; they may not have been started yet.</summary>
    internal static void Attach(ActorSystem system)
    {
        foreach (var child in ((ActorSystemImpl)system).SystemGuardianRef.Cell.ChildrenSnapshot())
        {
            if (child.Path.Name.EndsWith('-' + nameof(TestEventListener), StringComparison.Ordinal)) Subscribe(system.EventStream, child);
        }
    }

    private static void Subscribe(LoggingBus bus, IActorRef listener)
    {
        foreach (var type in (Type[])[typeof(MuteEvents), typeof(UnmuteEvents), typeof(DeadLetter), typeof(UnhandledMessage)]) bus.Subscribe(listener, type);
    }

    private void Log(LogEvent logEvent)
    {
        if (!_filters.Exists(f => f.Apply(logEvent))) Print(logEvent);
    }
}
