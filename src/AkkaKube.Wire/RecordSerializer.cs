using System.Collections.Immutable;
using Akka.Actor;
using Akka.Serialization;

namespace AkkaKube.Wire;

/// <summary>Writes the declared messages of all components for other hosts: under declared names, without a name of a .NET type.</summary>
public sealed class RecordSerializer : SerializerWithStringManifest
{
    private const int Number = 3_600;

    [ThreadStatic]
    private static WireWriter? _spare;

    private readonly WireNames _names;

    /// <summary>Writes what is declared in <paramref name="names"/>.</summary>
    public RecordSerializer(ExtendedActorSystem system, WireNames names) : base(system) => _names = names;

    /// <summary>Gives an actor system the serializer of everything that the tables declare.</summary>
    public static SerializationSetup Setup(params IEnumerable<WireManifest> manifests)
    {
        var names = new WireNames(manifests);
        return SerializationSetup.Create(system => [SerializerDetails.Create("akkakube-records", new RecordSerializer(system, names), [.. names.Types])]);
    }

    /// <inheritdoc/>
    public override int Identifier => Number;

    /// <inheritdoc/>
    public override string Manifest(object o) => _names.NameOf(o.GetType()) ?? throw Undeclared(o);

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj)
    {
        var codec = _names.Find(obj.GetType())?.Codec ?? throw Undeclared(obj);
        var writer = _spare is { } spare && ReferenceEquals(spare.Names, _names) ? spare : new WireWriter(_names, Serialization.SerializedActorPath);
        _spare = null;
        try { codec.WriteFields(writer, obj); }
        catch (WireException problem) { throw new WireException($"{_names.NameOf(obj.GetType())}: {problem.Message}"); }
        var bytes = writer.Written.ToArray();
        writer.Clear();
        _spare = writer;
        return bytes;
    }

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest)
    {
        var codec = _names.Find(manifest) ?? throw new WireException($"nothing here is named '{manifest}': the sender is newer");
        try { return codec.ReadFields(new WireReader(bytes, _names, path => path.Length == 0 ? ActorRefs.Nobody : system.Provider.ResolveActorRef(path))); }
        catch (Exception problem) when (problem is WireException or System.Text.Json.JsonException or ArgumentException or FormatException)
        {
            throw new WireException($"{manifest}: {problem.Message}");
        }
    }

    private static WireException Undeclared(object message) => new($"{message.GetType()} is declared in no {nameof(WireManifest)}: add a line to the table of its component");
}
