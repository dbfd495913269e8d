using AkkaKube.Api;
using AkkaKube.Scheduler.Cycle;
using AkkaKube.Scheduler.Plugins;
using AkkaKube.Scheduler.Queue;

namespace AkkaKube.Scheduler.Tests.Queue;

/// <summary>Who is tried when.</summary>
public sealed class SchedulingQueueTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly SchedulingQueue _queue = new(new PrioritySort(), new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10)));

    [Fact]
    public void The_higher_priority_goes_first_then_the_older()
    {
        Add("low"); Add("high", priority: 10); Add("low-too");
        Names().ShouldBe(["high", "low", "low-too"]);
    }

    [Fact]
    public void A_pod_that_fitted_nowhere_waits_for_a_change_that_its_refusing_plugin_cares_for()
    {
        Refuse("p", typeof(NodeResourcesFit));
        _queue.OnChange(ClusterChange.NodeLabels, Start.AddSeconds(5));
        _queue.ActiveCount.ShouldBe(0);
        _queue.OnChange(ClusterChange.PodGone, Start.AddSeconds(5));
        Names().ShouldBe(["p"]);
    }

    [Fact]
    public void A_change_during_the_back_off_counts_when_the_back_off_ends()
    {
        Refuse("p", typeof(NodeResourcesFit));
        _queue.OnChange(ClusterChange.PodGone, Start.AddMilliseconds(300));
        _queue.ActiveCount.ShouldBe(0);
        _queue.NextDue.ShouldBe(Start.AddSeconds(1));
        _queue.Tick(Start.AddSeconds(1));
        Names().ShouldBe(["p"]);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(4, 8)]
    [InlineData(5, 10)]
    [InlineData(50, 10)]
    public void The_back_off_doubles_up_to_its_limit(int attempts, int seconds) =>
        new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10)).EndFor(new QueuedPod(new PodInfo(Make.Pod()), 1, attempts, Start, [])).ShouldBe(Start.AddSeconds(seconds));

    [Fact]
    public void A_pod_that_waited_too_long_is_tried_again_without_any_change()
    {
        Refuse("p", typeof(NodeResourcesFit));
        _queue.Tick(Start.AddMinutes(4));
        _queue.ActiveCount.ShouldBe(0);
        _queue.Tick(Start.AddMinutes(6));
        Names().ShouldBe(["p"]);
    }

    [Fact]
    public void A_pod_that_is_gone_leaves_every_part_of_the_queue()
    {
        Add("active");
        Refuse("waiting", typeof(NodeResourcesFit));
        _queue.OnChange(ClusterChange.PodGone, Start);
        Refuse("unschedulable", typeof(NodeResourcesFit));
        foreach (var name in new[] { "active", "waiting", "unschedulable" }) _queue.Remove(new ObjectKey("default", name));
        (_queue.ActiveCount, _queue.NextDue, _queue.UnschedulableCount).ShouldBe((0, null, 0));
    }

    private void Add(string name, int? priority = null) => _queue.Add(new PodInfo(Make.Pod(name).With(s => s with { Priority = priority })));

    private void Refuse(string name, Type plugin)
    {
        _queue.AddUnschedulable(new QueuedPod(new PodInfo(Make.Pod(name)), Order: 100, Attempts: 1, default, []), [plugin], Start);
    }

    private List<string> Names()
    {
        var names = new List<string>();
        while (_queue.Pop() is { } next) names.Add(next.Pod.Key.Name);
        return names;
    }
}
