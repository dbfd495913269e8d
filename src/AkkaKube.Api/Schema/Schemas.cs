using System.Collections.Concurrent;
using AkkaKube.Api.Declarations;

namespace AkkaKube.Api.Schema;

/// <summary>The schemas of all declared types. A type's schema is made when somebody first asks for it.</summary>
public static class Schemas
{
    private static readonly Lazy<IReadOnlyDictionary<string, TypeDeclaration>> Declared = new(Load);
    private static readonly ConcurrentDictionary<string, TypeSchema> Made = new(StringComparer.Ordinal);

    /// <summary>The schema of a declared type, e.g. <c>core.v1.Pod</c>.</summary>
    public static TypeSchema Of(string fullName) => Made.TryGetValue(fullName, out var schema) ? schema : Made.GetOrAdd(fullName, Make(Declared.Value[fullName]));

    /// <summary>The schema of a declared struct; null where there is none of that name.</summary>
    internal static TypeSchema? Find(string fullName) => Declared.Value.TryGetValue(fullName, out var type) && (type.Form is TypeForm.Kind or TypeForm.Struct) ? Of(fullName) : null;

    /// <summary>The names of all declared structs.</summary>
    public static IEnumerable<string> Structs => Declared.Value.Values.Where(type => type.Form is TypeForm.Kind or TypeForm.Struct).Select(type => type.FullName);

    /// <summary>The known values of a text type that takes no others; empty where any text will do.</summary>
    public static IEnumerable<string> ClosedValues(string textType) =>
        Declared.Value.TryGetValue(textType, out var type) && type.Closed ? type.Constants.Select(constant => constant.Value) : [];

    internal static IEnumerable<TypeDeclaration> Declarations => Declared.Value.Values;

    /// <summary>How Go names a type: the package is the version.</summary>
    internal static string GoName(string group, string name) => group[(group.LastIndexOf('.') + 1)..] + "." + name;

    private static Dictionary<string, TypeDeclaration> Load()
    {
        var types = new Dictionary<string, TypeDeclaration>(StringComparer.Ordinal);
        var assembly = typeof(Schemas).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames())
        {
            var slash = resource.IndexOfAny(['/', '\\']);
            if (slash < 0)
                continue;
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            foreach (var type in ModelFile.Parse(resource[..slash], reader.ReadToEnd()).Types)
                types.Add(type.FullName, type);
        }

        return types;
    }

    private static TypeSchema Make(TypeDeclaration type)
    {
        var fields = new FieldSchema[type.Fields.Count];
        for (var i = 0; i < fields.Length; i++)
        {
            var field = type.Fields[i];
            fields[i] = new FieldSchema(field, Value(field.Type, type.Group), field.Type.IsPointer);
        }

        return new TypeSchema(type, fields);
    }

    private static ValueSchema Value(TypeReference type, string group)
    {
        if (type.Element is { } inner)
        {
            var element = Value(inner, group);
            return type.Key is { } key
                ? new ValueSchema(ValueKind.Map, $"map[{KeyName(key, group)}]{element.GoType}", element, keyType: key)
                : new ValueSchema(ValueKind.List, "[]" + (inner.IsPointer ? "*" : "") + element.GoType, element);
        }

        switch (type.Name)
        {
            case "string": return new(ValueKind.Text, "string");
            case "UID": return new(ValueKind.Text, "types.UID");
            case "int32": return new(ValueKind.Int32, "int32");
            case "int64": return new(ValueKind.Int64, "int64");
            case "bool": return new(ValueKind.Boolean, "bool");
            case "double": return new(ValueKind.Double, "float64");
            case "bytes": return new(ValueKind.Bytes, "[]uint8");
            case "Quantity": return new(ValueKind.Quantity, "resource.Quantity");
            case "IntOrString": return new(ValueKind.IntOrString, "intstr.IntOrString");
            case "Time": return new(ValueKind.Time, "v1.Time");
            case "MicroTime": return new(ValueKind.MicroTime, "v1.MicroTime");
            case "raw": return new(ValueKind.Raw, "runtime.RawExtension");
            case "FieldsV1": return new(ValueKind.Raw, "v1.FieldsV1");
        }

        var declared = Find(type.Name!, group);
        if (declared.Form == TypeForm.Text)
            return new(ValueKind.Text, GoName(declared.Group, declared.Name), textType: declared.FullName);
        if (declared.Form == TypeForm.Alias)
        {
            var target = Value(declared.Target!, declared.Group);
            return new(target.Kind, GoName(declared.Group, declared.Name), target.Element, keyType: target.KeyType);
        }

        return new(ValueKind.Struct, GoName(declared.Group, declared.Name), type: () => Of(declared.FullName));
    }

    private static string KeyName(string key, string group) => key == "string" ? key : GoName(Find(key, group).Group, key);

    private static TypeDeclaration Find(string name, string group) =>
        Declared.Value.TryGetValue(group + "." + name, out var own) ? own : Declared.Value[name];
}
