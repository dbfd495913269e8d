using System.Text;
using AkkaKube.Api.Decoding;
using AkkaKube.Api.Schema;
using Google.Protobuf;

namespace AkkaKube.Api.Tests.Decoding;

public class ProtobufDecoderTests
{
    private const WireFormat.WireType Bytes = WireFormat.WireType.LengthDelimited;
    private const WireFormat.WireType Varint = WireFormat.WireType.Varint;

    [Fact]
    public void Objects_have_their_fields_by_number_texts_numbers_maps_and_times()
    {
        var meta = Message(m =>
        {
            m.Text(1, "web");
            m.Text(3, "default");
            m.Text(2, ""); // Go sends what nobody has set
            m.Nested(8, t => t.Number(1, 1_800_000_000));
            m.Nested(11, e => e.Text(1, "app").Text(2, "web"));
        });
        var pod = Message(m => m.Nested(1, meta).Nested(2, spec => spec
            .Nested(2, container => container.Text(1, "main").Text(2, "nginx").Nested(6, port => port.Number(3, 80)))
            .Number(4, 30)
            .Nested(1, volume => volume.Text(1, "data").Nested(2, source => source.Nested(2, _ => { })))));

        Json("v1", "Pod", pod).ShouldBe(
            """{"kind":"Pod","apiVersion":"v1","metadata":{"name":"web","namespace":"default","creationTimestamp":"2027-01-15T08:00:00Z","labels":{"app":"web"}}""" +
            ""","spec":{"containers":[{"name":"main","image":"nginx","ports":[{"containerPort":80}]}],"terminationGracePeriodSeconds":30,"volumes":[{"name":"data","emptyDir":{}}]}}""");
    }

    [Fact]
    public void Quantities_numbers_or_texts_and_bytes_have_messages_of_their_own()
    {
        Json("v1", "Service", Message(m => m.Nested(2, spec => spec
            .Nested(1, port => port.Number(3, 80).Nested(4, target => target.Number(1, 1).Text(3, "http")))
            .Nested(1, port => port.Number(3, 81).Nested(4, target => target.Number(1, 0).Number(2, 8081))))))
            .ShouldBe("""{"kind":"Service","apiVersion":"v1","spec":{"ports":[{"port":80,"targetPort":"http"},{"port":81,"targetPort":8081}]}}""");
        Json("v1", "Secret", Message(m => m.Nested(2, e => e.Text(1, "key").Text(2, "value")))).ShouldBe("""{"kind":"Secret","apiVersion":"v1","data":{"key":"dmFsdWU="}}""");
        Json("v1", "Pod", Message(m => m.Nested(2, spec => spec.Nested(2, c => c.Nested(8, r => r.Nested(1, e => e.Text(1, "cpu").Nested(2, q => q.Text(1, "100m"))))))))
            .ShouldBe("""{"kind":"Pod","apiVersion":"v1","spec":{"containers":[{"resources":{"limits":{"cpu":"100m"}}}]}}""");
    }

    [Fact]
    public void Lists_of_numbers_may_be_packed()
    {
        var packed = Message(m => m.Nested(2, spec => spec.Nested(14, context => context.Nested(4, numbers => numbers.Raw(1).Raw(300)))));
        Json("v1", "Pod", packed).ShouldBe("""{"kind":"Pod","apiVersion":"v1","spec":{"securityContext":{"supplementalGroups":[1,300]}}}""");
    }

    [Theory]
    [InlineData("apps/v1", "DeleteOptions")]
    [InlineData("v1", "DeleteOptions")]
    public void Options_of_a_delete_are_of_every_group(string apiVersion, string kind) =>
        Json(apiVersion, kind, Message(m => m.Number(1, 5))).ShouldBe($$"""{"kind":"{{kind}}","apiVersion":"{{apiVersion}}","gracePeriodSeconds":5}""");

    [Fact]
    public void Fields_of_later_versions_are_passed_over_and_unknown_kinds_are_left_to_the_reader_of_the_JSON()
    {
        Json("v1", "ConfigMap", Message(m => m.Text(999, "later").Number(4, 1))).ShouldBe("""{"kind":"ConfigMap","apiVersion":"v1","immutable":true}""");
        Json("example.com/v7", "Thing", Message(m => m.Text(1, "x"))).ShouldBe("""{"kind":"Thing","apiVersion":"example.com/v7"}""");
    }

    [Theory]
    [InlineData("{}", "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]")]
    [InlineData("k8s\0\u0012\u007f", "While parsing a protocol message, the input ended unexpectedly")]
    public void What_is_no_message_is_refused(string body, string why) =>
        Should.Throw<FormatException>(() => ProtobufDecoder.ToJson(Encoding.UTF8.GetBytes(body))).Message.ShouldStartWith(why);

    [Fact]
    public void No_two_fields_of_a_struct_have_one_number()
    {
        foreach (var name in Schemas.Structs) Should.NotThrow(() => Schemas.Of(name).Layout, name);
    }

    private static string Json(string apiVersion, string kind, byte[] raw)
    {
        var envelope = Message(m => m.Nested(1, meta => meta.Text(1, apiVersion).Text(2, kind)).Nested(2, raw).Text(3, "").Text(4, ""));
        return Encoding.UTF8.GetString(ProtobufDecoder.ToJson((byte[])[.. "k8s\0"u8, .. envelope]).Span);
    }

    private static byte[] Message(Action<Writer> write)
    {
        var writer = new Writer();
        write(writer);
        return writer.Done();
    }

    private sealed class Writer
    {
        private readonly MemoryStream _bytes = new();
        private readonly CodedOutputStream _output;

        public Writer() => _output = new CodedOutputStream(_bytes);

        public byte[] Done()
        {
            _output.Flush();
            return _bytes.ToArray();
        }

        public Writer Text(int number, string text)
        {
            _output.WriteTag(number, Bytes);
            _output.WriteString(text);
            return this;
        }

        public Writer Number(int number, long value)
        {
            _output.WriteTag(number, Varint);
            _output.WriteInt64(value);
            return this;
        }

        public Writer Raw(long value)
        {
            _output.WriteInt64(value);
            return this;
        }

        public Writer Nested(int number, Action<Writer> write) => Nested(number, Message(write));

        public Writer Nested(int number, byte[] message)
        {
            _output.WriteTag(number, Bytes);
            _output.WriteBytes(ByteString.CopyFrom(message));
            return this;
        }
    }
}
