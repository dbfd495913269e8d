using Akka.Actor;

namespace Akka.TestKit;

/// <summary>What can be said to the actor that receives a test's messages.</summary>
public static class TestActor
{
    /// <summary>Ends the auto-pilot.</summary>
    public static readonly AutoPilot NoAutoPilot = TestKit.NoAutoPilot.Instance;

    /// <summary>Keeps the current auto-pilot.</summary>
    public static readonly AutoPilot KeepRunning = TestKit.KeepRunning.Instance;

    /// <summary>What stands for the last message before there was one.</summary>
    public static readonly NullMessageEnvelope NullMessage = NullMessageEnvelope.Instance;

    /// <summary>True for a message that shall not be received.</summary>
    public delegate bool Ignore(object message);

    /// <summary>Ignores what the delegate says, or nothing.</summary>
    public class SetIgnore(Ignore? ignore)
    {
        /// <summary>Which messages; null for none.</summary>
        public Ignore? Ignore { get; } = ignore;
    }

    /// <summary>Watches an actor.</summary>
    public class Watch(IActorRef actorToWatch)
    {
        /// <summary>Which one.</summary>
        public IActorRef Actor { get; } = actorToWatch;
    }

    /// <summary>Ends a watch.</summary>
    public class Unwatch(IActorRef actorToUnwatch)
    {
        /// <summary>Which one.</summary>
        public IActorRef Actor { get; } = actorToUnwatch;
    }

    /// <summary>Sets the auto-pilot.</summary>
    public class SetAutoPilot(AutoPilot autoPilot)
    {
        /// <summary>The one to set.</summary>
        public AutoPilot AutoPilot { get; } = autoPilot;
    }

    internal sealed record SpawnChild(Props Props, string? Name);
}
