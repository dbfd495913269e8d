using Akka.Cluster.Membership;

namespace Akka.Cluster.Tests.Membership;

public sealed class HostLeaseTests
{
    private TimeSpan _now = TimeSpan.FromSeconds(100);
    private readonly HostLease _lease;

    public HostLeaseTests() => _lease = new HostLease(() => _now, TimeSpan.FromSeconds(3));

    [Fact]
    public void It_is_valid_for_its_time_from_the_start_of_the_last_renewal()
    {
        _lease.IsValid.ShouldBeFalse();
        _lease.Renewed(TimeSpan.FromSeconds(99));
        _lease.IsValid.ShouldBeTrue();
        _now = TimeSpan.FromSeconds(101.99);
        _lease.IsValid.ShouldBeTrue();
        _now = TimeSpan.FromSeconds(102);
        _lease.IsValid.ShouldBeFalse();
    }

    [Fact]
    public void A_reply_that_comes_late_does_not_make_it_longer_or_shorter()
    {
        _lease.Renewed(TimeSpan.FromSeconds(99));
        _lease.Renewed(TimeSpan.FromSeconds(98));
        _now = TimeSpan.FromSeconds(101.5);
        _lease.IsValid.ShouldBeTrue();
        _now = TimeSpan.FromSeconds(105);
        _lease.Renewed(TimeSpan.FromSeconds(100));
        _lease.IsValid.ShouldBeFalse();
    }

    [Fact]
    public void After_its_end_no_renewal_counts()
    {
        _lease.Renewed(_now);
        _lease.End();
        _lease.IsValid.ShouldBeFalse();
        _lease.Renewed(_now);
        _lease.IsValid.ShouldBeFalse();
    }
}
