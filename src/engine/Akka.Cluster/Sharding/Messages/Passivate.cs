namespace Akka.Cluster.Sharding;

/// <summary>
/// An entity sends it to its parent when it is not needed for now: it gets <see cref="StopMessage"/> back and stops. What comes for it in the
/// meantime waits and starts it anew.
/// </summary>
public sealed class Passivate : IShardRegionCommand
{
    /// <summary>Creates the request.</summary>
    public Passivate(object stopMessage) => StopMessage = stopMessage;

    /// <summary>What tells the entity to stop.</summary>
    public object StopMessage { get; }
}
