using System.Collections.Concurrent;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Util;

namespace Akka.Serialization;

/// <summary>
/// Finds the serializer of a message by its type and that of bytes by its number. What is not bound cannot be written: no name of a .NET
/// type ever goes over the wire.
/// </summary>
public class Serialization
{
    [ThreadStatic] private static Information? _transport;

    private readonly ConcurrentDictionary<string, Serializer> _byName = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, Serializer> _byNumber = new();
    private readonly ConcurrentDictionary<Type, Serializer> _bindings = new();
    private readonly ConcurrentDictionary<Type, Serializer> _found = new();
    private readonly NullSerializer _null;

    /// <summary>Reads the settings and setups of a system.</summary>
    public Serialization(ExtendedActorSystem system)
    {
        System = system;
        _null = new NullSerializer(system);
        AddSerializer("null", _null);
        var config = system.Settings.Config;
        foreach (var (name, type) in config.GetConfig("akka.actor.serializers")?.AsEnumerable() ?? []) AddSerializer(name, Make(name, type.GetString()));
        foreach (var (type, name) in config.GetConfig("akka.actor.serialization-bindings")?.AsEnumerable() ?? []) Bind(type, name.GetString());
        if (system.Settings.Setup.Get<SerializationSetup>() is not { HasValue: true, Value: var setup }) return;
        foreach (var given in setup.CreateSerializers(system))
        {
            AddSerializer(given.Alias, given.Serializer);
            foreach (var type in given.UseFor) AddSerializationMap(type, given.Serializer);
        }
    }

    /// <summary>The system.</summary>
    public ExtendedActorSystem System { get; }

    internal static Information? CurrentTransport => _transport;

    /// <summary>By which address the receiver of what is being written knows this system.</summary>
    public static Information GetCurrentTransportInformation() =>
        _transport ?? throw new InvalidOperationException("Nothing is being serialized: there is no transport information");

    /// <summary>Runs <paramref name="action"/> so that references are written for other systems.</summary>
    public static T WithTransport<T>(ExtendedActorSystem system, Func<T> action) => WithTransport(system, action, static run => run());

    /// <summary>Runs <paramref name="action"/> so that references are written for other systems.</summary>
    public static T WithTransport<TState, T>(ExtendedActorSystem system, TState state, Func<TState, T> action)
    {
        if (_transport is not null) return action(state);
        _transport = system.Provider.SerializationInformation;
        try
        {
            return action(state);
        }
        finally
        {
            _transport = null;
        }
    }

    /// <summary>Runs <paramref name="action"/> so that references are written for a receiver who knows this system by <paramref name="address"/>.</summary>
    public static T WithTransport<T>(ActorSystem system, Address address, Func<T> action)
    {
        var before = Enter(new Information(address, system));
        try
        {
            return action();
        }
        finally
        {
            _transport = before;
        }
    }

    /// <summary>Sets the transport of this thread; gives back what it was.</summary>
    internal static Information? Enter(Information? transport)
    {
        var before = _transport;
        _transport = transport;
        return before;
    }

    /// <summary>A reference as text that another system can resolve, with the uid of the incarnation; the empty text for nobody.</summary>
    public static string SerializedActorPath(IActorRef actorRef)
    {
        if (actorRef is null or Nobody) return "";
        var path = actorRef.Path;
        if (path.Address.HasGlobalScope) return path.ToSerializationFormat();
        var address = _transport?.Address ?? (actorRef as IInternalActorRef)?.SystemImpl?.Provider.DefaultAddress ?? path.Address;
        return path.Uid == ActorPath.UndefinedUid ? path.ToStringWithAddress(address) : $"{path.ToStringWithAddress(address)}#{path.Uid}";
    }

    /// <summary>What tells the reader what <paramref name="msg"/> is.</summary>
    public static string ManifestFor(Serializer s, object msg) => s is SerializerWithStringManifest named ? named.Manifest(msg) : "";

    /// <summary>The reference that a text names.</summary>
    public IActorRef DeserializeActorRef(string path) => path.Length == 0 ? ActorRefs.Nobody : System.Provider.ResolveActorRef(path);

    /// <summary>Adds a serializer under the name of its type.</summary>
    public void AddSerializer(Serializer serializer) => AddSerializer(serializer.GetType().Name, serializer);

    /// <summary>Adds a serializer.</summary>
    public void AddSerializer(string name, Serializer serializer)
    {
        if (serializer.IncludeManifest && serializer is not SerializerWithStringManifest)
            throw new ConfigurationException($"The serializer '{name}' ({serializer.GetType()}) wants a manifest but gives none; derive it from {nameof(SerializerWithStringManifest)}");
        if (_byNumber.GetOrAdd(serializer.Identifier, serializer) is var other && other.GetType() != serializer.GetType())
            throw new ConfigurationException($"The serializers {other.GetType()} and {serializer.GetType()} have the same identifier {serializer.Identifier}");
        _byNumber[serializer.Identifier] = serializer;
        _byName[name] = serializer;
    }

