using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Persistence;
using Akka.TestKit;

namespace AkkaKube.Persistence.Tests;

/// <summary>Persistent actors on the file, from start to start.</summary>
public sealed class SqlitePersistenceSpec : IDisposable
{
    private readonly DatabaseFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private void Run(Action<Akka.TestKit.Xunit2.TestKit> test, string overrides = "")
    {
        using var kit = new Akka.TestKit.Xunit2.TestKit(_folder.Config(overrides));
        test(kit);
    }

    private sealed class Notebook : ReceivePersistentActor
    {
        private readonly List<string> _notes = [];

        public Notebook(string id, IActorRef listener)
        {
            PersistenceId = id;
            Recover<Noted>(n => _notes.Add(n.Text));
            Recover<SnapshotOffer>(o => _notes.Add($"[{((Noted)o.Snapshot).Text}]"));
            Command<string>(c => c == "snapshot", _ => SaveSnapshot(new Noted(string.Join("", _notes))));
            Command<string>(c => c == "notes", _ => Sender.Tell($"{string.Join("", _notes)} {LastSequenceNr}"));
            Command<string>(text => PersistAsync(new Noted(text), n =>
            {
                _notes.Add(n.Text);
                Sender.Tell(n.Text);
            }));
            Command<SaveSnapshotSuccess>(s =>
            {
                DeleteMessages(s.Metadata.SequenceNr);
                DeleteSnapshots(new SnapshotSelectionCriteria(s.Metadata.SequenceNr - 1));
            });
            Command<DeleteSnapshotsSuccess>(_ => listener.Tell("compacted"));
            CommandAny(_ => { });
        }

        public override string PersistenceId { get; }
    }

    private static IActorRef Start(TestKitBase kit, string id = "n")
    {
        var listener = kit.TestActor;
        return kit.Sys.ActorOf(Props.Create(() => new Notebook(id, listener)));
    }

    [Fact]
    public void An_actor_is_what_it_was_after_the_system_started_again()
    {
        Run(kit =>
        {
            var actor = Start(kit);
            actor.Tell("a");
            actor.Tell("b");
            kit.ReceiveN(2);
            actor.Tell("snapshot");
            kit.ExpectMsg("compacted");
            actor.Tell("c");
            kit.ExpectMsg("c");
        });
        Run(kit =>
        {
            Start(kit).Tell("notes");
            kit.ExpectMsg("[ab]c 3");
        });
        Run(kit =>
        {
            var actor = Start(kit);
            actor.Tell("d");
            kit.ExpectMsg("d");
            actor.Tell("snapshot");
            kit.ExpectMsg("compacted");
        });
        Run(kit =>
        {
            Start(kit).Tell("notes");
            kit.ExpectMsg("[[ab]cd] 4");
        });
    }

    [Fact]
    public void Many_actors_write_at_once_and_all_that_was_acknowledged_is_there()
    {
        const int actors = 50;
        const int notes = 40;
        Run(kit =>
        {
            var all = Enumerable.Range(0, actors).Select(i => Start(kit, $"n{i}")).ToList();
            for (var n = 0; n < notes; n++) all.ForEach(a => a.Tell("x"));
            kit.ReceiveN(actors * notes, TimeSpan.FromSeconds(30));
        });
        Run(kit =>
        {
            for (var i = 0; i < actors; i++)
            {
                Start(kit, $"n{i}").Tell("notes");
                kit.ExpectMsg($"{new string('x', notes)} {notes}");
            }
        });
    }

    [Fact]
    public void An_event_that_no_codec_writes_is_rejected_and_the_actor_goes_on() => Run(kit =>
    {
        var actor = Start(kit);
        kit.CreateEventFilter(kit.Sys).Error(start: "Rejected to persist").ExpectOne(() => actor.Tell("unwritable"));
        actor.Tell("a");
        kit.ExpectMsg("a");
    });

