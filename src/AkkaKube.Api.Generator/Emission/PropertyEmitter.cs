#nullable enable
using System.Text;
using AkkaKube.Api.Declarations;

namespace AkkaKube.Api.Generator.Emission;

/// <summary>Writes one property of a record: its declaration, how it is read and written.</summary>
internal sealed class PropertyEmitter
{
    private const string Api = "global::AkkaKube.Api.";
    private const string In = Api + "JsonReading.";
    private const string Out = Api + "JsonWriting.";

    private readonly TypeCatalog _catalog;
    private readonly TypeReference _reference;
    private readonly string _group;
    private readonly bool _pointer;
    private readonly string? _scalar;
    private readonly string _name;

    public PropertyEmitter(TypeCatalog catalog, TypeDeclaration owner, FieldDeclaration field)
    {
        _catalog = catalog;
        Field = field;
        (_reference, _group, _pointer) = catalog.Resolve(field.Type, owner.Group);
        _scalar = _reference.Name == null ? null : catalog.Scalar(_reference.Name, _group);
        _name = char.ToUpperInvariant(field.Name[0]) + field.Name.Substring(1);
        if (_name == owner.Name || _name is "Empty" or "EqualityContract" || (owner.Form == TypeForm.Kind && _name is "Kind" or "ApiVersion" or "Write" or "Read"))
            _name += "Value";
        _name = _name.Replace("$", "");
    }

    public FieldDeclaration Field { get; }

    /// <summary>A struct that is there even where the JSON has none.</summary>
    public bool IsOwnStruct => _reference.Name != null && _scalar == null && !_pointer;

    private bool IsPlainText => _scalar == "string" && !_pointer && (Field.Always || Field.NonNull);

    /// <summary>A text that is "" where the JSON has none.</summary>
    public bool NeedsInitialText => IsPlainText;

    private string Type
    {
        get
        {
            if (_reference.Element != null)
                return Api + (_reference.IsMap ? "ValueMap<" : "ValueList<") + ElementType(_reference.Element, _group) + ">";
            return _scalar switch
            {
                "string" => IsPlainText ? "string" : "string?",
                null => StructName(_reference.Name!, _group) + (_pointer ? "?" : ""),
                "Time" or "MicroTime" => "global::System.DateTimeOffset?",
                "raw" or "FieldsV1" => Api + "RawJson",
                "bytes" => Api + "Bytes",
                _ => ValueType(_scalar) + (_pointer ? "?" : ""),
            };
        }
    }

    public void Declaration(StringBuilder code)
    {
        Line(code, 2, "/// <summary>" + Docs.Escape(Field.Description) + "</summary>");
        Line(code, 2, $"public {Type} {_name} {{ get; init; }}");
    }

    public void Initialization(StringBuilder code)
    {
        if (IsOwnStruct)
            Line(code, 3, $"{_name} = {Type}.Empty;");
        else if (IsPlainText)
            Line(code, 3, $"{_name} = \"\";");
    }

    public void Completion(StringBuilder code) => Line(code, 3, $"{_name} ??= {Type}.Empty;");

    public void Reading(StringBuilder code)
    {
        Line(code, 6, $"if (global::System.MemoryExtensions.SequenceEqual(name, \"{Field.Name}\"u8)) {{ {_name} = {ReadExpression()}; continue; }}");
    }

