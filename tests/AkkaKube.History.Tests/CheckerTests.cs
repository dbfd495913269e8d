using System.Collections.Immutable;

namespace AkkaKube.History.Tests;

/// <summary>Histories that a reader can judge: the good ones pass, each bad one is named by the rule it breaks.</summary>
public sealed class CheckerTests
{
    [Fact]
    public void A_history_in_order_is_correct() => ShouldPass(
        [Create(0, 10, "a", "1", 2), Read(11, 12, "a", 2, "1"), Update(13, 20, "a", "2", 2, 3), Read(21, 22, "a", 3, "2"), List(23, 24, 3, ("a", 3, "2"))],
        Watch(1, 0, Event(11, "a", 2, "1", true), Event(21, "a", 3, "2")));

    [Fact]
    public void A_read_beside_a_write_may_show_either() =>
        ShouldPass([Create(0, 10, "a", "1", 2), Update(20, 30, "a", "2", 2, 3), Read(21, 29, "a", 2, "1"), Read(22, 28, "a", 3, "2")]);

    [Fact]
    public void A_write_without_an_answer_may_have_happened() =>
        ShouldPass([Create(0, 10, "a", "1", 2), Lost(20, "a", "2", 2), Read(30, 31, "a", 3, "2"), Update(40, 41, "a", "3", 3, 4)]);

    [Fact]
    public void A_write_without_an_answer_may_not_have_happened() =>
        ShouldPass([Create(0, 10, "a", "1", 2), Lost(20, "a", "2", 2), Read(30, 31, "a", 2, "1"), Update(40, 41, "a", "3", 2, 3)]);

    [Fact]
    public void One_of_two_updates_of_a_revision_is_refused() =>
        ShouldPass([Create(0, 10, "a", "1", 2), Update(20, 30, "a", "2", 2, 3), Refused(20, 30, "a", "3", 2)]);

    [Fact]
    public void A_lost_acknowledged_write_is_a_stale_read() =>
        ShouldBreak(Rule.NoStaleRead, [Create(0, 10, "a", "1", 2), Update(20, 30, "a", "2", 2, 3), Read(31, 32, "a", 2, "1")]);

    [Fact]
    public void An_acknowledged_object_that_is_not_there_is_a_stale_read() =>
        ShouldBreak(Rule.NoStaleRead, [Create(0, 10, "a", "1", 2), new Get(11, 12, "a", null)]);

    [Fact]
    public void A_read_does_not_go_back_behind_another_one() =>
        ShouldBreak(Rule.NoStaleRead, [Create(0, 10, "a", "1", 2), Update(20, 60, "a", "2", 2, 3), Read(21, 30, "a", 3, "2"), Read(31, 40, "a", 2, "1")]);

    [Fact]
    public void A_read_does_not_go_back_behind_what_a_watch_has_shown() => ShouldBreak(
        Rule.NoStaleRead,
        [Create(0, 10, "a", "1", 2), Lost(20, "a", "2", 2), Read(31, 40, "a", 2, "1")],
        Watch(1, 0, Event(11, "a", 2, "1", true), Event(30, "a", 3, "2")));

    [Fact]
    public void A_list_of_an_old_revision_is_a_stale_read() =>
        ShouldBreak(Rule.NoStaleRead, [Create(0, 10, "a", "1", 2), Create(11, 12, "b", "2", 3), List(13, 14, 2, ("a", 2, "1"))]);

    [Fact]
    public void A_list_that_mixes_two_moments_is_wrong() => ShouldBreak(
        Rule.ListIsOneMoment,
        [Create(0, 10, "a", "1", 2), Create(11, 12, "b", "2", 3), Update(13, 20, "a", "3", 2, 4), Update(21, 30, "b", "4", 3, 5), List(13, 40, 5, ("a", 2, "1"), ("b", 5, "4"))]);

    [Fact]
    public void Two_writes_cannot_have_one_revision() =>
        ShouldBreak(Rule.OneRevisionOneWrite, [Create(0, 10, "a", "1", 2), Create(0, 10, "b", "2", 2)]);

    [Fact]
    public void A_write_cannot_be_seen_with_another_revision_than_it_was_acknowledged_with() =>
        ShouldBreak(Rule.OneRevisionOneWrite, [Create(0, 10, "a", "1", 2), Read(11, 12, "a", 3, "1")]);

    [Fact]
    public void Two_updates_of_one_revision_cannot_both_succeed() =>
        ShouldBreak(Rule.CompareAndSwap, [Create(0, 10, "a", "1", 2), Update(20, 30, "a", "2", 2, 3), Update(20, 30, "a", "3", 2, 4)]);

