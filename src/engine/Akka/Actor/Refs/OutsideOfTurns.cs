namespace Akka.Actor;

/// <summary>
/// Completes a task in the middle of a turn. A continuation that runs at once is nobody's turn: it must not speak in the name of the actor
/// that happened to answer. And one that asked for no context must not be sent to a thread of the pool because the turn has one.
/// </summary>
internal static class OutsideOfTurns
{
    public static void Run(Action complete)
    {
        var running = InternalCurrentActorCellKeeper.Current;
        var context = SynchronizationContext.Current;
        InternalCurrentActorCellKeeper.Current = null;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            complete();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
            InternalCurrentActorCellKeeper.Current = running;
        }
    }
}
