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

    ActorPath IActorRef.Path => Ref.Path;

    bool IActorRefScope.IsLocal => true;

    IInternalActorRef IInternalActorRef.Parent => Inner.Parent;

    ActorSystemImpl? IInternalActorRef.SystemImpl => Inner.SystemImpl;

    bool IInternalActorRef.IsTerminated => Inner.IsTerminated;

    private IInternalActorRef Inner => (IInternalActorRef)Ref;

    void ICanTell.Tell(object message, IActorRef sender) => Ref.Tell(message, sender);

    bool IEquatable<IActorRef>.Equals(IActorRef? other) => Ref.Equals(other);

    int IComparable<IActorRef>.CompareTo(IActorRef? other) => Ref.CompareTo(other);

    IInternalActorRef IInternalActorRef.GetChild(string name) => Inner.GetChild(name);

    IReadOnlyList<IInternalActorRef> IInternalActorRef.GetChildren() => Inner.GetChildren();

    void IInternalActorRef.SendSystemMessage(SystemMessage message) => Inner.SendSystemMessage(message);

    void IInternalActorRef.Start() => Inner.Start();

    void IInternalActorRef.Stop() => Inner.Stop();

    void IInternalActorRef.Suspend() => Inner.Suspend();

    void IInternalActorRef.Resume(Exception? causedByFailure) => Inner.Resume(causedByFailure);

    void IInternalActorRef.Restart(Exception cause) => Inner.Restart(cause);

    /// <inheritdoc />
    public int CompareTo(object? obj) => Ref.CompareTo(obj is TestProbe probe ? probe.Ref : obj);
}