    [Fact]
    public void Two_creates_of_one_key_cannot_both_succeed() =>
        ShouldBreak(Rule.CompareAndSwap, [Create(0, 10, "a", "1", 2), Create(0, 10, "a", "2", 3)]);

    [Fact]
    public void A_later_write_has_a_higher_revision() =>
        ShouldBreak(Rule.WritesInOrder, [Create(0, 10, "a", "1", 5), Create(11, 12, "b", "2", 4)]);

    [Fact]
    public void A_refused_write_does_not_happen() =>
        ShouldBreak(Rule.NothingFromNowhere, [Create(0, 10, "a", "1", 2), Refused(20, 30, "a", "2", 7), Read(31, 32, "a", 3, "2")]);

    [Fact]
    public void A_value_is_not_seen_before_it_is_written() =>
        ShouldBreak(Rule.NothingFromNowhere, [Read(0, 1, "a", 2, "1"), Create(2, 10, "a", "1", 2)]);

    [Fact]
    public void An_update_of_the_current_revision_is_not_refused() =>
        ShouldBreak(Rule.RefusedForAReason, [Create(0, 10, "a", "1", 2), Refused(20, 30, "a", "2", 2), Update(40, 50, "a", "3", 2, 3)]);

    [Fact]
    public void A_create_of_what_is_not_there_is_not_refused() =>
        ShouldBreak(Rule.RefusedForAReason, [new Write(0, 10, "a", "1", null, Outcome.Refused, 0), Create(11, 12, "a", "2", 2)]);

    [Fact]
    public void A_watch_goes_forward() => ShouldBreak(
        Rule.WatchInOrder, [Create(0, 10, "a", "1", 2), Create(0, 10, "b", "2", 3)], Watch(1, 0, Event(11, "b", 3, "2", true), Event(12, "a", 2, "1", true)));

    [Fact]
    public void A_watch_shows_nothing_twice() => ShouldBreak(
        Rule.WatchInOrder, [Create(0, 10, "a", "1", 2)], Watch(1, 0, Event(11, "a", 2, "1", true), Event(12, "a", 2, "1", true)));

    [Fact]
    public void A_watch_leaves_nothing_out() => ShouldBreak(
        Rule.WatchWithoutGap, [Create(0, 10, "a", "1", 2), Create(11, 12, "b", "2", 3)], Watch(1, 0, Event(13, "b", 3, "2", true)));

    [Fact]
    public void A_watch_gets_to_where_it_said_it_was() => ShouldBreak(
        Rule.WatchWithoutGap, [Create(0, 10, "a", "1", 2), Create(11, 12, "b", "2", 3)], Watch(1, 3, Event(11, "a", 2, "1", true)));

    [Fact]
    public void A_watch_that_starts_late_owes_only_what_came_after() => ShouldPass(
        [Create(0, 10, "a", "1", 2), Create(11, 12, "b", "2", 3)], Watch(2, 3, Event(13, "b", 3, "2", true)));

    [Fact]
    public void A_watch_calls_the_first_event_of_a_key_ADDED() => ShouldBreak(
        Rule.WatchSaysWhatHappened, [Create(0, 10, "a", "1", 2)], Watch(1, 0, Event(11, "a", 2, "1")));

    private static void ShouldPass(Operation[] operations, params Watching[] watches) => HistoryChecker.Check(new Record([.. operations], [.. watches])).ShouldBeEmpty();

    private static void ShouldBreak(Rule rule, Operation[] operations, params Watching[] watches) =>
        HistoryChecker.Check(new Record([.. operations], [.. watches])).Select(violation => violation.Rule).ShouldContain(rule);

    private static Write Create(long from, long to, string key, string value, long revision) => new(from, to, key, value, null, Outcome.Acknowledged, revision);

    private static Write Update(long from, long to, string key, string value, long expected, long revision) => new(from, to, key, value, expected, Outcome.Acknowledged, revision);

    private static Write Refused(long from, long to, string key, string value, long expected) => new(from, to, key, value, expected, Outcome.Refused, 0);

    private static Write Lost(long from, string key, string value, long expected) => new(from, long.MaxValue, key, value, expected, Outcome.Unknown, 0);

    private static Get Read(long from, long to, string key, long revision, string value) => new(from, to, key, new Held(revision, value));

    private static Listing List(long from, long to, long revision, params (string Key, long Revision, string Value)[] items) =>
        new(from, to, revision, items.ToImmutableDictionary(i => i.Key, i => new Held(i.Revision, i.Value)));

    private static Watching Watch(long from, long until, params Seen[] events) => new("w", from, until, [.. events]);

    private static Seen Event(long at, string key, long revision, string value, bool isNew = false) => new(at, key, new Held(revision, value), isNew);
}