    [Fact]
    public void A_full_file_stops_the_actor_that_comes_back_and_goes_on() => Run(kit =>
    {
        var actor = Start(kit);
        actor.Tell("a");
        kit.ExpectMsg("a");
        kit.Watch(actor);
        kit.CreateEventFilter(kit.Sys).Exception<JournalFullException>().ExpectOne(() => actor.Tell(new string('x', 1 << 20)));
        kit.ExpectTerminated(actor);
        var again = Start(kit);
        again.Tell("b");
        kit.ExpectMsg("b");
        again.Tell("notes");
        kit.ExpectMsg("ab 2");
    }, "akkakube.persistence.sqlite.max-size = 256KiB");

    [Fact]
    public void A_lost_file_stops_the_actor() => Run(kit =>
    {
        var actor = Start(kit);
        actor.Tell("a");
        kit.ExpectMsg("a");
        File.Delete(_folder.Path);
        kit.Watch(actor);
        kit.CreateEventFilter(kit.Sys).Exception<JournalLostException>().ExpectOne(() => actor.Tell("b"));
        kit.ExpectTerminated(actor);
    });

    [Fact]
    public void A_data_directory_is_for_one_system_at_a_time()
    {
        Run(kit =>
        {
            SqlPersistence.Get(kit.Sys).ShouldBeSameAs(SqlPersistence.Get(kit.Sys));
            using var other = ActorSystem.Create("other", _folder.Config());
            var refused = Should.Throw<DataDirectoryInUseException>(() => SqlPersistence.Get(other));
            refused.Message.ShouldBe($"The data directory {Path.GetDirectoryName(_folder.Path)} is in use by {refused.Owner}");
            refused.Owner.ShouldStartWith($"process {Environment.ProcessId} (");
        });
        Run(kit => SqlPersistence.Get(kit.Sys).ShouldNotBeNull());
    }

    [Fact]
    public void What_is_wrong_with_the_settings_is_said()
    {
        Fault<ConfigurationException>("durability = most").ShouldContain("found 'most'");
        Fault<ConfigurationException>("database = oracle").ShouldBe("akkakube.persistence.database: expected one of sqlite, postgresql, found 'oracle'");
        Fault<ConfigurationException>("fencing = maybe").ShouldContain("found 'maybe'");
        Fault<ConfigurationException>("database = postgresql").ShouldContain("akkakube.persistence.postgresql.connection is empty");
        Fault<ConfigurationException>("database = postgresql, akkakube.persistence.postgresql.connection = \"postgres://u:hidden@h:x/d\"").ShouldNotContain("hidden");
        Fault<ConfigurationException>("database = postgresql, akkakube.persistence.postgresql { connection = \"postgres://h/d\", schema = \"a;b\" }").ShouldContain("'a;b'");
        Fault<ConfigurationException>("codec = NoSuchType").ShouldContain("NoSuchType");
        Fault<ConfigurationException>("sqlite.path = \"\"").ShouldContain("path is empty");
        Fault<JournalException>("sqlite.path = /no/such/folder/j.db").ShouldContain("/no/such/folder");

        string Fault<T>(string setting) where T : Exception
        {
            using var system = ActorSystem.Create("wrong", ConfigurationFactory.ParseString($"akkakube.persistence.{setting}").WithFallback(_folder.Config()));
            return Should.Throw<T>(() => SqlPersistence.Get(system)).Message;
        }
    }

    [Fact]
    public void The_program_can_give_the_codec_itself()
    {
        var setup = ActorSystemSetup.Create(
            BootstrapSetup.Create().WithConfig(ConfigurationFactory.ParseString("akkakube.persistence.codec = \"\"").WithFallback(_folder.Config())),
            new SqlPersistenceSetup(new TextCodec()));
        using var kit = new Akka.TestKit.Xunit2.TestKit(setup);
        Start(kit).Tell("a");
        kit.ExpectMsg("a");
    }
}
