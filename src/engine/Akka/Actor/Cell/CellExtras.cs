using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>What only some cells have: watches, timeouts, stacked behaviors, failures. Made on first need, so that an idle actor stays small.</summary>
internal sealed class CellExtras
{
    /// <summary>The actors that this one watches, each with the message it asked for or null.</summary>
    public Dictionary<IActorRef, object?>? Watching;

    /// <summary>The actors that watch this one: a reference, or a set of them.</summary>
    public object? WatchedBy;

    /// <summary>Those whose Terminated waits in the mailbox.</summary>
    public Dictionary<IActorRef, object?>? TerminatedQueued;

    public Stack<Receive>? Behaviors;
    public TimeSpan? ReceiveTimeout;
    public ICancelable? PendingReceiveTimeout;
    public ChildrenContainer? Children;
    public Dictionary<IActorRef, ChildRestartStats>? RestartStats;
    public SystemMessage? Stashed;
    public SynchronizationContext? AsyncContext;

    /// <summary>The message, and its sender, whose async handler is running.</summary>
    public object? AsyncMessage;
    public IActorRef? AsyncSender;

    /// <summary>Whose failure the cell waits to be decided: its own or a child's.</summary>
    public IActorRef? Perpetrator;

    /// <summary>The message whose handling failed; PreRestart gets it.</summary>
    public object? FailedMessage;

    /// <summary>The failure of a child that is being judged.</summary>
    public Failed? Judging;
    public long NextAnonymousChild = -1;
    public bool CurrentIsStashed;
}
