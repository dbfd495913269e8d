using Akka.Actor;
using Akka.TestKit;
using AkkaKube.Tests;
using FsCheck;
using FsCheck.Fluent;

namespace AkkaKube.Fabric.Tests;

public class FabricStreamTests : VirtualTime
{
    private readonly TestProbe _a;
    private readonly TestProbe _b;

    public FabricStreamTests()
    {
        _a = CreateTestProbe();
        _b = CreateTestProbe();
    }

    [Fact]
    public void A_writer_stays_within_the_window_until_the_reader_has_taken_bytes()
    {
        var (left, right) = Pair(window: 10);
        left.Write(new byte[25]);
        left.Unsent.ShouldBe(15);
        Carry(left, right).ShouldBe([StreamEvent.Received]);
        right.Available.ShouldBe(10);
        right.Take(4).Length.ShouldBe(4);
        Carry(left, right);
        left.Unsent.ShouldBe(15);
        right.Take(4).Length.ShouldBe(4);
        Carry(left, right);
        left.Unsent.ShouldBe(7);
    }

    [Fact]
    public void An_end_hears_when_all_it_wrote_is_on_its_way()
    {
        var (left, right) = Pair(window: 10);
        left.Write(new byte[15]);
        Carry(left, right);
        right.Take();
        Carry(left, right).ShouldContain(StreamEvent.Drained);
        left.Unsent.ShouldBe(0);
    }

    [Fact]
    public void Finish_comes_after_the_last_byte_and_leaves_the_other_direction_open()
    {
        var (left, right) = Pair(window: 4);
        left.Write("abcdef"u8.ToArray());
        left.Finish();
        Carry(left, right);
        right.PeerFinished.ShouldBeFalse();
        right.Take();
        Carry(left, right);
        right.PeerFinished.ShouldBeTrue();
        right.Take().ToArray().ShouldBe("ef"u8.ToArray());
        right.Write("back"u8.ToArray());
        Carry(left, right);
        left.Take().ToArray().ShouldBe("back"u8.ToArray());
        right.Finish();
        Carry(left, right);
        left.IsClosed.ShouldBeTrue();
        right.IsClosed.ShouldBeTrue();
    }

    [Fact]
    public void Reset_ends_both_ends_at_once()
    {
        var (left, right) = Pair(window: 10);
        right.Write("lost"u8.ToArray());
        left.Reset();
        Carry(left, right).ShouldContain(StreamEvent.Reset);
        right.IsClosed.ShouldBeTrue();
        right.Write("nothing"u8.ToArray());
        right.Unsent.ShouldBe(0);
    }

    /// <summary>Whatever is written in whatever pieces, and however it is taken, it comes out as it went in.</summary>
    [Fact]
    public void Bytes_come_out_in_order_and_complete() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(200),
        Prop.ForAll<byte[][], PositiveInt, PositiveInt>((pieces, window, mostTaken) =>
        {
            var (left, right) = Pair(Math.Min(window.Get, 50));
            var expected = pieces.SelectMany(p => p).ToArray();
            foreach (var piece in pieces) left.Write(piece);
            left.Finish();
            var received = new List<byte>();
            for (var i = 0; i < 10_000 && !(right.PeerFinished && right.Available == 0); i++)
            {
                Carry(left, right);
                received.AddRange(right.Take(mostTaken.Get).ToArray());
            }

            return received.SequenceEqual(expected);
        }));

    [Theory]
    [InlineData("web", "web.ns.svc.cluster.local,web.svc.cluster.local,web")]
    [InlineData("web.other", "web.other.ns.svc.cluster.local,web.other.svc.cluster.local,web.other")]
    [InlineData("a.b.c.d.e.f", "a.b.c.d.e.f,a.b.c.d.e.f.ns.svc.cluster.local,a.b.c.d.e.f.svc.cluster.local")]
    [InlineData("web.other.", "web.other")]
    public void The_search_path_depends_on_the_dots(string name, string expected) =>
        string.Join(',', SearchPath.Candidates(name, ["ns.svc.cluster.local", "svc.cluster.local"], 5)).ShouldBe(expected);

    private (FabricStream Left, FabricStream Right) Pair(int window)
    {
        var (here, there) = (new SocketAddress("10.0.0.1", 1), new SocketAddress("10.0.0.2", 2));
        return (new FabricStream(new Connection(2, 3, here, there, _b, window, null), _a, null), new FabricStream(new Connection(3, 2, there, here, _a, window, null), _b, null));
    }

    /// <summary>Hands over every segment that is under way.</summary>
    private List<StreamEvent> Carry(FabricStream left, FabricStream right)
    {
        var events = new List<StreamEvent>();
        Advance();
        while (_a.HasMessages || _b.HasMessages)
        {
            if (_a.HasMessages && _a.ReceiveOne(TimeSpan.Zero) is Connection.Segment back) events.Add(left.Handle(back));
            if (_b.HasMessages && _b.ReceiveOne(TimeSpan.Zero) is Connection.Segment segment) events.Add(right.Handle(segment));
            Advance();
        }

        return [.. events.Where(e => e != StreamEvent.None)];
    }
}
