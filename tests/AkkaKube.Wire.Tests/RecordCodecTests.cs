using System.Collections.Immutable;
using System.Text;
using Akka.Actor;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;

namespace AkkaKube.Wire.Tests;

public sealed class RecordCodecTests
{
    public enum Color { Red, Green }

    public abstract record Shape
    {
        public sealed record Circle(double Radius) : Shape;

        public sealed record Square(int Side) : Shape;
    }

    public readonly record struct Point(int X, int Y);

    public sealed record Small(string Name, int Number = 5);

    public sealed record Everything(
        string Text, string? MaybeText, int Int, long Long, bool Flag, double Double, Color Color, long? MaybeLong, Color? MaybeColor,
        DateTimeOffset At, TimeSpan Took, ReadOnlyMemory<byte> Bytes, Guid Id, Point Point, Small? Small, Shape? Shape, object? Tag)
    {
        public IReadOnlyList<string> Words { get; init; } = [];
        public ValueList<Point> Points { get; init; }
        public ValueMap<int> Counts { get; init; }
        public ImmutableDictionary<string, Small> Named { get; init; } = ImmutableDictionary<string, Small>.Empty;
        public IReadOnlyList<(string Name, int Port)> Pairs { get; init; } = [];
        public IReadOnlyList<string>? MaybeWords { get; init; }
        public string Mode { get; init; } = "Ignore";
        public long Doubled { get; init; } = Long * 2;
        public required string Needed { get; init; }

        [NotOnWire]
        public object? View { get; init; }

        public int Computed => Int + 1;
    }

    private static readonly WireNames Names = new(new WireManifest("test")
    {
        ["small"] = typeof(Small),
        ["everything"] = typeof(Everything),
        ["circle"] = typeof(Shape.Circle),
        ["square"] = typeof(Shape.Square),
    });

    private static byte[] Encode(object record) => RecordCodec.Of(record.GetType()).Encode(record, Names, actor => actor.Path.ToString());

    private static T Decode<T>(byte[] bytes) => (T)RecordCodec.Of(typeof(T)).Decode(bytes, Names, _ => ActorRefs.Nobody);

    private static T Again<T>(T record) where T : notnull => Decode<T>(Encode(record));

