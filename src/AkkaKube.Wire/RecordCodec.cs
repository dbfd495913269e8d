using System.Collections.Concurrent;
using Akka.Actor;

namespace AkkaKube.Wire;

/// <summary>
/// Writes an immutable record field by field, each under a key made of its name, and reads it back: what is not known is passed over, what is not
/// there gets its default. Made once for each type, when first used.
/// </summary>
public abstract class RecordCodec
{
    private static readonly ConcurrentDictionary<Type, RecordCodec> Made = new();

    private protected RecordCodec(Type type) => Type = type;

    /// <summary>What it writes.</summary>
    public Type Type { get; }

    /// <summary>The codec of a record type.</summary>
    public static RecordCodec Of(Type type) => Made.GetOrAdd(type, static type => (RecordCodec)Activator.CreateInstance(typeof(RecordCodec<>).MakeGenericType(type), nonPublic: true)!);

    /// <summary>The bytes of a record.</summary>
    /// <param name="record">Of the codec's type.</param>
    /// <param name="names">The records that fields of no certain type may hold.</param>
    /// <param name="pathOf">How a reference is written.</param>
    /// <exception cref="WireException">It holds something that cannot leave this process.</exception>
    public byte[] Encode(object record, WireNames names, Func<IActorRef, string> pathOf)
    {
        var writer = new WireWriter(names, pathOf);
        WriteFields(writer, record);
        return writer.Written.ToArray();
    }

    /// <summary>The record that was written.</summary>
    /// <exception cref="WireException">The bytes are damaged, or hold what is not known here.</exception>
    public object Decode(ReadOnlyMemory<byte> bytes, WireNames names, Func<string, IActorRef> refAt) => ReadFields(new WireReader(bytes, names, refAt));

    /// <summary>Makes what is made at first use, so that a fault in a type shows.</summary>
    /// <exception cref="WireException">A field is of a type that cannot be written.</exception>
    public abstract void Prepare();

    internal abstract void WriteFields(WireWriter writer, object record);

    internal abstract object ReadFields(WireReader reader);
}
