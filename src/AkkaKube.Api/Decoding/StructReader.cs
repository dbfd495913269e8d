using System.Buffers;
using System.Text;
using System.Text.Json;
using AkkaKube.Api.Schema;

namespace AkkaKube.Api.Decoding;

/// <summary>
/// Reads JSON into a tree in Go's form, led by a schema: unknown fields fall away, zero values that Go leaves out are not kept, structs that Go
/// always writes are there, quantities and times are canonical. A wrong type is noted with Go's words and reading goes on; a value that
/// refuses to be read ends it.
/// </summary>
internal ref struct StructReader
{
    private readonly bool _strict;
    private readonly ReadOnlySpan<byte> _json;
    private Utf8JsonReader _reader;
    private string? _mistyped;
    private List<(string? Name, int Index)>? _path;
    private FieldSchema[] _fields = new FieldSchema[12];
    private int _depth;
    private string _struct = "";
    private List<string>? _strictErrors;

    public StructReader(ReadOnlySpan<byte> json, bool strict)
    {
        _json = json;
        _strict = strict;
        _reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 1000 });
        _path = strict ? [] : null;
    }

    /// <summary>Why the JSON is not of its type; null where it is.</summary>
    public string? Error { get; private set; }

    /// <summary>Unknown and duplicate fields, where they were looked for.</summary>
    public readonly IReadOnlyList<string> StrictErrors => _strictErrors ?? [];

    /// <summary>apiVersion as the JSON says it.</summary>
    public string ApiVersion { get; private set; } = "";

    /// <summary>kind as the JSON says it.</summary>
    public string Kind { get; private set; } = "";

    /// <summary>Reads the whole JSON as an object of a type.</summary>
    /// <exception cref="JsonException">Broken JSON.</exception>
    public JsonMap Object(TypeSchema schema)
    {
        _reader.Read();
        var map = Struct(schema, isRoot: true);
        if (Error is null && _reader.Read())
            throw new JsonException("more than one value");
        Error ??= _mistyped;
        return map;
    }

    private JsonMap Struct(TypeSchema schema, bool isRoot = false)
    {
        var map = new JsonMap();
        var outer = _struct;
        while (Error is null && _reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = Find(schema);
            if (field is null)
            {
                if (!(isRoot && schema.IsKind && TypeField(map)))
                    Unknown();
                continue;
            }

            if (_strict && map.Has(field.Name))
                Duplicate(field.Name);
            _struct = schema.Name;
            if (_depth == _fields.Length)
                Array.Resize(ref _fields, _depth * 2);
            _fields[_depth++] = field;
            _path?.Add((field.Name, 0));
            _reader.Read();
            if (_reader.TokenType != JsonTokenType.Null)
            {
                var value = Value(field.Value);
                if (field.Omits(value))
                    map.Remove(field.Name);
                else
                    map[field.Name] = value;
            }

            _path?.RemoveAt(_path.Count - 1);
            _depth--;
        }

        _struct = outer;
        schema.Complete(map);
        return map;
    }

    private readonly FieldSchema? Find(TypeSchema schema) =>
        _reader.ValueIsEscaped ? schema.Field(_reader.GetString()!) : schema.Field(_reader.ValueSpan);

    private bool TypeField(JsonMap map)
    {
        var isKind = _reader.ValueTextEquals("kind"u8);
        if (!isKind && !_reader.ValueTextEquals("apiVersion"u8))
            return false;
        if (_strict && map.Has(isKind ? "kind" : "apiVersion"))
            Duplicate(isKind ? "kind" : "apiVersion");
        _reader.Read();
        if (_reader.TokenType == JsonTokenType.String)
        {
            var text = TextCache.Read(ref _reader);
            if (isKind)
                Kind = text;
            else
                ApiVersion = text;
        }
        else if (_reader.TokenType != JsonTokenType.Null)
        {
            Error = $"couldn't get version/kind; json parse error: json: cannot unmarshal {Word()} into Go struct field .{(isKind ? "kind" : "apiVersion")} of type string";
            _reader.Skip();
        }

        return true;
    }

    private object? Value(ValueSchema schema)
    {
        switch (schema.Kind)
        {
            case ValueKind.Text:
                return _reader.TokenType == JsonTokenType.String ? Text() : Mistyped(schema);
            case ValueKind.Boolean:
                return _reader.TokenType is JsonTokenType.True or JsonTokenType.False ? Tree.Box(_reader.GetBoolean()) : Mistyped(schema);
            case ValueKind.Int32:
            case ValueKind.Int64:
                if (_reader.TokenType != JsonTokenType.Number)
                    return Mistyped(schema);
                if (_reader.TryGetInt64(out var whole) && (schema.Kind == ValueKind.Int64 || whole is >= int.MinValue and <= int.MaxValue) && !_reader.ValueSpan.ContainsAny("eE."u8))
                    return Numbers.Box(whole);
                return Mistyped(schema, "number " + Encoding.UTF8.GetString(_reader.ValueSpan));
            case ValueKind.Double:
                return _reader.TokenType == JsonTokenType.Number ? Tree.Number(ref _reader) : Mistyped(schema);
            case ValueKind.Bytes: return Base64(schema);
            case ValueKind.Quantity: return Quantity();
            case ValueKind.IntOrString: return IntOrString();
            case ValueKind.Time: return Time(micro: false);
            case ValueKind.MicroTime: return Time(micro: true);
            case ValueKind.Raw: return schema.GoType == "v1.FieldsV1" && _reader.TokenType == JsonTokenType.StartObject ? Untouched() : Tree.Read(ref _reader);
            case ValueKind.Struct:
                return _reader.TokenType == JsonTokenType.StartObject ? Struct(schema.Struct) : Mistyped(schema);
            case ValueKind.List:
                return _reader.TokenType == JsonTokenType.StartArray ? List(schema.Element!) : Mistyped(schema);
            default:
                return _reader.TokenType == JsonTokenType.StartObject ? Map(schema.Element!) : Mistyped(schema);
        }
    }

    private JsonList List(ValueSchema element)
    {
        var list = new JsonList();
        while (Error is null && _reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            _path?.Add((null, list.Count));
            list.Add(Element(element));
            _path?.RemoveAt(_path.Count - 1);
        }

        return list;
    }

    private JsonMap Map(ValueSchema element)
    {
        var map = new JsonMap();
        while (Error is null && _reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = TextCache.Read(ref _reader);
            if (_strict && map.Has(key))
                Duplicate(key);
            _path?.Add((key, 0));
            _reader.Read();
            map[key] = Element(element);
            _path?.RemoveAt(_path.Count - 1);
        }

        return map;
    }

    private object? Element(ValueSchema element)
    {
        var outer = _struct;
        var value = _reader.TokenType == JsonTokenType.Null ? FieldSchema.ZeroOf(element) : Value(element);
        _struct = outer;
        // A value of a wrong type leaves Go's zero behind.
        return value ?? FieldSchema.ZeroOf(element);
    }

    private string Text() => TextCache.Read(ref _reader);

    private object? Base64(ValueSchema schema)
    {
        if (_reader.TokenType == JsonTokenType.StartArray && _json[(int)_reader.TokenStartIndex..].StartsWith("[]"u8))
        {
            _reader.Read();
            return "";
        }

        if (_reader.TokenType != JsonTokenType.String)
            return Mistyped(schema);
        var text = Text();
        var bad = GoBase64.FirstBad(text);
        if (bad >= 0)
            _mistyped ??= $"illegal base64 data at input byte {bad}";
        return text.AsSpan().ContainsAny('\r', '\n') ? text.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal) : text;
    }

    private string? Quantity()
    {
        var text = _reader.TokenType == JsonTokenType.String ? Text().Trim() : Raw().Trim();
        var quantity = QuantityText.Parse(text, out var error);
        if (quantity is not null)
            return QuantityText.Format(quantity.Value);
        Error = error;
        return null;
    }

    private object? IntOrString()
    {
        switch (_reader.TokenType)
        {
            case JsonTokenType.String: return Text();
            case JsonTokenType.Number when _reader.TryGetInt32(out var number) && !_reader.ValueSpan.ContainsAny("eE."u8): return Numbers.Box(number);
            case JsonTokenType.Number:
                Error = $"json: cannot unmarshal number {Raw()} into Go value of type int32";
                return null;
            default:
                Error = $"json: cannot unmarshal {Word()} into Go value of type int32";
                return null;
        }
    }

    private string? Time(bool micro)
    {
        if (_reader.TokenType != JsonTokenType.String)
        {
            Error = $"json: cannot unmarshal {Word()} into Go value of type string";
            return null;
        }

        var text = Text();
        var canonical = micro ? GoTime.Micro(text, out var error) : GoTime.Second(text, out error);
        Error = error;
        return canonical;
    }

    private object? Mistyped(ValueSchema schema, string? word = null)
    {
        _mistyped ??= $"json: cannot unmarshal {word ?? Word()} into Go struct field {_struct}.{string.Join('.', _fields.Take(_depth).Select(field => field.GoPath))} of type {schema.GoType}";
        _reader.Skip();
        return null;
    }

    private readonly string Word() => _reader.TokenType switch
    {
        JsonTokenType.StartArray => "array",
        JsonTokenType.StartObject => "object",
        JsonTokenType.String => "string",
        JsonTokenType.Number => "number",
        _ => "bool",
    };

    private string Raw()
    {
        var start = (int)_reader.TokenStartIndex;
        _reader.Skip();
        return Encoding.UTF8.GetString(_json[start..(int)_reader.BytesConsumed]);
    }

    /// <summary>JSON that is passed on as it stands.</summary>
    private object Untouched()
    {
        var start = (int)_reader.TokenStartIndex;
        _reader.Skip();
        return new RawJson(_json[start..(int)_reader.BytesConsumed].ToArray());
    }

    private void Unknown()
    {
        if (_strict)
            StrictError($"unknown field \"{StrictPath(_reader.GetString()!)}\"");
        _reader.Read();
        _reader.Skip();
    }

    private void Duplicate(string name) => StrictError($"duplicate field \"{StrictPath(name)}\"");

    private void StrictError(string error)
    {
        _strictErrors ??= [];
        if (_strictErrors.Count < 100 && !_strictErrors.Contains(error))
            _strictErrors.Add(error);
    }

    private readonly string StrictPath(string name)
    {
        var text = new StringBuilder();
        foreach (var (step, index) in _path!)
        {
            if (step is null)
                text.Append('[').Append(index).Append(']');
            else
                text.Append(text.Length == 0 ? "" : ".").Append(step);
        }

        return text.Append(text.Length == 0 ? "" : ".").Append(name).ToString();
    }
}
