using Akka.Actor;

namespace Akka.Event;

/// <summary>Writes dead letters to the log, the first few of them.</summary>
internal sealed class DeadLetterListener : ActorBase
{
    private readonly EventStream _stream = Context.System.EventStream;
    private readonly int _limit = Context.System.Settings.LogDeadLetters;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private int _count;

    protected override void PostRestart(Exception reason) { }

    protected override void PreRestart(Exception reason, object message) { }

    protected override bool Receive(object message)
    {
        if (message is not DeadLetter letter) return true;
        _count++;
        var more = _count >= _limit ? " No more dead letters will be logged." : "";
        _log.Info("Message [{0}] from {1} to {2} was not delivered. [{3}] dead letters encountered.{4}",
            letter.Message.GetType().Name, letter.Sender, letter.Recipient, _count, more);
        if (_count >= _limit) _stream.Unsubscribe(Self);
        return true;
    }
}
