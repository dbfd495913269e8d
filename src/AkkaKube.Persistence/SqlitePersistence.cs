using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;

namespace AkkaKube.Persistence;

/// <summary>Gives the codec of events to the plug-ins, in place of the setting <c>akkakube.persistence.sqlite.codec</c>.</summary>
public sealed class SqlitePersistenceSetup(IEventCodec codec) : Setup
{
    /// <summary>The codec.</summary>
    public IEventCodec Codec { get; } = codec;
}

/// <summary>
/// The database of an actor system, which its journal and its snapshot store share. A program opens it itself, before the first persistent actor
/// does, to hear what is wrong with it. It is closed, with all that waits written, when the system has stopped.
/// </summary>
public sealed class SqlitePersistence : IExtension
{
    private SqlitePersistence(JournalWriter writer, IEventCodec codec)
    {
        Writer = writer;
        Codec = codec;
    }

    internal JournalWriter Writer { get; }

    internal IEventCodec Codec { get; }

    /// <summary>The database of the system; opened now if it was not yet.</summary>
    /// <exception cref="DataDirectoryInUseException">Another process has it.</exception>
    /// <exception cref="JournalCorruptException">It is damaged.</exception>
    /// <exception cref="JournalException">It cannot be opened.</exception>
    /// <exception cref="ConfigurationException">A setting is missing or wrong.</exception>
    public static SqlitePersistence Get(ActorSystem system) => new Provider().Apply(system);

    private static SqlitePersistence Open(ExtendedActorSystem system)
    {
        var settings = SqliteSettings.From(system.Settings.Config);
        var codec = CodecOf(system, settings);
        var held = DataDirectoryLock.Take(settings.Path);
        try
        {
            var writer = new JournalWriter(new SqliteJournalTable(settings), settings.GroupEvents, settings.GroupBytes);
            system.RegisterOnTermination(() =>
            {
                writer.Dispose();
                held.Dispose();
            });
            return new SqlitePersistence(writer, codec);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    private static IEventCodec CodecOf(ActorSystem system, SqliteSettings settings)
    {
        if (system.Settings.Setup.Get<SqlitePersistenceSetup>() is { HasValue: true } setup) return setup.Value.Codec;
        if (settings.Codec.Length == 0) throw new ConfigurationException("akkakube.persistence.sqlite.codec is empty: it names the type that encodes events");
        return Type.GetType(settings.Codec) is { } type && Activator.CreateInstance(type) is IEventCodec codec
            ? codec
            : throw new ConfigurationException($"akkakube.persistence.sqlite.codec: '{settings.Codec}' is no IEventCodec with a constructor without arguments");
    }

    private sealed class Provider : ExtensionIdProvider<SqlitePersistence>
    {
        public override SqlitePersistence CreateExtension(ExtendedActorSystem system) => Open(system);
    }
}
