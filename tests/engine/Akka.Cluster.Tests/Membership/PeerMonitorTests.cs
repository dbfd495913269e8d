using Akka.Cluster.Membership;

namespace Akka.Cluster.Tests.Membership;

public sealed class PeerMonitorTests
{
    private readonly PeerMonitor _monitor = new(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4));

    [Fact]
    public void A_peer_that_does_not_answer_for_longer_than_the_pause_is_silent_until_it_does()
    {
        Watch(0, 1, 2);
        Heard(0.1, 1);
        Heard(0.1, 2);
        for (var at = 0.5; at <= 2.0; at += 0.5)
        {
            Heard(at, 1);
            Tick(at);
            _monitor.Silent.ShouldBeEmpty();
        }

        Tick(2.2);
        _monitor.Silent.ShouldBe([2]);
        Heard(2.3, 2);
        _monitor.Silent.ShouldBeEmpty();
    }

    [Fact]
    public void A_new_peer_has_longer_for_its_first_answer_and_counts_as_answered_only_then()
    {
        Watch(0, 1);
        for (var at = 0.5; at < 4; at += 0.5) Tick(at);
        _monitor.Silent.ShouldBeEmpty();
        _monitor.Answered.ShouldBeEmpty();
        Tick(4.1);
        _monitor.Silent.ShouldBe([1]);
        Heard(4.2, 1);
        _monitor.Answered.ShouldBe([1]);
    }

    [Fact]
    public void Who_was_away_itself_blames_nobody_for_the_time()
    {
        Watch(0, 1);
        Heard(0, 1);
        Tick(0.5);
        Tick(20);
        _monitor.Silent.ShouldBeEmpty();
        for (var at = 20.5; at < 22; at += 0.5) Tick(at);
        _monitor.Silent.ShouldBeEmpty();
        Tick(22.1);
        _monitor.Silent.ShouldBe([1]);
    }

    [Fact]
    public void Who_is_not_watched_any_more_is_forgotten()
    {
        Watch(0, 1, 2);
        Heard(0, 1);
        for (var at = 0.5; at < 5; at += 0.5) Tick(at);
        Watch(5, 3);
        _monitor.Silent.ShouldBeEmpty();
        _monitor.Answered.ShouldBeEmpty();
        Heard(5, 1);
        _monitor.Answered.ShouldBeEmpty();
    }

    private void Watch(double at, params int[] peers) => _monitor.Watch(TimeSpan.FromSeconds(at), peers);

    private void Heard(double at, int peer) => _monitor.Heard(TimeSpan.FromSeconds(at), peer);

    private void Tick(double at) => _monitor.Tick(TimeSpan.FromSeconds(at));
}
