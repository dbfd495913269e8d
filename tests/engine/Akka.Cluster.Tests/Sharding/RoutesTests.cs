using Akka.Actor;
using Akka.Cluster.Sharding;

namespace Akka.Cluster.Tests.Sharding;

/// <summary>What a region believes of the shards of others, in whatever order the news comes.</summary>
public class RoutesTests
{
    private readonly Routes _routes = new();

    private static Routes.Route At(int uid, long epoch) => new(uid, epoch, ActorRefs.Nobody);

    [Fact]
    public void An_epoch_that_was_closed_does_not_open_again()
    {
        _routes.Open("s", At(1, 4)).ShouldBeTrue();
        _routes.Close("s", 4);
        _routes.Open("s", At(1, 4)).ShouldBeFalse();
        _routes.To("s").ShouldBeNull();
        _routes.Open("s", At(2, 5)).ShouldBeTrue();
        _routes.All["s"].Uid.ShouldBe(2);
    }

    [Fact]
    public void An_older_owner_does_not_replace_a_newer_one()
    {
        _routes.Open("s", At(2, 5));
        _routes.Open("s", At(1, 4)).ShouldBeFalse();
        _routes.All["s"].Uid.ShouldBe(2);
    }

    [Fact]
    public void Closing_an_older_epoch_leaves_the_newer_open()
    {
        _routes.Open("s", At(2, 5));
        _routes.Close("s", 4);
        _routes.To("s").ShouldNotBeNull();
    }

    [Theory]
    [InlineData(1, 4, true)] // the same
    [InlineData(9, 3, true)] // a view from before
    [InlineData(2, 5, false)] // somebody else has it since
    [InlineData(null, 4, false)] // it was given back
    public void The_table_closes_a_route_that_is_over(int? owner, long epoch, bool open)
    {
        _routes.Open("s", At(1, 4));
        _routes.Saw("s", owner, epoch);
        (_routes.To("s") is not null).ShouldBe(open);
    }

    [Fact]
    public void What_a_host_says_it_has_replaces_what_was_known_of_it()
    {
        _routes.Open("a", At(1, 1));
        _routes.Open("b", At(2, 1));
        _routes.Replace(1, ActorRefs.Nobody, [new("c", 3)]);
        _routes.All.Keys.Order().ShouldBe(["b", "c"]);
    }
}
