namespace Akka.Actor;

/// <summary>The cell that runs on this thread; a test kit sets its own to be the implicit sender.</summary>
internal static class InternalCurrentActorCellKeeper
{
    [ThreadStatic] private static ActorCell? _current;

    public static ActorCell? Current
    {
        get => _current;
        set => _current = value;
    }
}
