using Akka.Actor;
using Akka.Configuration;

namespace Akka.Serialization;

/// <summary>Turns messages into bytes and back.</summary>
public abstract class Serializer
{
    /// <summary>The system whose messages it turns.</summary>
    protected readonly ExtendedActorSystem system;

    private int? _identifier;

    /// <summary>Creates a serializer of a system.</summary>
    protected Serializer(ExtendedActorSystem system) => this.system = system;

    /// <summary>The number that names this serializer on the wire; by default the one that <c>akka.actor.serialization-identifiers</c> gives its type.</summary>
    public virtual int Identifier => _identifier ??= SerializerIdentifierHelper.GetSerializerIdentifierFromConfig(GetType(), system);

    /// <summary>Whether <see cref="FromBinary(byte[],Type)"/> must be told what the bytes are.</summary>
    public abstract bool IncludeManifest { get; }

    /// <summary>Writes an object.</summary>
    public abstract byte[] ToBinary(object obj);

    /// <summary>Writes an object for a receiver who knows this system by <paramref name="address"/>.</summary>
    public byte[] ToBinaryWithAddress(Address address, object obj) => Serialization.WithTransport(system, address, () => ToBinary(obj));

    /// <summary>Reads an object.</summary>
    public abstract object FromBinary(byte[] bytes, Type type);

    /// <summary>Reads an object.</summary>
    public T FromBinary<T>(byte[] bytes) => (T)FromBinary(bytes, typeof(T));
}

/// <summary>A serializer that names what it wrote by a text of its own, so that a type can move and change its name.</summary>
public abstract class SerializerWithStringManifest : Serializer
{
    /// <summary>Creates a serializer of a system.</summary>
    protected SerializerWithStringManifest(ExtendedActorSystem system) : base(system) { }

    /// <inheritdoc />
    public sealed override bool IncludeManifest => true;

    /// <inheritdoc />
    public sealed override object FromBinary(byte[] bytes, Type type) => FromBinary(bytes, $"{type.FullName}, {type.Assembly.GetName().Name}");

    /// <summary>Reads what <see cref="Manifest"/> named <paramref name="manifest"/>.</summary>
    public abstract object FromBinary(byte[] bytes, string manifest);

    /// <summary>What tells the reader what an object is.</summary>
    public abstract string Manifest(object o);
}

/// <summary>The numbers of serializers in the settings.</summary>
public static class SerializerIdentifierHelper
{
    /// <summary>The number that <c>akka.actor.serialization-identifiers</c> gives a type of serializer.</summary>
    /// <exception cref="ConfigurationException">It gives none.</exception>
    public static int GetSerializerIdentifierFromConfig(Type type, ExtendedActorSystem system)
    {
        const string section = "akka.actor.serialization-identifiers";
        foreach (var (name, number) in system.Settings.Config.GetConfig(section)?.AsEnumerable() ?? [])
        {
            if (Serialization.TypeNamed(name) == type) return number.GetInt();
        }

        throw new ConfigurationException($"{section} has no number for {type}; add \"{type.FullName}, {type.Assembly.GetName().Name}\" = <number>, or override Identifier");
    }
}
