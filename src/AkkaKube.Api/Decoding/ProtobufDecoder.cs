using System.Globalization;
using System.Text;
using AkkaKube.Api.Schema;
using Google.Protobuf;

namespace AkkaKube.Api.Decoding;

/// <summary>
/// Makes JSON of the protobuf form of objects, in which typed clients (kubectl create since 1.32) send them: four magic bytes, then an envelope that
/// says apiVersion and kind and holds the object.
/// </summary>
public static class ProtobufDecoder
{
    private static readonly DateTimeOffset Epoch = DateTimeOffset.UnixEpoch;

    /// <summary>What every body starts with.</summary>
    private static ReadOnlySpan<byte> Magic => "k8s\0"u8;

    /// <summary>The JSON of a body.</summary>
    /// <exception cref="FormatException">It is no such body; says why.</exception>
    public static ReadOnlyMemory<byte> ToJson(ReadOnlyMemory<byte> body)
    {
        if (!body.Span.StartsWith(Magic)) throw new FormatException("provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]");
        try
        {
            return Tree.Utf8(Envelope(body.ToArray()[Magic.Length..]));
        }
        catch (InvalidProtocolBufferException broken)
        {
            throw new FormatException(broken.Message, broken);
        }
    }

    private static JsonMap Envelope(byte[] message)
    {
        var (apiVersion, kind, raw) = ("", "", ByteString.Empty);
        var input = new CodedInputStream(message);
        while (input.ReadTag() is not 0 and var tag)
        {
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case 1: (apiVersion, kind) = TypeMeta(input.ReadBytes()); break;
                case 2: raw = input.ReadBytes(); break;
                default: input.SkipLastField(); break;
            }
        }

