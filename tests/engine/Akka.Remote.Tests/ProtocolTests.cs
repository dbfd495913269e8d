using Akka.Actor;
using Akka.Remote.Associations;
using Akka.Serialization;
using FsCheck;
using FsCheck.Fluent;

namespace Akka.Remote.Tests;

/// <summary>The frames by themselves.</summary>
public class ProtocolTests
{
    private static readonly Address A = Address.Parse("akka.tcp://a@h:1");
    private static readonly Address B = Address.Parse("akka.tcp://b@h:2");

    private static Handshake ReadBack(WireBuffer buffer)
    {
        var reader = new WireReader(buffer.Written[5..]);
        return Handshake.Read(ref reader);
    }

    [Fact]
    public void A_handshake_comes_back_as_it_was()
    {
        var buffer = new WireBuffer();
        var hello = new Handshake(3, 2, A, 4711, B);
        hello.Write(buffer, FrameKind.Hello);
        BitConverter.ToInt32(buffer.Written).ShouldBe(buffer.Length - 4);
        buffer.Written[4].ShouldBe((byte)FrameKind.Hello);
        ReadBack(buffer).ShouldBe(hello);
    }

    [Fact]
    public void A_handshake_with_fields_of_a_later_version_is_understood()
    {
        var buffer = new WireBuffer();
        new Handshake(1, 1, A, 4711, B).Write(buffer, FrameKind.Hello);
        buffer.WriteNumber(99);
        buffer.WriteText("something new");
        buffer.WriteNumber(100_000);
        buffer.WriteNumber(0);
        ReadBack(buffer).ShouldBe(new Handshake(1, 1, A, 4711, B));
    }

    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(7, 1, true)]
    [InlineData(7, 2, false)]
    [InlineData(0, 0, false)]
    public void A_version_is_understood_when_the_ranges_meet(int version, int oldest, bool understood) =>
        new Handshake(version, oldest, A, 1, B).IsUnderstood.ShouldBe(understood);

    [Fact]
    public void A_handshake_that_does_not_say_who_it_is_from_is_an_error()
    {
        var buffer = new WireBuffer();
        buffer.WriteRaw(new byte[5]);
        buffer.WriteNumber(1);
        buffer.WriteNumber(4);
        buffer.WriteFixed32(1);
        Should.Throw<FormatException>(() => ReadBack(buffer));
    }

    [Fact]
    public void Numbers_and_texts_come_back_as_they_were() => Prop.ForAll<long, string, ulong>((number, text, unsigned) =>
    {
        text ??= "";
        // Half a character outside of the first plane is no text.
        if (text.Any(char.IsSurrogate)) text = "";
        var buffer = new WireBuffer(1);
        buffer.WriteSigned(number);
        buffer.WriteText(text);
        buffer.WriteNumber(unsigned);
        buffer.WriteFixed64(number);
        var reader = new WireReader(buffer.Written);
        reader.ReadSigned().ShouldBe(number);
        reader.ReadText().ShouldBe(text);
        reader.ReadNumber().ShouldBe(unsigned);
        reader.ReadFixed64().ShouldBe(number);
        reader.IsAtEnd.ShouldBeTrue();
    }).QuickCheckThrowOnFailure();

    /// <summary>Whatever gets lost, comes twice or in another order: what is taken is 1, 2, 3, ... and each once.</summary>
    [Fact]
    public void System_messages_are_taken_once_and_in_order() => Prop.ForAll<byte[]>(arrivals =>
    {
        var receipts = new SystemReceipts();
        var taken = new List<long>();
        foreach (var number in arrivals.Select(static b => (long)(b % 16)))
        {
            if (receipts.IsNext(1, number, out var last)) taken.Add(number);
            last.ShouldBe(taken.Count);
        }

        taken.ShouldBe(Enumerable.Range(1, taken.Count).Select(static i => (long)i));
        receipts.IsNext(2, 1, out _).ShouldBeTrue(); // another incarnation begins anew
    }).QuickCheckThrowOnFailure();

    /// <summary>Pieces of frames are kept; at any moment some have arrived and some of these are confirmed: the rest is exactly what comes after.</summary>
    [Fact]
    public void After_a_break_exactly_what_has_not_arrived_is_written_again() => Prop.ForAll<PositiveInt, byte[]>((seed, steps) =>
    {
        var random = new Random(seed.Get);
        var retained = new RetainedFrames();
        var arrived = 0L;
        var number = 0;
        foreach (var step in steps)
        {
            var piece = new WireBuffer();
            var count = 1 + (step % 5);
            for (var i = 0; i < count; i++)
            {
                var start = Frame.Begin(piece, FrameKind.Message);
                piece.WriteFixed32(++number);
                piece.WriteRaw(new byte[random.Next(step > 200 ? 100_000 : 50)]);
                Frame.End(piece, start);
            }

            retained.Add(piece.Written, count);
            arrived = random.NextInt64(arrived, number + 1);
            if (step % 3 == 0) retained.Confirm(random.NextInt64(0, arrived + 1));
        }

        retained.Total.ShouldBe(number);
        var again = new WireBuffer();
        retained.TryWriteAfter(arrived, again).ShouldBeTrue();
        var rest = again.Written;
        for (var expected = arrived + 1; expected <= number; expected++)
        {
            BitConverter.ToInt32(rest[5..]).ShouldBe((int)expected);
            rest = rest[(4 + BitConverter.ToInt32(rest))..];
        }

        rest.Length.ShouldBe(0);
        retained.TryWriteAfter(number + 1, again).ShouldBeFalse();
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_uid_of_an_actor_says_its_incarnation()
    {
        foreach (var chance in (double[])[0, 0.3, 0.9999999999])
        {
            var uid = Incarnation.NewUid(chance);
            uid.ShouldBeGreaterThan(0);
            Incarnation.Of(Incarnation.FirstActorUid(uid) + 12345).ShouldBe(uid);
        }

        Incarnation.Of(17).ShouldBe(0);
    }
}
