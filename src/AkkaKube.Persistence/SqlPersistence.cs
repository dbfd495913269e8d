using Akka.Actor;
using Akka.Configuration;

namespace AkkaKube.Persistence;

/// <summary>
/// The database of an actor system, which its journal and its snapshot store share. A program opens it itself, before the first persistent actor
/// does, to hear what is wrong with it. It is closed, with all that waits written, when the system has stopped.
/// </summary>
public sealed class SqlPersistence : IExtension
{
    private SqlPersistence(JournalWriter writer, IEventCodec codec, FencedStreams fences)
    {
        Writer = writer;
        Codec = codec;
        Fences = fences;
    }

    internal JournalWriter Writer { get; }

    internal IEventCodec Codec { get; }

    internal FencedStreams Fences { get; }

    /// <summary>The database of the system; opened now if it was not yet.</summary>
    /// <exception cref="DataDirectoryInUseException">Another process has it.</exception>
    /// <exception cref="DatabaseUnreachableException">It does not answer.</exception>
    /// <exception cref="JournalCorruptException">It is damaged.</exception>
    /// <exception cref="JournalException">It cannot be opened.</exception>
    /// <exception cref="ConfigurationException">A setting is missing or wrong.</exception>
    public static SqlPersistence Get(ActorSystem system) => new Provider().Apply(system);

    /// <summary>The faults that may come between the system and its database.</summary>
    internal static DatabaseFaults FaultsOf(ActorSystem system) =>
        system.Settings.Setup.Get<SqlPersistenceSetup>() is { HasValue: true } setup ? setup.Value.Faults : DatabaseFaults.Process;

    private static SqlPersistence Open(ExtendedActorSystem system)
    {
        var settings = PersistenceSettings.From(system.Settings.Config);
        var codec = CodecOf(system, settings);
        var fences = new FencedStreams(FencingOf(system, settings));
        var held = settings.Sqlite is { } file ? DataDirectoryLock.Take(file.Path, file.Shared) : null;
        try
        {
            IJournalTable table = settings.Sqlite is { } sqlite ? new SqliteJournalTable(sqlite) : new PostgresJournalTable(settings.Postgres!);
            var writer = new JournalWriter(new FaultyJournalTable(table, FaultsOf(system)), settings.GroupEvents, settings.GroupBytes);
            system.RegisterOnTermination(() =>
            {
                writer.Dispose();
                held?.Dispose();
            });
            return new SqlPersistence(writer, codec, fences);
        }
        catch
        {
            held?.Dispose();
            throw;
        }
    }

    private static IFencing FencingOf(ActorSystem system, PersistenceSettings settings)
    {
        if (!settings.Fenced) return new NoFencing();
#if OWN_ENGINE
        return new HeldLeaseFencing(system);
#else
        throw new ConfigurationException($"akkakube.persistence.fencing = required: {system.Name} runs on an actor engine without leases in the database");
#endif
    }

    private static IEventCodec CodecOf(ActorSystem system, PersistenceSettings settings)
    {
        if (system.Settings.Setup.Get<SqlPersistenceSetup>() is { HasValue: true } setup) return setup.Value.Codec;
        if (settings.Codec.Length == 0) throw new ConfigurationException("akkakube.persistence.codec is empty: it names the type that encodes events");
        return Type.GetType(settings.Codec) is { } type && Activator.CreateInstance(type) is IEventCodec codec
            ? codec
            : throw new ConfigurationException($"akkakube.persistence.codec: '{settings.Codec}' is no IEventCodec with a constructor without arguments");
    }

    private sealed class Provider : ExtensionIdProvider<SqlPersistence>
    {
        public override SqlPersistence CreateExtension(ExtendedActorSystem system) => Open(system);
    }
}
