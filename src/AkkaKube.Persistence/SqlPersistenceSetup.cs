using Akka.Actor.Setup;

namespace AkkaKube.Persistence;

/// <summary>Gives the plug-ins the codec of events, in place of the setting <c>akkakube.persistence.codec</c>, and the faults that may come between them and the database.</summary>
public sealed class SqlPersistenceSetup(IEventCodec codec, DatabaseFaults? faults = null) : Setup
{
    /// <summary>The codec.</summary>
    public IEventCodec Codec { get; } = codec;

    /// <summary>The faults; by default those of the process.</summary>
    public DatabaseFaults Faults { get; } = faults ?? DatabaseFaults.Process;
}
