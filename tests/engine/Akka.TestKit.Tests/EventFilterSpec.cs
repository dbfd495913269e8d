using Akka.Actor;
using Akka.Event;
using Xunit.Sdk;

namespace Akka.TestKit.Tests;

/// <summary>Expectations of what is logged.</summary>
public class EventFilterSpec() : Xunit2.TestKit("akka.loglevel = DEBUG, akka.test.filter-leeway = 300ms")
{
    [Fact]
    public void Events_are_counted_by_level_and_text()
    {
        EventFilter.Info("hello").ExpectOne(() => Log.Info("hello"));
        EventFilter.Warning(start: "hel").ExpectOne(() => Log.Warning("hello"));
        EventFilter.Error(contains: "ell").Expect(2, () =>
        {
            Log.Error("hello");
            Log.Error("hello {0}", "again");
        });
        EventFilter.Debug(new System.Text.RegularExpressions.Regex("h.*o")).ExpectOne(() => Log.Debug("hello"));
    }

    [Fact]
    public void Too_few_or_too_many_events_fail_the_test()
    {
        Should.Throw<XunitException>(() => EventFilter.Info("hello").ExpectOne(() => Log.Info("hallo"))).Message.ShouldContain("Only received 0/1");
        Should.Throw<XunitException>(() => EventFilter.Info("hello").Expect(1, () =>
        {
            Log.Info("hello");
            Log.Info("hello");
        })).Message.ShouldContain("1 messages too many");
        EventFilter.Info("hello").Expect(0, () => Log.Info("hallo"));
    }

    [Fact]
    public void An_exception_that_fails_an_actor_is_found()
    {
        var actor = ActorOf(Props.Create(() => new Thrower()));
        EventFilter.Exception<InvalidOperationException>("bad").ExpectOne(() => actor.Tell("bad"));
        EventFilter.Exception<Exception>(contains: "worse", source: actor.Path.ToString()).ExpectOne(() => actor.Tell("worse"));
        EventFilter.Exception(typeof(ArgumentException)).Expect(0, () => actor.Tell("bad"));
    }

    [Fact]
    public void Dead_letters_are_found()
    {
        var actor = Watch(ActorOf(TestActors.BlackHoleActor.Props));
        Sys.Stop(actor);
        ExpectTerminated(actor);
        EventFilter.DeadLetter<string>().ExpectOne(() => actor.Tell("x"));
        EventFilter.DeadLetter<int>(i => i == 2).ExpectOne(() =>
        {
            actor.Tell(1);
            actor.Tell(2);
        });
    }

    [Fact]
    public void Filters_can_be_joined_muted_and_custom()
    {
        EventFilter.Info("a").And.Info("b").Expect(2, () =>
        {
            Log.Info("a");
            Log.Info("b");
        });
        EventFilter.Custom<Info>(e => e.Message.ToString() == "c").ExpectOne(() => Log.Info("c"));
        EventFilter.Info().Mute(() => Log.Info("silent"));
        EventFilter.ForLogLevel(LogLevel.InfoLevel, "d").ExpectOne(() => 1 + Said("d")).ShouldBe(2);
    }

    [Fact]
    public async Task Events_can_be_awaited() => await EventFilter.Info("later").ExpectOneAsync(async () =>
    {
        await Task.Yield();
        Log.Info("later");
    });

    private int Said(string text)
    {
        Log.Info(text);
        return 1;
    }

    private sealed class Thrower : ReceiveActor
    {
        public Thrower() => Receive<string>(text => throw new InvalidOperationException(text));
    }
}
