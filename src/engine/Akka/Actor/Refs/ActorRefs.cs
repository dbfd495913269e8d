namespace Akka.Actor;

/// <summary>The references that every program shares.</summary>
public static class ActorRefs
{
    /// <summary>Stands for no actor.</summary>
    public static readonly Nobody Nobody = Nobody.Instance;

    /// <summary>Says that a message has no sender; the receiver sees the dead letters as its sender.</summary>
    public static readonly IActorRef NoSender = null!;
}

/// <summary>Sending without naming the sender.</summary>
public static class ActorRefImplicitSenderExtensions
{
    /// <summary>Sends <paramref name="message"/> in the name of the actor that is running, or of nobody outside of actors.</summary>
    public static void Tell(this IActorRef receiver, object message) =>
        receiver.Tell(message, InternalCurrentActorCellKeeper.Current?.Self!);

    /// <summary>Passes <paramref name="message"/> on, keeping the sender of the message that is being handled.</summary>
    public static void Forward(this IActorRef receiver, object message) =>
        receiver.Tell(message, InternalCurrentActorCellKeeper.Current?.Sender!);
}

/// <summary>Questions to a reference.</summary>
public static class ActorRefExtensions
{
    /// <summary>True for null and for <see cref="Nobody"/>.</summary>
    public static bool IsNobody(this IActorRef? actorRef) => actorRef is null or Nobody;

    /// <summary>This reference, or another when this one is nobody.</summary>
    public static IActorRef GetOrElse(this IActorRef actorRef, Func<IActorRef> elseValue) =>
        actorRef.IsNobody() ? elseValue() : actorRef;
}