    /// <summary>Has a serializer write a type and all that derive from it.</summary>
    public void AddSerializationMap(Type type, Serializer serializer)
    {
        _bindings[type] = serializer;
        _found.Clear();
    }

    /// <summary>Writes a message; the reader needs the serializer's number and the manifest.</summary>
    public byte[] Serialize(object o) => WithTransport(System, (Self: this, Message: o), static call => call.Self.FindSerializerFor(call.Message).ToBinary(call.Message));

    /// <summary>Reads a message.</summary>
    /// <exception cref="SerializationException">Nobody has the number.</exception>
    public object Deserialize(byte[] bytes, int serializerId, string manifest) =>
        WithTransport(System, (Self: this, bytes, serializerId, manifest), static call => call.Self.Numbered(call.serializerId, call.manifest) is var serializer && serializer is SerializerWithStringManifest named
            ? named.FromBinary(call.bytes, call.manifest)
            : serializer.FromBinary(call.bytes, (Type)null!));

    /// <summary>Reads a message.</summary>
    /// <exception cref="SerializationException">Nobody has the number.</exception>
    public object Deserialize(byte[] bytes, int serializerId, Type type) =>
        WithTransport(System, (Self: this, bytes, serializerId, type), static call => call.Self.Numbered(call.serializerId, call.type?.Name ?? "").FromBinary(call.bytes, call.type!));

    /// <summary>The serializer of a message; <paramref name="defaultSerializerName"/> names the one for those that have none.</summary>
    /// <exception cref="SerializationException">There is none.</exception>
    public Serializer FindSerializerFor(object obj, string? defaultSerializerName = null) => obj is null ? _null : FindSerializerForType(obj.GetType(), defaultSerializerName);

    /// <summary>The serializer of a type: the one of the most special type or interface that it has.</summary>
    /// <exception cref="SerializationException">There is none.</exception>
    public Serializer FindSerializerForType(Type objectType, string? defaultSerializerName = null)
    {
        if (_found.TryGetValue(objectType, out var known)) return known;
        if (Search(objectType) is { } found) return _found[objectType] = found;
        if (defaultSerializerName is not null && _byName.TryGetValue(defaultSerializerName, out var given)) return given;
        throw new SerializationException(
            $"No serializer is bound to {objectType.FullName}; name one in akka.actor.serialization-bindings: \"{objectType.FullName}, {objectType.Assembly.GetName().Name}\" = <name of a serializer of akka.actor.serializers>");
    }

    internal bool IsBound(Type type) => _found.ContainsKey(type) || Search(type) is not null;

    internal Serializer Numbered(int number, string manifest) => _byNumber.TryGetValue(number, out var serializer) ? serializer
        : throw new SerializationException($"No serializer has the identifier {number} (manifest '{manifest}'); is one missing in akka.actor.serializers, or was it written by a newer version?");

    internal static Type? TypeNamed(string name) => Type.GetType(name);

    private Serializer? Search(Type type)
    {
        if (_bindings.TryGetValue(type, out var exact)) return exact;
        (Type Type, Serializer Serializer)? best = null;
        foreach (var (bound, serializer) in _bindings)
        {
            if (!bound.IsAssignableFrom(type)) continue;
            // Of two that fit, the one that is the other's heir; classes before interfaces, then the order of names, so that every host decides alike.
            if (best is not { } other || other.Type.IsAssignableFrom(bound) || !bound.IsAssignableFrom(other.Type) && Before(bound, other.Type)) best = (bound, serializer);
        }

        return best?.Serializer;
    }

    private static bool Before(Type a, Type b) => a.IsInterface != b.IsInterface ? b.IsInterface : string.CompareOrdinal(a.FullName, b.FullName) < 0;

    private Serializer Make(string name, string typeName)
    {
        var type = TypeNamed(typeName) ?? throw new ConfigurationException($"The type of the serializer '{name}' in akka.actor.serializers does not exist: {typeName}");
        const global::System.Reflection.BindingFlags any = global::System.Reflection.BindingFlags.Instance | global::System.Reflection.BindingFlags.Public
            | global::System.Reflection.BindingFlags.NonPublic | global::System.Reflection.BindingFlags.DoNotWrapExceptions;
        return (Serializer)Activator.CreateInstance(type, any, null, [System], null)!;
    }

    private void Bind(string typeName, string serializer)
    {
        var type = TypeNamed(typeName) ?? throw new ConfigurationException($"The type '{typeName}' in akka.actor.serialization-bindings does not exist");
        AddSerializationMap(type, _byName.TryGetValue(serializer, out var found)
            ? found
            : throw new ConfigurationException($"akka.actor.serialization-bindings binds {typeName} to '{serializer}', which akka.actor.serializers does not name"));
    }
}
