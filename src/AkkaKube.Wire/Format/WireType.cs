namespace AkkaKube.Wire;

/// <summary>How the value of a field looks, so that who does not know the field can pass over it.</summary>
internal enum WireType : byte
{
    /// <summary>A number, seven bits a byte; signed ones zigzag.</summary>
    Number = 0,

    /// <summary>Eight bytes.</summary>
    Fixed = 1,

    /// <summary>A length and so many bytes: texts, bytes, JSON.</summary>
    Bytes = 2,

    /// <summary>Fields, then an end.</summary>
    Record = 3,

    /// <summary>A count, the type of the elements, the elements.</summary>
    List = 4,

    /// <summary>A name, a type, a value of it: one of several cases.</summary>
    Case = 5,

    /// <summary>The end of a record; a byte alone.</summary>
    End = 7,
}
