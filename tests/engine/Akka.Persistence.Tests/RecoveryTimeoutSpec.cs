using Akka.Actor;
using Akka.Configuration;

namespace Akka.Persistence.Tests;

/// <summary>A recovery that gets no answer.</summary>
public class RecoveryTimeoutSpec() : TestKit.Xunit2.TestKit(ConfigurationFactory.ParseString("akka.persistence.journal-plugin-fallback.recovery-event-timeout = 200ms")
    .WithFallback(PersistentActorSpec.Settings))
{
    [Fact]
    public void A_journal_that_does_not_answer_must_stop_the_actor()
    {
        var journal = Persistence.Instance.Apply(Sys).JournalFor(null);
        journal.Tell(new ControlledJournal.FallSilent());
        Action<Scripted, object> nothing = static (_, _) => { };
        var actor = Watch(Sys.ActorOf(Props.Create(() => new Scripted("p", TestActor, nothing, null, null))));
        ExpectMsg<string>(m => m.StartsWith("recovery failure: Recovery timed out, didn't get event within 0.2s", StringComparison.Ordinal));
        ExpectTerminated(actor);
    }
}
