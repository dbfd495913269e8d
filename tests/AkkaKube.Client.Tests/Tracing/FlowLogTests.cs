using Akka.Actor;
using Akka.TestKit.Xunit2;
using AkkaKube.Tests;
using AkkaKube.Api;
using AkkaKube.Client.Tracing;
using FsCheck;
using FsCheck.Fluent;

namespace AkkaKube.Client.Tests.Tracing;

public sealed class FlowLogTests() : TestKit(ReferenceConf.Patience + "akkakube.tracing.ring = 4\nakkakube.seed = 1")
{
    private static readonly SpanIds Ids = new(new Random(1));

    [Fact]
    public void The_ring_keeps_the_last_spans_in_their_order()
    {
        var log = FlowLog.Of(Sys);
        for (var i = 1; i <= 6; i++) log.Write(Span(i));
        log.From(0).Select(s => s.Revision).ShouldBe([3, 4, 5, 6]);
        log.From(5).Select(s => s.Revision).ShouldBe([6]);
        log.Written.ShouldBe(6);
    }

    [Fact]
    public void A_change_is_known_by_its_revision_as_long_as_it_is_kept()
    {
        var log = FlowLog.Of(Sys);
        var change = Span(1);
        log.WriteChange(change);
        log.TraceOf(GroupVersionResource.Pods, 1).ShouldBe(change.Context);
        log.TraceOf(GroupVersionResource.Nodes, 1).ShouldBeNull();
        for (var i = 2; i <= 5; i++) log.Write(Span(i));
        log.TraceOf(GroupVersionResource.Pods, 1).ShouldBeNull();
    }

    [Fact]
    public void Without_a_ring_nothing_is_kept()
    {
        using var system = ActorSystem.Create("off", "akkakube.tracing.ring = 0");
        var log = FlowLog.Of(system);
        log.IsOn.ShouldBeFalse();
        log.WriteChange(Span(1));
        log.From(0).ShouldBeEmpty();
        log.TraceOf(GroupVersionResource.Pods, 1).ShouldBeNull();
    }

    [Fact]
    public void A_context_travels_as_text() => Prop.ForAll<ulong, ulong, ulong>((high, low, span) =>
    {
        var context = new TraceContext(new UInt128(high, low | 1), span | 1);
        TraceContext.Parse(context.ToString()).ShouldBe(context);
        context.ToString().Length.ShouldBe(55);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7")]
    [InlineData("ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")]
    [InlineData("00-00000000000000000000000000000000-00f067aa0ba902b7-01")]
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01")]
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e473g-00f067aa0ba902b7-01")]
    public void What_is_no_context_is_none(string? text) => TraceContext.Parse(text).ShouldBeNull();

    [Fact]
    public void Ids_are_never_nothing_and_follow_from_their_seed()
    {
        var (one, other) = (new SpanIds(new Random(7)), new SpanIds(new Random(7)));
        for (var i = 0; i < 1000; i++) one.Next().ShouldBe(other.Next());
        Enumerable.Range(0, 1000).Select(_ => Ids.Next()).ShouldBeUnique();
    }

    private static FlowSpan Span(long revision) =>
        new(Ids.NewTrace(), 0, FlowMessages.Changes, GroupVersionResource.Pods, new ObjectKey("default", "a"), DateTimeOffset.UnixEpoch, TimeSpan.Zero, revision);
}
