using Akka.Actor;
using Akka.Cluster.Membership;
using Akka.Configuration;

namespace Akka.Cluster.Tests.Membership;

public sealed class InMemoryMembershipTableTests : MembershipTableContract, IDisposable
{
    private readonly InMemoryMembership _membership = new();
    private readonly ActorSystem _system = ActorSystem.Create("table", ConfigurationFactory.ParseString("akka.loggers = [], akka.stdout-loglevel = OFF"));

    private protected override IMembershipTable Connect() => new InMemoryMembershipTable((ExtendedActorSystem)_system, _membership);

    public void Dispose() => _system.Dispose();

    [Fact]
    public async Task A_system_that_is_cut_off_fails_and_the_others_go_on()
    {
        using var other = ActorSystem.Create("other", ConfigurationFactory.ParseString("akka.loggers = [], akka.stdout-loglevel = OFF"));
        var (mine, theirs) = (Connect(), new InMemoryMembershipTable((ExtendedActorSystem)other, _membership));
        _membership.Cut(_system);
        await Should.ThrowAsync<IOException>(() => mine.Join(1, "a", []));
        await theirs.Join(2, "b", []);
        _membership.Heal(_system);
        (await mine.Read()).Members.ShouldHaveSingleItem().Uid.ShouldBe(2);
    }

    [Fact]
    public async Task A_lost_reply_leaves_its_effect_and_a_lost_request_none()
    {
        var table = Connect();
        _membership.Before = static call => call.Operation == "Join" ? throw new IOException("lost") : Task.CompletedTask;
        await Should.ThrowAsync<IOException>(() => table.Join(1, "a", []));
        _membership.View().Members.ShouldBeEmpty();
        _membership.Before = null;
        _membership.After = static call => call.Operation == "Join" ? throw new IOException("lost") : Task.CompletedTask;
        await Should.ThrowAsync<IOException>(() => table.Join(1, "a", []));
        _membership.View().Members.ShouldHaveSingleItem();
    }
}
