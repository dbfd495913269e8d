using Akka.Cluster.Membership;
using Akka.Cluster.Ownership;
using Akka.Cluster.Tools.Singleton;

namespace Akka.Cluster.Tests.Singleton;

public class SingletonPlaceTests
{
    private static OwnershipProtocol.View View(params (int Uid, MemberStatus Status, string Role)[] members) =>
        new(1, [.. members.Select((m, i) => new MemberRow(m.Uid, $"akka.tcp://a@h{m.Uid}:1", [m.Role], m.Status, i + 1, 1, []))], TableView.Empty.Leases, [9], []);

    [Fact]
    public void The_oldest_that_is_up_and_has_the_role_is_the_one()
    {
        var view = View((9, MemberStatus.Up, "a"), (3, MemberStatus.Leaving, "a"), (2, MemberStatus.Up, "b"), (5, MemberStatus.Up, "a"), (1, MemberStatus.Up, "a"));
        SingletonPlace.Desired(view, "a").ShouldBe(5);
        SingletonPlace.Desired(view, null).ShouldBe(2);
        SingletonPlace.Desired(view, "c").ShouldBeNull();
    }

    [Fact]
    public void A_preferred_role_goes_before_age_as_long_as_somebody_has_it()
    {
        SingletonPlace.Desired(View((1, MemberStatus.Up, "a"), (2, MemberStatus.Up, "host-h2")), null, "host-h2").ShouldBe(2);
        SingletonPlace.Desired(View((1, MemberStatus.Up, "a"), (2, MemberStatus.Leaving, "host-h2")), null, "host-h2").ShouldBe(1);
    }

    [Theory]
    [InlineData("/user/scheduler", "singleton", "singleton/scheduler")]
    [InlineData("/user/controllers/job", "singleton", "singleton/controllers/job")]
    [InlineData("/user/singletonManagerx", "x", "singleton/x")]
    public void The_lease_is_called_after_the_singleton_or_its_manager(string manager, string name, string lease) => SingletonPlace.Lease(manager, name).ShouldBe(lease);
}
