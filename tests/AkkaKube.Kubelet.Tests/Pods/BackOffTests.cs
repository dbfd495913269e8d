using AkkaKube.Kubelet.Pods;
using FsCheck;
using FsCheck.Fluent;
using static AkkaKube.Kubelet.Tests.Objects;

namespace AkkaKube.Kubelet.Tests.Pods;

public class BackOffTests
{
    private static readonly BackOffSettings Settings = new(TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(5));

    [Fact]
    public void A_container_that_keeps_failing_waits_0_10_20_40_80_160_and_then_300_seconds()
    {
        var backOff = new BackOff();
        var now = T0;
        var waits = new List<double>();
        for (var i = 0; i < 8; i++)
        {
            var failed = now;
            now = backOff.NotBefore(failed, Settings);
            waits.Add((now - failed).TotalSeconds);
            backOff = backOff.Next(failed, now, Settings);
        }
        waits.ShouldBe([0, 10, 20, 40, 80, 160, 300, 300]);
    }

    [Fact]
    public void After_ten_quiet_minutes_it_starts_over()
    {
        var backOff = new BackOff().Next(T0, T0, Settings).Next(T0, T0, Settings);
        backOff.NotBefore(T0 + TimeSpan.FromMinutes(10), Settings).ShouldBe(T0 + TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(20));
        var later = T0 + TimeSpan.FromMinutes(11);
        backOff.NotBefore(later, Settings).ShouldBe(later);
        backOff.Next(later, later, Settings).Delay.ShouldBe(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void The_delay_never_exceeds_the_longest() =>
        Prop.ForAll(Gen.Choose(1, 40).ToArbitrary(), failures =>
        {
            var backOff = new BackOff();
            for (var i = 0; i < failures; i++) backOff = backOff.Next(T0, T0, Settings);
            return backOff.Delay <= Settings.Max && backOff.Delay >= Settings.Initial;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(10_000, "10s")]
    [InlineData(80_000, "1m20s")]
    [InlineData(300_000, "5m0s")]
    [InlineData(312, "312ms")]
    [InlineData(1_661, "1.661s")]
    [InlineData(0, "0s")]
    [InlineData(3_600_000, "1h0m0s")]
    public void Durations_read_as_Kubernetes_prints_them(int milliseconds, string text) => GoDuration.Text(TimeSpan.FromMilliseconds(milliseconds)).ShouldBe(text);
}
