using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace Akka.TestKit;

/// <summary>An actor whose received messages a test can expect, and that can be handed on as a reference.</summary>
public class TestProbe : TestKitBase, INoImplicitSender, IInternalActorRef
{
    /// <summary>A probe on a system.</summary>
    public TestProbe(ActorSystem system, ITestKitAssertions assertions, string? testProbeName = null) : base(assertions, system, testProbeName)
    {
    }

    /// <summary>The probe's actor.</summary>
    public IActorRef Ref => TestActor;

    /// <summary>Who sent the last message taken.</summary>
    public IActorRef Sender => LastSender;

    /// <summary>Sends from the probe.</summary>
    public void Send(IActorRef actor, object message) => actor.Tell(message, TestActor);

    /// <summary>Sends in the name of the last sender.</summary>
    public void Forward(IActorRef actor, object message) => actor.Tell(message, Sender);

    /// <summary>Sends the last message on in the name of its sender.</summary>
    public void Forward(IActorRef actor) => actor.Tell(LastMessage!, Sender);

    /// <summary>Answers the last message.</summary>
    public void Reply(object message) => Sender.Tell(message, TestActor);

    /// <summary>A probe of a probe cannot be made.</summary>
    public override TestProbe CreateTestProbe(string? name = null) => throw new NotSupportedException("A probe makes no probes; the test does");

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is TestProbe probe ? Ref.Equals(probe.Ref) : Ref.Equals(obj);

    /// <inheritdoc />
    public override int GetHashCode() => Ref.GetHashCode();

    /// <inheritdoc />
    public override string ToString() => Ref.ToString()!;

    /// <inheritdoc />
    public int CompareTo(object? obj) => Ref.CompareTo(obj is TestProbe probe ? probe.Ref : obj);
}
