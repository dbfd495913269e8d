namespace Akka.Actor;

/// <summary>Sends the end of a task to an actor as a message.</summary>
public static class PipeToSupport
{
    /// <summary>Sends the result, or a <see cref="Status.Failure"/>, when the task has ended.</summary>
    public static Task PipeTo<T>(this Task<T> taskToPipe, ICanTell recipient, IActorRef? sender = null, Func<T, object>? success = null, Func<Exception, object>? failure = null) =>
        Pipe(taskToPipe, recipient, sender, success, failure);

    /// <summary>Sends the result, or a <see cref="Status.Failure"/>, when the task has ended.</summary>
    public static Task PipeTo<T>(this Task<T> taskToPipe, ICanTell recipient, bool useConfigureAwait, IActorRef? sender = null, Func<T, object>? success = null, Func<Exception, object>? failure = null) =>
        Pipe(taskToPipe, recipient, sender, success, failure);

    /// <summary>Sends the success message, if there is one, or a <see cref="Status.Failure"/>, when the task has ended.</summary>
    public static Task PipeTo(this Task taskToPipe, ICanTell recipient, IActorRef? sender = null, Func<object>? success = null, Func<Exception, object>? failure = null) =>
        Pipe(taskToPipe, recipient, sender, success, failure);

    /// <summary>Sends the success message, if there is one, or a <see cref="Status.Failure"/>, when the task has ended.</summary>
    public static Task PipeTo(this Task taskToPipe, ICanTell recipient, bool useConfigureAwait, IActorRef? sender = null, Func<object>? success = null, Func<Exception, object>? failure = null) =>
        Pipe(taskToPipe, recipient, sender, success, failure);

    /// <summary>Sends the result, or a <see cref="Status.Failure"/>, when the task has ended.</summary>
    public static Task PipeTo<T>(this ValueTask<T> taskToPipe, ICanTell recipient, IActorRef? sender = null, Func<T, object>? success = null, Func<Exception, object>? failure = null) =>
        Pipe(taskToPipe.AsTask(), recipient, sender, success, failure);

    /// <summary>Sends the success message, if there is one, or a <see cref="Status.Failure"/>, when the task has ended.</summary>
    public static Task PipeTo(this ValueTask taskToPipe, ICanTell recipient, IActorRef? sender = null, Func<object>? success = null, Func<Exception, object>? failure = null) =>
        Pipe(taskToPipe.AsTask(), recipient, sender, success, failure);

    private static Task Pipe<T>(Task<T> task, ICanTell recipient, IActorRef? sender, Func<T, object>? success, Func<Exception, object>? failure)
    {
        return WhenEnded(task, ended =>
        {
            if (!ended.IsCompletedSuccessfully) TellFailure(ended, recipient, sender, failure);
            else recipient.Tell(success is null ? ((Task<T>)ended).Result! : success(((Task<T>)ended).Result), sender!);
        });
    }

    private static Task Pipe(Task task, ICanTell recipient, IActorRef? sender, Func<object>? success, Func<Exception, object>? failure)
    {
        return WhenEnded(task, ended =>
        {
            if (!ended.IsCompletedSuccessfully) TellFailure(ended, recipient, sender, failure);
            else if (success is not null) recipient.Tell(success(), sender!);
        });
    }

    private static Task WhenEnded(Task task, Action<Task> tell)
    {
        if (!task.IsCompleted) return task.ContinueWith(tell, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        tell(task);
        return Task.CompletedTask;
    }

    private static void TellFailure(Task task, ICanTell recipient, IActorRef? sender, Func<Exception, object>? failure)
    {
        var cause = task.Exception is { } several
            ? several.InnerExceptions is [var only] ? only : several
            : new TaskCanceledException(task);
        recipient.Tell(failure is null ? new Status.Failure(cause) : failure(cause), sender!);
    }
}

/// <summary>Stopping with a task to wait on.</summary>
public static class GracefulStopSupport
{
    /// <summary>Sends a <see cref="PoisonPill"/>; the task is true when the actor is gone.</summary>
    public static Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout) => target.GracefulStop(timeout, PoisonPill.Instance);

    /// <summary>Sends <paramref name="stopMessage"/>; the task is true when the actor is gone, and fails when it is not in time.</summary>
    public static async Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout, object stopMessage)
    {
        var gone = DeathWatcher.Watch((IInternalActorRef)target, timeout, CancellationToken.None);
        target.Tell(stopMessage, ActorRefs.NoSender);
        return await gone.ConfigureAwait(false);
    }
}

/// <summary>Waiting for the death of an actor, outside of actors.</summary>
public static class WatchAsyncSupport
{
    /// <summary>A task that is true when the actor is gone.</summary>
    public static Task<bool> WatchAsync(this IActorRef target, CancellationToken token = default) =>
        DeathWatcher.Watch((IInternalActorRef)target, TimeSpan.Zero, token);
}
