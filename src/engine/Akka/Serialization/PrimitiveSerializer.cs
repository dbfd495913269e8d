using System.Globalization;
using System.Text;
using Akka.Actor;

namespace Akka.Serialization;

/// <summary>Texts, numbers and the like.</summary>
internal sealed class PrimitiveSerializer(ExtendedActorSystem system) : WireSerializer(system)
{
    public override string ManifestOf(object message) => message switch
    {
        string => "S",
        int => "I",
        long => "L",
        bool => "B",
        double => "D",
        float => "F",
        decimal => "M",
        char => "C",
        byte => "Y",
        short => "H",
        uint => "UI",
        ulong => "UL",
        Guid => "G",
        DateTime => "T",
        DateTimeOffset => "O",
        TimeSpan => "P",
        _ => throw Unknown(message),
    };

    public override void Write(object message, WireBuffer to)
    {
        switch (message)
        {
            case string text:
                to.WriteUtf8(text);
                break;
            case int number:
                to.WriteSigned(number);
                break;
            case long number:
                to.WriteSigned(number);
                break;
            case short number:
                to.WriteSigned(number);
                break;
            case bool flag:
                to.WriteByte(flag ? (byte)1 : (byte)0);
                break;
            case byte number:
                to.WriteByte(number);
                break;
            case char letter:
                to.WriteNumber(letter);
                break;
            case uint number:
                to.WriteNumber(number);
                break;
            case ulong number:
                to.WriteNumber(number);
                break;
            case double number:
                to.WriteFixed64(BitConverter.DoubleToInt64Bits(number));
                break;
            case float number:
                to.WriteFixed32(BitConverter.SingleToInt32Bits(number));
                break;
            case decimal number:
                to.WriteUtf8(number.ToString(CultureInfo.InvariantCulture));
                break;
            case Guid guid:
                guid.TryWriteBytes(to.GetSpan(16));
                to.Advance(16);
                break;
            case DateTime time:
                to.WriteFixed64(time.ToBinary());
                break;
            case DateTimeOffset time:
                to.WriteFixed64(time.Ticks);
                to.WriteSigned((long)time.Offset.TotalMinutes);
                break;
            case TimeSpan span:
                to.WriteSigned(span.Ticks);
                break;
            default:
                throw Unknown(message);
        }
    }

    public override object Read(ReadOnlySpan<byte> bytes, string manifest)
    {
        var reader = new WireReader(bytes);
        return manifest switch
        {
            "S" => Encoding.UTF8.GetString(bytes),
            "I" => checked((int)reader.ReadSigned()),
            "L" => reader.ReadSigned(),
            "H" => checked((short)reader.ReadSigned()),
            "B" => reader.ReadByte() != 0,
            "Y" => reader.ReadByte(),
            "C" => checked((char)reader.ReadNumber()),
            "UI" => checked((uint)reader.ReadNumber()),
            "UL" => reader.ReadNumber(),
            "D" => BitConverter.Int64BitsToDouble(reader.ReadFixed64()),
            "F" => BitConverter.Int32BitsToSingle(reader.ReadFixed32()),
            "M" => decimal.Parse(Encoding.UTF8.GetString(bytes), CultureInfo.InvariantCulture),
            "G" => new Guid(bytes),
            "T" => DateTime.FromBinary(reader.ReadFixed64()),
            "O" => new DateTimeOffset(reader.ReadFixed64(), TimeSpan.FromMinutes(reader.ReadSigned())),
            "P" => TimeSpan.FromTicks(reader.ReadSigned()),
            _ => throw Unknown(manifest),
        };
    }
}
