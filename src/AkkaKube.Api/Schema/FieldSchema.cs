using AkkaKube.Api.Declarations;

namespace AkkaKube.Api.Schema;

/// <summary>A field of a struct with all that was declared about it.</summary>
public sealed class FieldSchema
{
    private readonly FieldDeclaration _declaration;

    internal FieldSchema(FieldDeclaration declaration, ValueSchema value, bool pointer)
    {
        _declaration = declaration;
        Value = value;
        IsPointer = pointer;
        Name = string.Intern(declaration.Name);
        Utf8Name = System.Text.Encoding.UTF8.GetBytes(Name);
        Encoded = System.Text.Json.JsonEncodedText.Encode(Name);
        GoPath = declaration.Inline is null ? Name : declaration.Inline + "." + Name;
        IsWritten = declaration.Always ||
            (!pointer && !declaration.OmitZero && value.Kind is ValueKind.Struct or ValueKind.Time or ValueKind.MicroTime or ValueKind.Quantity or ValueKind.IntOrString && !pointer);
        Default = declaration.Default is null ? null : Tree.Parse(System.Text.Encoding.UTF8.GetBytes(declaration.Default));
        PatchStrategies = declaration.PatchStrategy?.Split(',') ?? [];
        Element = "f:" + Name;
        SortedListKeys = [.. declaration.Keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>The name in JSON.</summary>
    public string Name { get; }

    /// <summary>The type.</summary>
    public ValueSchema Value { get; }

    /// <summary>Absent and zero are different.</summary>
    public bool IsPointer { get; }

    /// <summary>Written even where it is zero.</summary>
    public bool IsWritten { get; }

    /// <summary>Left out where it is a zero struct or time.</summary>
    public bool OmitsZero => _declaration.OmitZero;

    /// <summary>OpenAPI lists it as required.</summary>
    public bool IsRequired => _declaration.Required;

    /// <summary>May not change once the object exists.</summary>
    public bool IsImmutable => _declaration.Immutable;

    /// <summary>The declared default; null where there is none.</summary>
    public object? Default { get; }

    /// <summary>atomic, set or map, as declared.</summary>
    public string? ListType => _declaration.ListType;

    /// <summary>The keys of a list of type map.</summary>
    public IReadOnlyList<string> ListKeys => _declaration.Keys;

    /// <summary>A map or struct that is owned as a whole.</summary>
    public bool IsAtomicMap => _declaration.MapType == "atomic";

    /// <summary>merge, replace, retainKeys.</summary>
    public IReadOnlyList<string> PatchStrategies { get; }

    /// <summary>The key by which strategic merge pairs the elements of a list.</summary>
    public string? MergeKey => _declaration.MergeKey;

    /// <summary>One line about it.</summary>
    public string Description => _declaration.Description;

    /// <summary>The path as decoding errors say it: with the Go struct that embeds the field.</summary>
    internal string GoPath { get; }

    /// <summary>The number in protobuf, after those of the messages that it is embedded in.</summary>
    internal ReadOnlySpan<int> Number => _declaration.Number;

    internal byte[] Utf8Name { get; }

    /// <summary>The field as an element of a path (FieldsV1).</summary>
    internal string Element { get; }

    /// <summary>The keys of the list in the order in which paths say them.</summary>
    internal IReadOnlyList<string> SortedListKeys { get; }

    internal System.Text.Json.JsonEncodedText Encoded { get; }

    /// <summary>The value that Go writes where nothing was said.</summary>
    internal object? Zero() => IsPointer ? null : ZeroOf(Value);

    /// <summary>What Go has in a variable of this type that nobody set.</summary>
    internal static object? ZeroOf(ValueSchema value) => value.Kind switch
    {
        ValueKind.Struct => value.Struct.Empty(),
        ValueKind.Text or ValueKind.Bytes => "",
        ValueKind.Int32 or ValueKind.Int64 or ValueKind.IntOrString => 0L,
        ValueKind.Double => 0d,
        ValueKind.Boolean => false,
        ValueKind.Quantity => "0",
        _ => null,
    };

    /// <summary>Whether Go leaves this value out.</summary>
    internal bool Omits(object? value)
    {
        if (value is null)
            return !IsWritten;
        if (IsPointer || IsWritten)
            return false;
        return value switch
        {
            string text => text.Length == 0,
            long number => number == 0,
            double number => number == 0,
            bool flag => !flag,
            JsonList list => list.Count == 0,
            JsonMap map => map.Count == 0,
            _ => false,
        };
    }
}
