#nullable enable
using System.Collections.Generic;
using System.Linq;
using AkkaKube.Api.Declarations;

namespace AkkaKube.Api.Generator.Emission;

/// <summary>All declared types by name, and how each name reads in C#.</summary>
internal sealed class TypeCatalog
{
    private static readonly HashSet<string> Scalars = new()
    {
        "string", "UID", "int32", "int64", "bool", "double", "bytes", "Quantity", "IntOrString", "Time", "MicroTime", "raw", "FieldsV1",
    };

    private readonly Dictionary<string, TypeDeclaration> _types = new();

    public TypeCatalog(IEnumerable<TypeDeclaration> types)
    {
        foreach (var type in types)
            _types[type.FullName] = type;
    }

    public IEnumerable<TypeDeclaration> Types => _types.Values;

    /// <summary>core.v1 is AkkaKube.Api.Core.V1.</summary>
    public static string Namespace(string group) =>
        "AkkaKube.Api." + string.Join(".", group.Split('.').Select(part => char.ToUpperInvariant(part[0]) + part.Substring(1)));

    public static string FullName(TypeDeclaration type) => "global::" + Namespace(type.Group) + "." + type.Name;

    public TypeDeclaration? Find(string group, string name) =>
        _types.TryGetValue(group + "." + name, out var own) ? own : _types.TryGetValue(name, out var other) ? other : null;

    /// <summary>Follows aliases: the reference, the group that its names are of, and whether a pointer was on the way.</summary>
    public (TypeReference Type, string Group, bool Pointer) Resolve(TypeReference type, string group)
    {
        var pointer = type.IsPointer;
        while (type.Name != null && !Scalars.Contains(type.Name) && Find(group, type.Name) is { Form: TypeForm.Alias, Target: { } target } alias)
        {
            group = alias.Group;
            type = target;
        }

        return (type, group, pointer);
    }

    /// <summary>The scalar that a name stands for; null for a struct.</summary>
    public string? Scalar(string name, string group) =>
        name == "UID" ? "string" : Scalars.Contains(name) ? name : Find(group, name)?.Form == TypeForm.Text ? "string" : null;

    /// <summary>Names that nobody declared, and what nobody described.</summary>
    public IEnumerable<KeyValuePair<int, string>> Check(ModelFile file)
    {
        foreach (var type in file.Types)
        {
            if (type.Description.Length == 0)
                yield return new KeyValuePair<int, string>(type.Line, $"{type.Name}: no description");
            foreach (var field in type.Fields)
            {
                if (field.Description.Length == 0)
                    yield return new KeyValuePair<int, string>(field.Line, $"{type.Name}.{field.Name}: no description");
                var (inner, group, _) = Resolve(field.Type, type.Group);
                while (inner.Element is { } element)
                    (inner, group, _) = Resolve(element, group);
                if (inner.Name == null || (!Scalars.Contains(inner.Name) && Find(group, inner.Name) == null))
                    yield return new KeyValuePair<int, string>(field.Line, $"{type.Name}.{field.Name}: no type {inner}");
                if (field.MergeKey != null && field.PatchStrategy == null)
                    yield return new KeyValuePair<int, string>(field.Line, $"{type.Name}.{field.Name}: a merge key needs a patch strategy");
                if ((field.ListType == "map") != (field.Keys.Length > 0))
                    yield return new KeyValuePair<int, string>(field.Line, $"{type.Name}.{field.Name}: list=map and keys go together");
            }
        }
    }
}
