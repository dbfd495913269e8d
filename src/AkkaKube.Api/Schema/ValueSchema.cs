namespace AkkaKube.Api.Schema;

/// <summary>What kind of value a field holds.</summary>
public enum ValueKind
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>A whole number of 32 bits.</summary>
    Int32,

    /// <summary>A whole number of 64 bits.</summary>
    Int64,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A number with a fraction.</summary>
    Double,

    /// <summary>Bytes, base64 in JSON.</summary>
    Bytes,

    /// <summary>An amount such as <c>500m</c>.</summary>
    Quantity,

    /// <summary>A number or a text.</summary>
    IntOrString,

    /// <summary>A time to the second.</summary>
    Time,

    /// <summary>A time to the microsecond.</summary>
    MicroTime,

    /// <summary>Any JSON.</summary>
    Raw,

    /// <summary>A struct with fields of its own.</summary>
    Struct,

    /// <summary>A list.</summary>
    List,

    /// <summary>A map from texts.</summary>
    Map,
}

/// <summary>The type of a value.</summary>
public sealed class ValueSchema
{
    private readonly Func<TypeSchema>? _struct;
    private TypeSchema? _resolved;

    internal ValueSchema(ValueKind kind, string goType, ValueSchema? element = null, Func<TypeSchema>? type = null, string? keyType = null, string? textType = null)
    {
        Kind = kind;
        GoType = goType;
        Element = element;
        KeyType = keyType;
        TextType = textType;
        _struct = type;
    }

    /// <summary>The kind of value.</summary>
    public ValueKind Kind { get; }

    /// <summary>How Go names the type, e.g. <c>[]v1.Container</c>; messages say it.</summary>
    public string GoType { get; }

    /// <summary>The type of the elements of a list or map.</summary>
    public ValueSchema? Element { get; }

    /// <summary>The type of a map's keys.</summary>
    public string? KeyType { get; }

    /// <summary>The full name of a text type, e.g. <c>core.v1.PodPhase</c>.</summary>
    public string? TextType { get; }

    /// <summary>The fields of a struct.</summary>
    public TypeSchema Struct => _resolved ??= _struct!();
}
