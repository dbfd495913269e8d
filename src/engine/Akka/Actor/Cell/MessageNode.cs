namespace Akka.Actor;

/// <summary>A user message in a mailbox, linked to the next.</summary>
internal sealed class MessageNode(object message, IActorRef? sender)
{
    public readonly object Message = message;
    public readonly IActorRef? Sender = sender;
    public MessageNode? Next;
}
