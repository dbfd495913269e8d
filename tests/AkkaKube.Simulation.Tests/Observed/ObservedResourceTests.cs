using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Client.Requests;

namespace AkkaKube.Simulation.Tests.Observed;

/// <summary>What a watch may not tell.</summary>
public sealed class ObservedResourceTests
{
    private readonly ObservedResource _seen = new();

    public ObservedResourceTests()
    {
        _seen.Take(Event(WatchEventType.Added, "a", 3)).ShouldBeNull();
        _seen.Take(Event(WatchEventType.Bookmark, "", 5)).ShouldBeNull();
    }

    [Fact]
    public void Changes_one_after_the_other_are_right()
    {
        _seen.Take(Event(WatchEventType.Added, "b", 6)).ShouldBeNull();
        _seen.Take(Event(WatchEventType.Modified, "a", 7)).ShouldBeNull();
        _seen.Take(Event(WatchEventType.Deleted, "a", 8)).ShouldBeNull();
        _seen.Take(Event(WatchEventType.Bookmark, "", 8)).ShouldBeNull();
        _seen.Revisions.ShouldBe([6, 7, 8]);
        _seen.Objects.Keys.Select(key => key.Name).ShouldBe(["b"]);
    }

    [Theory]
    [InlineData(WatchEventType.Modified, "a", 7, "revision 7 followed 5")]
    [InlineData(WatchEventType.Modified, "a", 5, "revision 5 followed 5")]
    [InlineData(WatchEventType.Modified, "b", 6, "default/b was Modified at 6, but it was not there")]
    [InlineData(WatchEventType.Deleted, "b", 6, "default/b was Deleted at 6, but it was not there")]
    [InlineData(WatchEventType.Added, "a", 6, "default/a was Added at 6, but it was there")]
    [InlineData(WatchEventType.Bookmark, "", 6, "a bookmark at 6, but the last change was at 5")]
    public void A_gap_a_repetition_and_a_change_of_nothing_are_seen(WatchEventType type, string name, long revision, string fault) =>
        _seen.Take(Event(type, name, revision)).ShouldBe(fault);

    private static WatchEvent Event(WatchEventType type, string name, long revision) =>
        new(type, new ApiObject(default, new ObjectKey("default", name), revision, new ConfigMap()));
}
