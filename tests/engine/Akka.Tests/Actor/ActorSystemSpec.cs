using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;

namespace Akka.Tests.Actor;

public sealed class ActorSystemSpec : TestKit.Xunit2.TestKit
{
    private const string Silent = "akka { loglevel = OFF, stdout-loglevel = OFF }";

    private sealed class Echo : ReceiveActor
    {
        public Echo() => ReceiveAny(m => Sender.Tell(m));
    }

    private sealed class Counted : IExtension
    {
        public int Number { get; init; }
    }

    private sealed class CountedId : ExtensionIdProvider<Counted>
    {
        public static int Made;

        public override Counted CreateExtension(ExtendedActorSystem system) => new() { Number = Interlocked.Increment(ref Made) };
    }

    [Fact]
    public void An_extension_is_made_once_for_a_system()
    {
        Sys.HasExtension<Counted>().ShouldBeFalse();
        var extension = Sys.WithExtension<Counted, CountedId>();
        Parallel.For(0, 10, _ => Sys.WithExtension<Counted, CountedId>().ShouldBeSameAs(extension));
        new CountedId().Apply(Sys).ShouldBeSameAs(extension);
        Sys.GetExtension<Counted>().ShouldBeSameAs(extension);
        Sys.TryGetExtension<Counted>(out var found).ShouldBeTrue();
        found.ShouldBeSameAs(extension);
        Sys.HasExtension<Counted>().ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("-a")]
    [InlineData("a b")]
    public void The_name_of_a_system_is_a_word(string name) => Should.Throw<ArgumentException>(() => ActorSystem.Create(name));

    [Fact]
    public async Task Terminate_stops_all_actors_and_runs_what_was_registered()
    {
        var system = ActorSystem.Create("ending", ConfigurationFactory.ParseString(Silent));
        var order = new List<string>();
        system.RegisterOnTermination(() => order.Add("first registered"));
        system.RegisterOnTermination(() => order.Add("last registered"));
        var actor = system.ActorOf(Props.Create(() => new Echo()));
        (await actor.Ask<int>(1)).ShouldBe(1);
        system.WhenTerminated.IsCompleted.ShouldBeFalse();
        await system.Terminate();
        system.WhenTerminated.IsCompletedSuccessfully.ShouldBeTrue();
        order.ShouldBe(["last registered", "first registered"]);
        (await actor.GracefulStop(TimeSpan.FromSeconds(1))).ShouldBeTrue();
        Should.Throw<InvalidOperationException>(() => system.ActorOf(Props.Create(() => new Echo())));
    }

    [Fact]
    public async Task Terminate_can_be_called_again_and_in_an_actor()
    {
        var system = ActorSystem.Create("ending", ConfigurationFactory.ParseString(Silent));
        system.ActorOf(Props.Create(() => new Terminating())).Tell("now");
        await system.WhenTerminated.WaitAsync(TimeSpan.FromSeconds(5));
        await system.Terminate();
        system.Dispose();
    }

    private sealed class Terminating : ReceiveActor
    {
        public Terminating() => ReceiveAny(_ => Context.System.Terminate());
    }

    [Fact]
    public async Task Settings_come_from_a_setup_over_the_defaults()
    {
        var setup = BootstrapSetup.Create().WithConfig(Silent).WithConfigFallback("akka.actor.ask-timeout = 7s, a.b = 1").And(new Own("x"));
        var system = ActorSystem.Create("with-setup", setup);
        system.Settings.LogLevel.ShouldBe("OFF");
        system.Settings.AskTimeout.ShouldBe(TimeSpan.FromSeconds(7));
        system.Settings.Config.GetInt("a.b").ShouldBe(1);
        system.Settings.Setup.Get<Own>().Value.Text.ShouldBe("x");
        await system.Terminate();
    }

    private sealed class Own(string text) : Setup
    {
        public string Text => text;
    }

    [Fact]
    public void Clocks_move_and_the_system_knows_its_age()
    {
        Sys.Uptime.ShouldBeGreaterThanOrEqualTo(TimeSpan.Zero);
        Sys.Scheduler.Now.ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromSeconds(5));
        Sys.Name.ShouldNotBeEmpty();
        Sys.ToString().ShouldBe(Sys.Name);
    }

    [Fact]
    public void An_unknown_dispatcher_or_mailbox_is_an_error_at_once()
    {
        Should.Throw<ConfigurationException>(() => Sys.ActorOf(Props.Create(() => new Echo()).WithDispatcher("no.such"), "name"));
        Should.Throw<ConfigurationException>(() => Sys.ActorOf(Props.Create(() => new Echo()).WithMailbox("no.such"), "name"));
        Sys.ActorOf(Props.Create(() => new Echo()), "name").Path.Name.ShouldBe("name");
    }

    [Fact]
    public void Stop_stops_top_level_actors()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Echo()), "stopped");
        Watch(actor);
        Sys.Stop(actor);
        ExpectTerminated(actor);
        AwaitAssert(() => Sys.ActorOf(Props.Create(() => new Echo()), "stopped").ShouldNotBe(actor));
    }
}
