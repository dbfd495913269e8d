using AkkaKube.Api.Declarations;

namespace AkkaKube.Api.Schema;

/// <summary>A struct with its fields, in the order in which Go writes them.</summary>
public sealed class TypeSchema
{
    private readonly TypeDeclaration _declaration;
    private readonly byte[] _table;
    private readonly FieldSchema[] _written;

    internal TypeSchema(TypeDeclaration declaration, FieldSchema[] fields)
    {
        _declaration = declaration;
        AllFields = fields;
        _written = [.. fields.Where(field => field.IsWritten)];
        _table = new byte[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(fields.Length * 2) | 1)];
        for (var i = 0; i < fields.Length; i++)
        {
            var slot = Hash(fields[i].Utf8Name) & (_table.Length - 1);
            while (_table[slot] != 0)
                slot = (slot + 1) & (_table.Length - 1);
            _table[slot] = (byte)(i + 1);
        }
    }

    /// <summary>Group folder and name, e.g. <c>core.v1.Pod</c>.</summary>
    public string FullName => _declaration.FullName;

    /// <summary>The name alone.</summary>
    public string Name => _declaration.Name;

    /// <summary>The group folder, e.g. <c>core.v1</c>.</summary>
    public string Group => _declaration.Group;

    /// <summary>It says kind and apiVersion.</summary>
    public bool IsKind => _declaration.Form == TypeForm.Kind;

    /// <summary>It is owned as a whole (server-side apply).</summary>
    public bool IsAtomic => _declaration.Atomic;

    /// <summary>One line about it.</summary>
    public string Description => _declaration.Description;

    /// <summary>The fields, without kind and apiVersion.</summary>
    public IReadOnlyList<FieldSchema> Fields => AllFields;

    internal FieldSchema[] AllFields { get; }

    /// <summary>The fields that are written even where nothing was said.</summary>
    internal ReadOnlySpan<FieldSchema> Written => _written;

    /// <summary>How Go names the type, e.g. <c>v1.Container</c>.</summary>
    public string GoType => Schemas.GoName(_declaration.Group, _declaration.Name);

    internal string? DeclaredOpenApiName => _declaration.OpenApiName;

    /// <summary>Where its fields are in a protobuf message.</summary>
    internal MessageLayout Layout => field ??= new MessageLayout(AllFields, depth: 0);

    /// <summary>Finds a field by its JSON name.</summary>
    public FieldSchema? Field(string name)
    {
        Span<byte> utf8 = stackalloc byte[128];
        return System.Text.Encoding.UTF8.TryGetBytes(name, utf8, out var count) ? Field(utf8[..count]) : null;
    }

    /// <summary>Finds a field by its JSON name in UTF-8.</summary>
    internal FieldSchema? Field(ReadOnlySpan<byte> name)
    {
        for (var slot = Hash(name) & (_table.Length - 1); _table[slot] != 0; slot = (slot + 1) & (_table.Length - 1))
        {
            var field = AllFields[_table[slot] - 1];
            if (name.SequenceEqual(field.Utf8Name))
                return field;
        }

        return null;
    }

    /// <summary>What Go writes for a struct that nobody filled in; shared, not to be changed.</summary>
    internal JsonMap Nothing => field ??= Empty();

    /// <summary>What Go writes for a struct that nobody filled in.</summary>
    internal JsonMap Empty()
    {
        var map = new JsonMap();
        Complete(map);
        return map;
    }

    /// <summary>Adds what Go writes even where nothing was said.</summary>
    internal void Complete(JsonMap map)
    {
        foreach (var field in _written)
        {
            if (!map.Has(field.Name))
                map.Append(field.Name, field.Zero());
        }
    }

    private static int Hash(ReadOnlySpan<byte> name)
    {
        var hash = (uint)name.Length;
        foreach (var b in name)
            hash = (hash * 31) + b;
        return (int)((hash ^ (hash >> 9)) & int.MaxValue);
    }
}