        var tree = new JsonMap();
        tree.Append("kind", kind);
        tree.Append("apiVersion", apiVersion);
        if (SchemaOf(apiVersion, kind) is { } schema) Message(tree, schema.Layout, raw);
        return tree;
    }

    private static (string ApiVersion, string Kind) TypeMeta(ByteString message)
    {
        var (apiVersion, kind) = ("", "");
        var input = message.CreateCodedInput();
        while (input.ReadTag() is not 0 and var tag)
        {
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case 1: apiVersion = input.ReadString(); break;
                case 2: kind = input.ReadString(); break;
                default: input.SkipLastField(); break;
            }
        }

        return (apiVersion, kind);
    }

    /// <summary>A kind of its group, or one that every group has, such as DeleteOptions. Null where there is neither: whoever decodes the JSON says so.</summary>
    private static TypeSchema? SchemaOf(string apiVersion, string kind)
    {
        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        var group = slash < 0 ? "core." + apiVersion : apiVersion[..slash].Replace(".k8s.io", "", StringComparison.Ordinal) + "." + apiVersion[(slash + 1)..];
        return Schemas.Find(group + "." + kind) ?? Schemas.Find("meta.v1." + kind);
    }

    private static void Message(JsonMap tree, MessageLayout layout, ByteString message)
    {
        var input = message.CreateCodedInput();
        while (input.ReadTag() is not 0 and var tag)
        {
            var number = WireFormat.GetTagFieldNumber(tag);
            if (layout.Field(number) is { } field) Field(tree, field, input, tag);
            else if (layout.Embedded(number) is { } embedded) Message(tree, embedded, input.ReadBytes());
            else input.SkipLastField();
        }
    }

    private static void Field(JsonMap tree, FieldSchema field, CodedInputStream input, uint tag)
    {
        switch (field.Value.Kind)
        {
            case ValueKind.List:
                if (tree[field.Name] is not JsonList list) tree[field.Name] = list = [];
                Element(list, field.Value.Element!, input, tag);
                break;
            case ValueKind.Map:
                Entry(tree.Need(field.Name), field.Value.Element!, input.ReadBytes());
                break;
            default:
                // What is no pointer is sent though nobody has set it.
                var value = Value(field.Value, input);
                if (!field.Omits(value)) tree[field.Name] = value;
                break;
        }
    }

    private static void Element(JsonList list, ValueSchema type, CodedInputStream input, uint tag)
    {
        if (type.Kind is ValueKind.Int32 or ValueKind.Int64 && WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
        {
            var packed = input.ReadBytes().CreateCodedInput();
            while (!packed.IsAtEnd) list.Add(packed.ReadInt64());
            return;
        }

        list.Add(Value(type, input));
    }

    private static void Entry(JsonMap map, ValueSchema type, ByteString message)
    {
        var input = message.CreateCodedInput();
        var (key, value) = ("", type.Kind == ValueKind.Struct ? new JsonMap() : FieldSchema.ZeroOf(type));
        while (input.ReadTag() is not 0 and var tag)
        {
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case 1: key = input.ReadString(); break;
                case 2: value = Value(type, input); break;
                default: input.SkipLastField(); break;
            }
        }

        map[key] = value;
    }

    private static object? Value(ValueSchema type, CodedInputStream input)
    {
        switch (type.Kind)
        {
            case ValueKind.Text: return input.ReadString();
            case ValueKind.Bytes: return Convert.ToBase64String(input.ReadBytes().Span);
            case ValueKind.Int32 or ValueKind.Int64: return input.ReadInt64();
            case ValueKind.Boolean: return input.ReadBool();
            case ValueKind.Double: return input.ReadDouble();
            case ValueKind.Quantity: return Encoding.UTF8.GetString(Only(input.ReadBytes(), 1).Span);
            case ValueKind.Raw: return Only(input.ReadBytes(), 1) is { Length: > 0 } raw ? Tree.Parse(raw.Span) : null;
            case ValueKind.IntOrString: return NumberOrText(input.ReadBytes());
            case ValueKind.Time: return Time(input.ReadBytes(), "yyyy-MM-dd'T'HH:mm:ss'Z'");
            case ValueKind.MicroTime: return Time(input.ReadBytes(), "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'");
            case ValueKind.Struct:
                var tree = new JsonMap();
                Message(tree, type.Struct.Layout, input.ReadBytes());
                return tree;
            default: throw new InvalidOperationException($"{type.GoType} is no value of its own");
        }
    }

    /// <summary>The bytes that a message holds under one number.</summary>
    private static ByteString Only(ByteString message, int number)
    {
        var input = message.CreateCodedInput();
        var found = ByteString.Empty;
        while (input.ReadTag() is not 0 and var tag)
        {
            if (WireFormat.GetTagFieldNumber(tag) == number) found = input.ReadBytes();
            else input.SkipLastField();
        }

        return found;
    }

    private static object NumberOrText(ByteString message)
    {
        var input = message.CreateCodedInput();
        var (isText, number, text) = (false, 0L, "");
        while (input.ReadTag() is not 0 and var tag)
        {
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case 1: isText = input.ReadInt64() == 1; break;
                case 2: number = input.ReadInt64(); break;
                case 3: text = input.ReadString(); break;
                default: input.SkipLastField(); break;
            }
        }

        return isText ? text : number;
    }

    /// <summary>A point in time; one that nobody has set is an empty message.</summary>
    private static string? Time(ByteString message, string format)
    {
        var input = message.CreateCodedInput();
        var (seconds, nanoseconds) = (0L, 0L);
        while (input.ReadTag() is not 0 and var tag)
        {
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case 1: seconds = input.ReadInt64(); break;
                case 2: nanoseconds = input.ReadInt64(); break;
                default: input.SkipLastField(); break;
            }
        }

        if (seconds == 0 && nanoseconds == 0) return null;
        if (seconds is < -62_135_596_800 or > 253_402_300_799) throw new FormatException($"the time {seconds} is out of range");
        return (Epoch.AddSeconds(seconds) + TimeSpan.FromTicks(nanoseconds / 100)).UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
    }
}