    private static Everything Full() => new(
        "text", "maybe", -7, long.MinValue, true, 1.5, Color.Green, 0, Color.Red,
        new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)), TimeSpan.FromMilliseconds(-3), new byte[] { 1, 2, 3 }, new Guid("00112233-4455-6677-8899-aabbccddeeff"),
        new Point(1, -1), new Small("s", 0), new Shape.Circle(2), "tag")
    {
        Words = ["a", ""],
        Points = [new(1, 2), new(0, 0)],
        Counts = ValueMap.Of(("a", 1), ("b", 0)),
        Named = ImmutableDictionary<string, Small>.Empty.Add("x", new Small("y")),
        Pairs = [("http", 80)],
        MaybeWords = [],
        Mode = "",
        Doubled = 0,
        Needed = "yes",
    };

    [Fact]
    public void Every_type_of_field_comes_back_as_it_was()
    {
        var (full, again) = (Full(), Again(Full()));
        (again with { Bytes = full.Bytes, Words = full.Words, Named = full.Named, Pairs = full.Pairs, MaybeWords = full.MaybeWords }).ShouldBe(full);
        again.Bytes.ToArray().ShouldBe([1, 2, 3]);
        again.Words.ShouldBe(["a", ""]);
        again.Named.ShouldBe(full.Named);
        again.Pairs.ShouldBe([("http", 80)]);
        again.MaybeWords.ShouldBe([]);
        again.At.Offset.ShouldBe(TimeSpan.FromHours(2));
    }

    [Fact]
    public void What_is_empty_takes_no_bytes_and_comes_back_empty()
    {
        var empty = new Everything("", null, 0, 0, false, 0, Color.Red, null, null, default, default, default, default, default, null, null, null) { Needed = "" };
        var again = Again(empty);
        (again with { Words = empty.Words, Named = empty.Named, Pairs = empty.Pairs }).ShouldBe(empty);
        again.Words.ShouldBe([]);
        again.MaybeWords.ShouldBeNull();
        again.Mode.ShouldBe("Ignore");
        Encode(new Small("", 5)).Length.ShouldBe(5);
        Encode(new Point()).Length.ShouldBe(0);
    }

    [Fact]
    public void A_property_with_a_first_value_keeps_nothing_when_it_was_given_nothing()
    {
        Again(Full()).Mode.ShouldBe("");
        Again(Full() with { Long = 3, Doubled = 0 }).Doubled.ShouldBe(0);
        Again(new Small("a", 0)).Number.ShouldBe(0);
    }

    [Fact]
    public void What_is_not_on_the_wire_stays_behind() => Again(Full() with { View = new object() }).View.ShouldBeNull();

    private sealed record SmallToday(string Name);

    private sealed record SmallTomorrow(string Name, int Number, Point Where, IReadOnlyList<Small> More, object? Tag, ReadOnlyMemory<byte> Bytes, double Share);

    [Fact]
    public void Fields_that_the_reader_does_not_know_are_passed_over()
    {
        var tomorrow = new SmallTomorrow("a", 7, new Point(1, 2), [new("x"), new("y", 9)], new Shape.Square(3), new byte[300], 0.5);
        Decode<Small>(Encode(tomorrow)).ShouldBe(new Small("a", 7));
    }

    [Fact]
    public void Fields_that_the_writer_did_not_know_get_their_defaults()
    {
        Decode<Small>(Encode(new SmallToday("a"))).ShouldBe(new Small("a", 5));
        var tomorrow = Decode<SmallTomorrow>(Encode(new SmallToday("a")));
        tomorrow.Number.ShouldBe(0);
        tomorrow.More.ShouldBe([]);
        tomorrow.Tag.ShouldBeNull();
    }

    private sealed record Texts(string Number);

    [Fact]
    public void A_field_that_has_become_another_type_is_another_field() => Decode<Small>(Encode(new Texts("five"))).ShouldBe(new Small("", 5));

    [Theory]
    [InlineData("text")]
    [InlineData(7)]
    [InlineData(7L)]
    [InlineData(true)]
    [InlineData(0.25)]
    public void A_tag_may_be_a_primitive(object tag) => Again(Full() with { Tag = tag }).Tag.ShouldBe(tag);

    [Fact]
    public void A_tag_may_be_a_declared_record() => Again(Full() with { Tag = new Small("t") }).Tag.ShouldBe(new Small("t"));

    [Fact]
    public void A_tag_that_nobody_can_read_elsewhere_is_refused_by_name() =>
        Should.Throw<WireException>(() => Encode(Full() with { Tag = new Version(1, 2) })).Message.ShouldContain("System.Version cannot leave this process");

    public sealed record WithFunction(Func<int> Run);

    [Fact]
    public void A_type_that_cannot_be_written_is_refused_with_the_name_of_its_field() =>
        Should.Throw<WireException>(() => RecordCodec.Of(typeof(WithFunction)).Prepare()).Message.ShouldContain("WithFunction.Run");

    public sealed record Objects(ApiObject Stored, ObjectBody Sent, ObjectBody Record, IApiObject Any, Pod Pod, Api.Meta.V1.Status Status);

    [Fact]
    public void Objects_travel_as_their_json()
    {
        var pod = new Pod { Metadata = new ObjectMeta { Name = "web", Namespace = "test", ResourceVersion = "7" }, Spec = new PodSpec { Containers = [new Container { Name = "c", Image = "i" }] } };
        var sent = new Objects(ApiObject.Of(pod), ObjectBody.Json(Encoding.UTF8.GetBytes("{\"unknown\":1}")), ObjectBody.Of(pod), pod, pod, new Api.Meta.V1.Status { Code = 404, Reason = "NotFound" });
        var again = Again(sent);
        again.Stored.Key.ShouldBe(new ObjectKey("test", "web"));
        again.Stored.ResourceVersion.ShouldBe(7);
        again.Stored.Json.ToArray().ShouldBe(sent.Stored.Json.ToArray());
        again.Stored.As<Pod>().ShouldBe(pod);
        again.Sent.Object.ShouldBeNull();
        Encoding.UTF8.GetString(again.Sent.Utf8.Span).ShouldBe("{\"unknown\":1}");
        again.Record.Object.ShouldBe(pod);
        again.Any.ShouldBe(pod);
        again.Pod.ShouldBe(pod);
        again.Status.Code.ShouldBe(404);
    }

    [Fact]
    public void Bytes_that_are_damaged_are_refused()
    {
        var bytes = Encode(Full());
        for (var length = 1; length < bytes.Length; length++)
        {
            try { Decode<Everything>(bytes[..length]); }
            catch (WireException) { }
        }
        Should.Throw<WireException>(() => Decode<Small>([.. Encode(new Small("abc"))[..5], 0xff, 0xff]));
    }

    [Fact]
    public void The_format_does_not_change_by_accident()
    {
        Convert.ToHexStringLower(Encode(new Small("ab", 7))).ShouldBe("3298037f02616218564f0f0e");
        Convert.ToHexStringLower(Encode(Full())).ShouldBe(
            "fa6aa1f00474657874c2b4c206056d61796265c8afa0c30d88a39c2cffffffffffffffffff01b0a7b7f00161613272000000000000f83ffae7a12d05" +
            "477265656e980a33a600728e03c303526564521dabb60a80302ed39a49de08780040b10a75dfd4032a9562bd030102030ac845b71033221100554477" +
            "668899aabbccddeeffb379475508f160e80290e460e00107733103443298037f017318564f0f000725ee061c0b746573742e636972636c6503918e08" +
            "d4000000000000004007a5a11ac4017302037461675479a51302020161001c27854f020308f160e80290e460e00407070c9d403602035248d6680161" +
            "60cb3f8a02075248d6680162072c1aad0201035248d668017863cb3f8a3298037f017918564f0f0a07073c10ab9c010382b4ae110468747470c08eae" +
            "f9a001077c08cf31000282b9739a0030dd502500925a84e203796573");
    }

    [Fact]
    public void A_name_stands_for_one_type_and_a_type_has_one_name()
    {
        Should.Throw<WireException>(() => new WireNames(new WireManifest("a") { ["x"] = typeof(Small) }, new WireManifest("a") { ["x"] = typeof(Texts) })).Message.ShouldContain("a.x is declared twice");
        Should.Throw<WireException>(() => new WireNames(new WireManifest("a") { ["x"] = typeof(Small), ["y"] = typeof(Small) })).Message.ShouldContain("two names");
    }
}
