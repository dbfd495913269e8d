using Akka.Dispatch;
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>Async handlers: the mailbox is suspended until the task ends, and every continuation runs in a turn of the actor.</summary>
internal sealed partial class ActorCell
{
    /// <summary>Runs <paramref name="work"/> as part of the message being handled.</summary>
    public void RunTask(Func<Task> work)
    {
        var previous = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(Extras.AsyncContext ??= new ActorSynchronizationContext(this));
        Task task;
        try
        {
            task = work();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(previous);
        }

        if (task.IsCompleted)
        {
            task.GetAwaiter().GetResult();
            return;
        }

        SuspendMailbox();
        Extras.AsyncMessage = CurrentMessage;
        Extras.AsyncSender = _sender;
        task.ContinueWith(
            done => SendSystemMessage(new ActorTaskCompleted(FailureOf(done))),
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private static Exception? FailureOf(Task task) => task.Exception switch
    {
        { InnerExceptions: [var only] } => only,
        { } several => several,
        null when task.IsCanceled => new TaskCanceledException(task),
        null => null,
    };

    private void RunActorTask(ActorTask task)
    {
        if (_actor is null) return;
        CurrentMessage = Extras.AsyncMessage;
        _sender = Extras.AsyncSender;
        var previous = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(Extras.AsyncContext);
        try
        {
            task.Run();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(previous);
        }
    }

    private void EndAsyncHandler(ActorTaskCompleted completed)
    {
        (CurrentMessage, _sender) = (Extras.AsyncMessage, Extras.AsyncSender);
        (Extras.AsyncMessage, Extras.AsyncSender) = (null, null);
        ResumeMailbox();
        if (completed.Failure is not null) HandleInvokeFailure(completed.Failure);
        else if (_extras is { ReceiveTimeout: not null }) CheckReceiveTimeout(reschedule: true);
    }

    /// <summary>Brings the continuations of an async handler back into the actor.</summary>
    private sealed class ActorSynchronizationContext(ActorCell cell) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => cell.SendSystemMessage(new ActorTask(d, state));

        public override SynchronizationContext CreateCopy() => this;
    }
}
