namespace Akka.Remote;

/// <summary>The uid of an actor says in its upper half in which incarnation of its system it lives, so a new start never meets references of the old one.</summary>
internal static class Incarnation
{
    public static int NewUid(double chance) => 1 + (int)(chance * (int.MaxValue - 1));

    public static long FirstActorUid(int uid) => (long)uid << 32;

    /// <summary>The incarnation of an actor's uid; 0 when it does not say.</summary>
    public static int Of(long actorUid) => (int)(actorUid >> 32);
}
