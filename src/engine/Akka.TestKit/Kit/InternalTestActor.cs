using Akka.Actor;

namespace Akka.TestKit;

/// <summary>Puts what it receives where the test finds it.</summary>
internal sealed class InternalTestActor(ReceivedMessages received) : ActorBase
{
    private TestActor.Ignore? _ignore;
    private AutoPilot _autoPilot = NoAutoPilot.Instance;

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case TestActor.SetIgnore set:
                _ignore = set.Ignore;
                return true;
            case TestActor.SetAutoPilot set:
                _autoPilot = set.AutoPilot;
                return true;
            case TestActor.Watch watch:
                Context.Watch(watch.Actor);
                return true;
            case TestActor.Unwatch unwatch:
                Context.Unwatch(unwatch.Actor);
                return true;
            case TestActor.SpawnChild spawn:
                received.Add(new RealMessageEnvelope(Context.ActorOf(spawn.Props, spawn.Name), Self));
                return true;
        }
        if (_autoPilot is not NoAutoPilot && _autoPilot.Run(Sender, message) is var next and not KeepRunning) _autoPilot = next;
        if (_ignore is null || !_ignore(message)) received.Add(new RealMessageEnvelope(message, Sender));
        return true;
    }
}