    private string ReadExpression()
    {
        if (_reference.Element != null)
        {
            var (element, group, _) = _catalog.Resolve(_reference.Element, _group);
            var scalar = element.Name == null ? null : _catalog.Scalar(element.Name, group);
            var shape = _reference.IsMap ? "Map" : "List";
            return scalar == null ? $"{In}{shape}<{ElementType(_reference.Element, _group)}>(ref reader)" : $"{In}{Method(scalar)}{shape}(ref reader)";
        }

        return _scalar switch
        {
            null => _pointer ? $"{In}Record<{StructName(_reference.Name!, _group)}>(ref reader)" : $"{In}Record<{StructName(_reference.Name!, _group)}>(ref reader)!",
            "string" => IsPlainText ? $"{In}Text(ref reader) ?? \"\"" : _pointer ? $"{In}Text(ref reader)" : $"{In}TextOrNull(ref reader)",
            "Time" or "MicroTime" => $"{In}Time(ref reader)",
            "raw" or "FieldsV1" => $"{In}Raw(ref reader)",
            "bytes" => $"{In}Bytes(ref reader)",
            _ => $"{In}{Method(_scalar)}(ref reader)" + (_pointer ? "" : " ?? default"),
        };
    }

    public void Writing(StringBuilder code)
    {
        var key = $"\"{Field.Name}\"u8";
        if (_reference.Element != null)
        {
            Line(code, 3, $"{Out}{(_reference.IsMap ? "Map" : "List")}(writer, {key}, {_name}, always: {(Field.Always ? "true" : "false")});");
            return;
        }

        var condition = _scalar switch
        {
            null => _pointer ? $"{_name} is not null" : Field.OmitZero ? $"{_name} != {Type}.Empty" : null,
            "string" => _pointer ? $"{_name} is not null" : Field.Always ? null : $"!string.IsNullOrEmpty({_name})",
            "Time" or "MicroTime" => _pointer || Field.OmitZero ? $"{_name} is not null" : null,
            "raw" or "FieldsV1" => Field.Always ? null : $"!{_name}.IsEmpty",
            "bytes" => Field.Always ? null : $"!{_name}.IsEmpty",
            "bool" => _pointer ? $"{_name} is not null" : Field.Always ? null : _name,
            "Quantity" or "IntOrString" => _pointer ? $"{_name} is not null" : null,
            _ => _pointer ? $"{_name} is not null" : Field.Always ? null : $"{_name} != 0",
        };
        var value = _pointer && _scalar is not (null or "string" or "Time" or "MicroTime" or "raw" or "FieldsV1" or "bytes") ? _name + ".Value" : _name;
        var method = _scalar switch
        {
            null => "Record",
            "MicroTime" => "MicroTime",
            "Time" => "Time",
            _ => "Value",
        };
        Line(code, 3, (condition == null ? "" : $"if ({condition}) ") + $"{Out}{method}(writer, {key}, {value});");
    }

    private string ElementType(TypeReference reference, string group)
    {
        var (element, elementGroup, _) = _catalog.Resolve(reference, group);
        if (element.Element != null)
            return Api + (element.IsMap ? "ValueMap<" : "ValueList<") + ElementType(element.Element, elementGroup) + ">";
        var scalar = _catalog.Scalar(element.Name!, elementGroup);
        return scalar switch { null => StructName(element.Name!, elementGroup), "string" => "string", "bytes" => Api + "Bytes", "raw" or "FieldsV1" => Api + "RawJson", "Time" or "MicroTime" => "global::System.DateTimeOffset", _ => ValueType(scalar) };
    }

    private string StructName(string name, string group) => _catalog.Find(group, name) is { } type ? TypeCatalog.FullName(type) : name;

    private static string ValueType(string scalar) => scalar switch
    {
        "int32" => "int",
        "int64" => "long",
        "bool" => "bool",
        "double" => "double",
        "Quantity" => Api + "Quantity",
        _ => Api + "IntOrString",
    };

    private static string Method(string scalar) => scalar switch
    {
        "string" => "Text",
        "int32" => "Int32",
        "int64" => "Int64",
        "bool" => "Boolean",
        "double" => "Double",
        "bytes" => "Bytes",
        "raw" or "FieldsV1" => "Raw",
        "Time" or "MicroTime" => "Time",
        _ => scalar,
    };

    private static void Line(StringBuilder code, int indent, string text) => code.Append(' ', indent * 4).Append(text).Append('\n');
}
