using Akka.Actor;

namespace Akka.Dispatch;

/// <summary>Runs async work inside the actor that is running.</summary>
internal static class ActorTaskScheduler
{
    /// <summary>Runs the work; the actor handles no other message until its task ends.</summary>
    public static void RunTask(Func<Task> asyncAction)
    {
        var cell = InternalCurrentActorCellKeeper.Current
            ?? throw new InvalidOperationException("RunTask must be called from an actor context.");
        cell.RunTask(asyncAction);
    }

    /// <summary>Runs the work; an async void inside of it is not waited for.</summary>
    public static void RunTask(Action action) => RunTask(() =>
    {
        action();
        return Task.CompletedTask;
    });
}
