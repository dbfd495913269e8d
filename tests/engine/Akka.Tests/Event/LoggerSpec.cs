using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Tests.Event;

public sealed class LoggerSpec() : TestKit.Xunit2.TestKit("akka.loglevel = DEBUG")
{
    private sealed class Writing : ReceiveActor
    {
        private readonly ILoggingAdapter _log = Context.GetLogger();

        public Writing()
        {
            Receive<string>(s => _log.Info("got {0} and {1}", s, 7));
            Receive<Exception>(e => _log.Error(e, "it failed"));
        }
    }

    private T Logged<T>(Action action) where T : LogEvent
    {
        Sys.EventStream.Subscribe(TestActor, typeof(T));
        action();
        return FishForMessage<T>(static e => e.LogSource.Contains("/user/") || e.LogSource.StartsWith("here", StringComparison.Ordinal));
    }

    [Fact]
    public void An_entry_carries_source_level_and_text()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Writing()), "writing");
        var entry = Logged<Info>(() => actor.Tell("x"));
        entry.Message.ToString().ShouldBe("got x and 7");
        entry.LogSource.ShouldContain("/user/writing");
        entry.LogClass.ShouldBe(typeof(Writing));
        entry.LogLevel().ShouldBe(LogLevel.InfoLevel);
        entry.Cause.ShouldBeNull();
    }

    [Fact]
    public void An_entry_carries_the_exception()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Writing()));
        var cause = new InvalidOperationException("why");
        Logged<Error>(() => actor.Tell(cause)).Cause.ShouldBe(cause);
    }

    [Fact]
    public void The_level_of_the_system_decides_what_is_written()
    {
        var log = Logging.GetLogger(Sys, "here");
        log.IsDebugEnabled.ShouldBeTrue();
        Sys.EventStream.SetLogLevel(LogLevel.WarningLevel);
        log.IsDebugEnabled.ShouldBeFalse();
        log.IsEnabled(LogLevel.InfoLevel).ShouldBeFalse();
        log.IsWarningEnabled.ShouldBeTrue();
        Sys.EventStream.Subscribe(TestActor, typeof(LogEvent));
        log.Info("not this");
        log.Warning("but this");
        ExpectMsg<Warning>().Message.ToString().ShouldBe("but this");
    }

    [Fact]
    public void A_template_that_does_not_fit_its_values_still_makes_an_entry()
    {
        var log = Logging.GetLogger(Sys, "here");
        Logged<Info>(() => log.Info("{0} and {1}", 1)).Message.ToString().ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("debug", LogLevel.DebugLevel)]
    [InlineData("INFO", LogLevel.InfoLevel)]
    [InlineData("Warning", LogLevel.WarningLevel)]
    [InlineData("error", LogLevel.ErrorLevel)]
    public void Levels_have_names(string name, LogLevel level) => Logging.LogLevelFor(name).ShouldBe(level);

    [Fact]
    public void An_unknown_level_or_logger_is_an_error()
    {
        Should.Throw<ArgumentException>(() => Logging.LogLevelFor("loud"));
        Should.Throw<ConfigurationException>(() => ActorSystem.Create("x", "akka { loggers = [\"No.Such.Logger\"], stdout-loglevel = OFF }"));
    }

    private sealed class Debugged : ReceiveActor, ILogReceive
    {
        public Debugged() => Receive<string>(_ => { });
    }

    [Fact]
    public async Task Received_messages_and_the_life_of_actors_can_be_written()
    {
        var system = ActorSystem.Create("debugged", ConfigurationFactory.ParseString(
            "akka { loglevel = DEBUG, stdout-loglevel = OFF, loggers = [\"" + typeof(Collecting).AssemblyQualifiedName + "\"], actor.debug { receive = on, lifecycle = on, unhandled = on, autoreceive = on } }"));
        var actor = system.ActorOf(Props.Create(() => new Debugged()), "debugged");
        actor.Tell("x", ActorRefs.NoSender);
        actor.Tell(1, ActorRefs.NoSender);
        await actor.GracefulStop(TimeSpan.FromSeconds(20));
        foreach (var text in new[] { "received handled message x", "received unhandled message 1", "Started", "Stopped", "received AutoReceiveMessage <PoisonPill>", "Unhandled message" })
            AwaitAssert(() => Collecting.Entries.ShouldContain(e => e.Contains(text)), TimeSpan.FromSeconds(20));
        await system.Terminate();
    }

    private sealed class Collecting : ReceiveActor
    {
        public static readonly System.Collections.Concurrent.ConcurrentQueue<string> Entries = new();

        public Collecting()
        {
            Receive<InitializeLogger>(_ => Sender.Tell(new LoggerInitialized()));
            Receive<LogEvent>(e => Entries.Enqueue(e.ToString()));
        }
    }
}
