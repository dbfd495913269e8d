using Akka.Configuration;

namespace Akka.Remote.Tests;

public class FailureDetectorTests
{
    private long _now = 1000;

    private PhiAccrualFailureDetector Phi(double threshold = 8, int samples = 1000, int pause = 0) => new(
        threshold, samples, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(pause), TimeSpan.FromSeconds(1), () => _now);

    private void Beat(FailureDetector detector, params int[] intervals)
    {
        detector.HeartBeat();
        foreach (var interval in intervals)
        {
            _now += interval;
            detector.HeartBeat();
        }
    }

    [Fact]
    public void What_was_never_heard_of_is_available_and_not_monitored()
    {
        var detector = Phi();
        detector.IsAvailable.ShouldBeTrue();
        detector.IsMonitoring.ShouldBeFalse();
        _now += 1_000_000;
        detector.IsAvailable.ShouldBeTrue();
    }

    [Fact]
    public void It_stays_available_while_the_heartbeats_come()
    {
        var detector = Phi();
        Beat(detector, [.. Enumerable.Repeat(1000, 50)]);
        detector.IsMonitoring.ShouldBeTrue();
        detector.IsAvailable.ShouldBeTrue();
        _now += 1000;
        detector.IsAvailable.ShouldBeTrue();
    }

    [Fact]
    public void Silence_makes_it_unavailable_and_a_heartbeat_available_again()
    {
        var detector = Phi(threshold: 3);
        Beat(detector, 1000, 100, 100);
        _now += 7000;
        detector.IsAvailable.ShouldBeFalse();
        detector.HeartBeat();
        _now += 100;
        detector.IsAvailable.ShouldBeTrue();
    }

    [Fact]
    public void An_acceptable_pause_is_waited_for()
    {
        var detector = Phi(pause: 3000);
        Beat(detector, [.. Enumerable.Repeat(1000, 20)]);
        _now += 4000;
        detector.IsAvailable.ShouldBeTrue();
        _now += 2000;
        detector.IsAvailable.ShouldBeFalse();
    }

    [Fact]
    public void Suspicion_grows_with_the_silence_and_shrinks_with_irregularity()
    {
        var regular = Phi();
        Beat(regular, [.. Enumerable.Repeat(1000, 30)]);
        var suspicion = 0.0;
        for (var i = 0; i < 5; i++)
        {
            _now += 300;
            regular.CurrentPhi.ShouldBeGreaterThanOrEqualTo(suspicion);
            suspicion = regular.CurrentPhi;
        }

        var irregular = Phi();
        _now = 1000;
        Beat(irregular, [.. Enumerable.Range(0, 30).Select(static i => i % 2 == 0 ? 500 : 1500)]);
        _now += 1500;
        irregular.CurrentPhi.ShouldBeLessThan(suspicion);
    }

    [Theory]
    [InlineData(0, 0, 10, 0)]
    [InlineData(500, 1000, 100, 0.0)]
    [InlineData(1000, 1000, 100, 0.3)]
    [InlineData(1500, 1000, 100, 7.3)]
    public void Phi_is_minus_the_logarithm_of_the_chance_of_such_a_silence(double silence, double mean, double deviation, double phi) =>
        PhiAccrualFailureDetector.Phi(silence, mean, deviation).ShouldBe(phi, phi == 0 ? 0.31 : phi * 0.1);

    [Fact]
    public void Only_the_last_samples_count()
    {
        var history = Enumerable.Range(1, 10).Aggregate(HeartbeatHistory.Empty, static (h, i) => h.Add(i, 4));
        history.Count.ShouldBe(4);
        history.Mean.ShouldBe(8.5);
        history.StdDeviation.ShouldBe(Math.Sqrt(1.25), 1e-9);
    }

    [Fact]
    public void A_deadline_is_a_deadline()
    {
        var detector = new DeadlineFailureDetector(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(1), () => _now);
        detector.IsAvailable.ShouldBeTrue();
        detector.HeartBeat();
        _now += 5000;
        detector.IsAvailable.ShouldBeTrue();
        _now += 1;
        detector.IsAvailable.ShouldBeFalse();
        detector.HeartBeat();
        detector.IsAvailable.ShouldBeTrue();
    }

    [Fact]
    public void Settings_that_make_no_sense_are_refused()
    {
        Should.Throw<ArgumentException>(() => new DeadlineFailureDetector(TimeSpan.Zero));
        Should.Throw<ArgumentException>(() => Phi(threshold: 0));
        Should.Throw<ArgumentException>(() => Phi(samples: 0));
    }

    [Fact]
    public void A_registry_has_a_detector_for_each()
    {
        var registry = new DefaultFailureDetectorRegistry<string>(() => new DeadlineFailureDetector(TimeSpan.FromSeconds(1), () => _now));
        registry.IsAvailable("a").ShouldBeTrue();
        registry.Heartbeat("a");
        registry.Heartbeat("b");
        registry.IsMonitoring("a").ShouldBeTrue();
        _now += 1500;
        registry.Heartbeat("b");
        registry.IsAvailable("a").ShouldBeFalse();
        registry.IsAvailable("b").ShouldBeTrue();
        registry.Remove("a");
        registry.IsMonitoring("a").ShouldBeFalse();
        registry.Reset();
        registry.IsMonitoring("b").ShouldBeFalse();
    }
}
