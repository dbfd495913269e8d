using Akka.Actor;
using AkkaKube.Console.Documents;

namespace AkkaKube.Console.Tests.Palettes;

public sealed class ActorPaletteTests : ConsoleKit
{
    [Fact]
    public void Hierarchy_lists_parents_before_their_children()
    {
        Family("family", "b", "a");
        Text(Run(Console(), "actor", "hierarchy", "/user")).Split('\n').Where(p => p.Contains("family", StringComparison.Ordinal)).ShouldBe(["/user/family", "/user/family/a", "/user/family/b"]);
    }

    [Fact]
    public void Hierarchy_goes_as_deep_as_it_is_told()
    {
        Family("family", "a");
        Text(Run(Console(), "actor", "hierarchy", "/user", "-d", "1")).Split('\n').ShouldNotContain("/user/family/a");
    }

    [Fact]
    public void Hierarchy_of_nothing_says_so() => Failure(Run(Console(), "actor", "hierarchy", "/user/nobody")).Code.ShouldBe(FailureCode.NotFound);

    [Fact]
    public void Mailbox_counts_what_waits_at_an_actor_that_hangs()
    {
        Family("family", "a", "b");
        var console = Console();
        Text(Run(console, "kube", "pause", "/user/family/a")).ShouldContain("paused");
        for (var i = 0; i < 3; i++) Sys.ActorSelection("/user/family/a").Tell("wait", ActorRefs.NoSender);
        AwaitAssert(() => Rows(Run(console, "actor", "mailbox", "/user/family/*")).ShouldBe([["/user/family/a", "3"], ["/user/family/b", "0"]]));
    }

    [Fact]
    public void Inspect_shows_class_children_and_supervisor()
    {
        Family("family", "a");
        var shown = Rows(Run(Console(), "actor", "inspect", "/user/family")).ToLookup(r => r[0], r => r[1]);
        shown["class"].ShouldBe([typeof(Parent).FullName]);
        shown["supervisor"].ShouldBe(["/user"]);
        shown["child"].ShouldBe(["a"]);
        shown["mailbox"].ShouldBe(["0"]);
    }

    [Fact]
    public void Stop_ends_when_the_actor_has_ended()
    {
        var watcher = CreateTestProbe();
        watcher.Watch(Family("family"));
        Text(Run(Console(), "actor", "stop", "/user/family")).ShouldBe("stopped /user/family");
        watcher.ExpectMsg<Terminated>();
    }

    [Theory]
    [InlineData("/user")]
    [InlineData("/system")]
    public void The_guardians_are_not_stopped(string path) => Failure(Run(Console(), "actor", "stop", path)).Message.ShouldContain("whole host");
}
