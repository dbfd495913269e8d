#nullable enable
namespace AkkaKube.Api.Declarations;

/// <summary>A type as a field names it: <c>*T</c>, <c>[]T</c>, <c>map[K]T</c>, or a name.</summary>
internal sealed class TypeReference
{
    private TypeReference(bool pointer, string? name, string? key, TypeReference? element)
    {
        IsPointer = pointer;
        Name = name;
        Key = key;
        Element = element;
    }

    /// <summary>A pointer in Go: absent and zero are different.</summary>
    public bool IsPointer { get; }

    /// <summary>The name of a scalar or declared type; null for a list or a map.</summary>
    public string? Name { get; }

    /// <summary>The type of a map's keys; null where it is no map.</summary>
    public string? Key { get; }

    /// <summary>The type of the elements of a list or map.</summary>
    public TypeReference? Element { get; }

    public bool IsMap => Key != null;

    public bool IsList => Element != null && Key == null;

    /// <summary>Reads the text form; null where it is none.</summary>
    public static TypeReference? Parse(string text)
    {
        var pointer = text.StartsWith("*", System.StringComparison.Ordinal);
        if (pointer)
            text = text.Substring(1);
        if (text.StartsWith("[]", System.StringComparison.Ordinal))
            return Parse(text.Substring(2)) is { } item ? new TypeReference(pointer, null, null, item) : null;
        if (text.StartsWith("map[", System.StringComparison.Ordinal))
        {
            var end = text.IndexOf(']');
            if (end < 0)
                return null;
            return Parse(text.Substring(end + 1)) is { } value ? new TypeReference(pointer, null, text.Substring(4, end - 4), value) : null;
        }

        foreach (var c in text)
        {
            if (!char.IsLetterOrDigit(c) && c != '.')
                return null;
        }

        return text.Length == 0 ? null : new TypeReference(pointer, text, null, null);
    }

    public override string ToString() =>
        (IsPointer ? "*" : "") + (IsMap ? "map[" + Key + "]" + Element : IsList ? "[]" + Element : Name);
}
