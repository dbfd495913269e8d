using Akka.Configuration;
using AkkaKube.Host.Composition;

namespace AkkaKube.Host.Tests.Composition;

public sealed class UnknownSettingsTests
{
    private static readonly Config Known = HostConfig.Reference();

    private static IReadOnlyList<string> In(string user) => UnknownSettings.In(ConfigurationFactory.ParseString(user).WithFallback(Known), Known);

    [Theory]
    [InlineData("")]
    [InlineData("akkakube.kubelet.capacity.cpu = 4")]
    [InlineData("akkakube.runtime.images { \"shop/web:2\" { size = 20MiB } }")]
    [InlineData("akka.actor.my-dispatcher { type = ForkJoinDispatcher }")]
    [InlineData("mine = 3s\nakkakube.kubelet.adoption-delay = ${mine}")]
    public void Settings_that_there_are_pass(string user) => In(user).ShouldBeEmpty();

    [Theory]
    [InlineData("akkakube.schedular.max-backoff = 3s", "akkakube.schedular.max-backoff")]
    [InlineData("akkakube.kubelet { capacity.cpus = 4, lease-duration = 4s }", "akkakube.kubelet.capacity.cpus")]
    [InlineData("akkakube.nothing {}", "akkakube.nothing")]
    public void A_setting_that_nobody_reads_is_found(string user, string setting) => In(user).ShouldBe([setting]);

    [Fact]
    public void It_is_said_what_may_have_been_meant()
    {
        var text = UnknownSettings.Describe("my.conf", In("akkakube.schedular.max-backoff = 3s"), Known);
        text.ShouldBe("the config file my.conf sets akkakube.schedular.max-backoff, which is not a setting; did you mean akkakube.scheduler.max-backoff?");
    }

    [Fact]
    public void Several_are_named_at_once() =>
        UnknownSettings.Describe("my.conf", In("akkakube.purple = 1, akkakube.red = 2"), Known).ShouldBe("the config file my.conf sets akkakube.purple, akkakube.red, which are not settings; hocon/reference.conf has all that there are");
}
