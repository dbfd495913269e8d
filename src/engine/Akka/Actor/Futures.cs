namespace Akka.Actor;

/// <summary>Questions that wait for the answer as a task.</summary>
public static class Futures
{
    /// <summary>Sends a message; the task is the first message that comes back.</summary>
    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout = null) => self.Ask<object>(message, timeout, CancellationToken.None);

    /// <summary>Sends a message; the task is the first message that comes back.</summary>
    public static Task<object> Ask(this ICanTell self, object message, CancellationToken cancellationToken) => self.Ask<object>(message, null, cancellationToken);

    /// <summary>Sends a message; the task is the first message that comes back.</summary>
    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken) =>
        self.Ask<object>(message, timeout, cancellationToken);

    /// <summary>Sends a message; the task is the answer, or fails with the cause of a <see cref="Status.Failure"/>.</summary>
    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout = null) => self.Ask<T>(message, timeout, CancellationToken.None);

    /// <summary>Sends a message; the task is the answer, or fails with the cause of a <see cref="Status.Failure"/>.</summary>
    public static Task<T> Ask<T>(this ICanTell self, object message, CancellationToken cancellationToken) => self.Ask<T>(message, null, cancellationToken);

    /// <summary>Sends a message; the task is the answer, or fails with the cause of a <see cref="Status.Failure"/>.</summary>
    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var future = Prepare<T>(self, timeout, cancellationToken, out var task);
        self.Tell(message, future);
        return task;
    }

    /// <summary>Sends the message that <paramref name="messageFactory"/> makes with the address for the answer in it.</summary>
    public static Task<T> Ask<T>(this ICanTell self, Func<IActorRef, object> messageFactory, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var future = Prepare<T>(self, timeout, cancellationToken, out var task);
        self.Tell(messageFactory(future), future);
        return task;
    }

    private static FutureActorRef<T> Prepare<T>(ICanTell self, TimeSpan? timeout, CancellationToken cancellationToken, out Task<T> task)
    {
        var system = SystemOf(self) ?? throw new ArgumentException("Unable to resolve the target Provider", nameof(self));
        // Under the deterministic dispatcher what waits for the answer runs in the turn that gives it, not on some thread of a pool.
        var result = new TaskCompletionSource<T>(system.IsDeterministic ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously);
        var future = new FutureActorRef<T>(system, result);
        var patience = timeout ?? system.Settings.AskTimeout;
        if (patience > TimeSpan.Zero) future.TimeOutAfter(patience);
        future.CancelWith(cancellationToken);
        task = result.Task;
        return future;
    }

    private static ActorSystemImpl? SystemOf(ICanTell target) => target switch
    {
        LocalActorRef local => local.SystemImpl,
        ActorSelection selection => SystemOf(selection.Anchor),
        IInternalActorRef { SystemImpl: { } system } => system,
        _ => InternalCurrentActorCellKeeper.Current?.SystemImpl,
    };
}
