using Akka.Actor;
using Akka.Cluster.Membership;
using Akka.Cluster.Tests.Hosts;
using Akka.Configuration;
using Akka.Coordination;

namespace Akka.Cluster.Tests.Coordination;

public sealed class TableLeaseTests : IDisposable
{
    private readonly Hosts.TestHosts _hosts = new(seed: 5);

    public TableLeaseTests() => _hosts.StartAll("h1", "h2");

    public void Dispose() => _hosts.Dispose();

    [Fact]
    public void A_lease_is_acquired_by_one_and_by_the_other_when_it_was_released()
    {
        var (one, two) = (LeaseOf("h1"), LeaseOf("h2"));
        Run(one.Acquire()).ShouldBeTrue();
        _hosts.Pass(0.1);
        Run(two.Acquire()).ShouldBeFalse();
        one.CheckLease().ShouldBeTrue();
        two.CheckLease().ShouldBeFalse();
        Run(one.Release()).ShouldBeTrue();
        one.CheckLease().ShouldBeFalse();
        _hosts.Pass(0.1);
        Run(two.Acquire()).ShouldBeTrue();
        two.CheckLease().ShouldBeTrue();
    }

    [Fact]
    public void Who_loses_it_is_called_back()
    {
        var lost = 0;
        Run(LeaseOf("h1").Acquire(_ => lost++)).ShouldBeTrue();
        _hosts["h2"].Cluster.Down(_hosts["h1"].Address);
        _hosts.Until("it is lost", () => lost == 1, 2);
        LeaseOf("h1").CheckLease().ShouldBeFalse();
    }

    [Fact]
    public void It_is_not_sure_any_more_when_the_host_does_not_reach_the_table_and_is_again_when_it_does()
    {
        var lease = LeaseOf("h1");
        Run(lease.Acquire()).ShouldBeTrue();
        foreach (var name in new[] { "h1", "h2" }) _hosts.CutFromTable(name);
        _hosts.Until("it is not sure", () => !lease.CheckLease(), 3.1).ShouldBeGreaterThan(2.4);
        _hosts.Heal();
        _hosts.Until("it is again", lease.CheckLease, 1);
    }

    [Fact]
    public void Asking_allocates_nothing()
    {
        var lease = LeaseOf("h1");
        Run(lease.Acquire()).ShouldBeTrue();
        var held = 0;
        for (var i = 0; i < 1000; i++) held += lease.CheckLease() ? 1 : 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++) held += lease.CheckLease() ? 1 : 0;
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        held.ShouldBe(11_000);
    }

    [Fact]
    public void The_same_lease_is_the_same_object_and_another_owner_has_another()
    {
        var provider = LeaseProvider.Get(_hosts["h1"].System);
        provider.GetLease("a", "akka.test-lease", "x").ShouldBeSameAs(provider.GetLease("a", "akka.test-lease", "x"));
        provider.GetLease("a", "akka.test-lease", "y").ShouldNotBeSameAs(provider.GetLease("a", "akka.test-lease", "x"));
        provider.GetLease("a", "akka.test-lease", "x").Settings.LeaseName.ShouldBe("a");
        provider.GetLease("a", "akka.test-lease", "x").Settings.TimeoutSettings.OperationTimeout.ShouldBe(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void A_path_without_a_class_or_without_settings_is_an_error_that_says_so()
    {
        var provider = LeaseProvider.Get(_hosts["h1"].System);
        Should.Throw<ArgumentException>(() => provider.GetLease("a", "akka.cluster", "x")).Message.ShouldContain("akka.cluster.lease-class must not be empty");
        Should.Throw<ArgumentException>(() => provider.GetLease("a", "akka.nothing", "x")).Message.ShouldContain("no settings at 'akka.nothing'");
    }

    [Fact]
    public void The_interval_of_a_lease_must_fit_into_its_time() =>
        Should.Throw<ArgumentException>(() => TimeoutSettings.Create(ConfigurationFactory.ParseString("heartbeat-timeout = 10s, heartbeat-interval = 6s, lease-operation-timeout = 1s")));

    private Lease LeaseOf(string host) => LeaseProvider.Get(_hosts[host].System).GetLease("shard/etcd/pods", "akka.test-lease", host);

    private T Run<T>(Task<T> task)
    {
        _hosts.Until("the task has ended", () => task.IsCompleted, 10);
        return task.GetAwaiter().GetResult();
    }
}
