namespace AkkaKube.Wire.Codecs;

/// <summary>Lists, sets and maps (lists of pairs) of any immutable kind: they differ in how they are made of an array.</summary>
internal sealed class CollectionCodec<TCollection, TElement>(Codec<TElement> element, Func<TElement[], TCollection> make) : Codec<TCollection>
    where TCollection : IEnumerable<TElement>
{
    private readonly TCollection _empty = make([]);

    public override WireType WireType => WireType.List;

    public override TCollection Empty => _empty;

    public override bool IsEmpty(TCollection value) => value is IReadOnlyCollection<TElement> counted ? counted.Count == 0 : !value.Any();

    public override void Write(WireWriter writer, TCollection value)
    {
        var elements = value as IReadOnlyCollection<TElement> ?? [.. value];
        writer.Number((ulong)elements.Count);
        writer.Byte((byte)element.WireType);
        foreach (var one in elements)
        {
            if (one is null) throw new WireException($"an element of a {typeof(TCollection)} is null; leave it out");
            element.Write(writer, one);
        }
    }

    public override TCollection Read(WireReader reader)
    {
        var elements = new TElement[reader.Count()];
        var type = (WireType)reader.Byte();
        if (type != element.WireType) throw new WireException($"the elements of a {typeof(TCollection)} are of another type at the sender's: {type}");
        for (var i = 0; i < elements.Length; i++) elements[i] = element.Read(reader);
        return make(elements);
    }
}
