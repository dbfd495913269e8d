using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace Akka.Remote.Associations;

/// <summary>Something for the turn of an association; itself the link of the list it waits in.</summary>
internal abstract class Outgoing
{
    public Outgoing? Next;
}

/// <summary>A message on its way to an actor.</summary>
internal sealed class UserSend(object message, IActorRef? sender, RemoteActorRef recipient) : Outgoing
{
    public object Message => message;
    public IActorRef? Sender => sender;
    public RemoteActorRef Recipient => recipient;

    /// <summary>Not before this moment; zero for at once.</summary>
    public TimeSpan Due;
}

/// <summary>A message of the engine on its way to a cell; kept until it is acknowledged.</summary>
internal sealed class SystemSend(SystemMessage message, RemoteActorRef recipient) : Outgoing
{
    public SystemMessage Message => message;
    public RemoteActorRef Recipient => recipient;

    /// <summary>Its place in the order of all to one incarnation, from 1; 0 once that incarnation is gone.</summary>
    public long Number;
    public TimeSpan Since;
    public bool IsQueued;
}

/// <summary>Something that happened to the association.</summary>
internal sealed class Happening(Action action) : Outgoing
{
    public void Run() => action();
}
