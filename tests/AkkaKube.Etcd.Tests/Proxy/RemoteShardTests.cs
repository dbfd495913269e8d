using System.Text;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.TestKit.Xunit2;
using AkkaKube.Tests;
using AkkaKube.Wire;

namespace AkkaKube.Etcd.Tests.Proxy;

/// <summary>A shard in one actor system, its proxy in another, a network between them.</summary>
public sealed class RemoteShardTests : TestKit
{
    private const string Remoting = """
        akka.actor.provider = remote
        akka.remote { log-remote-lifecycle-events = off, dot-netty.tcp { hostname = "127.0.0.1", port = 0, maximum-frame-size = 1 MiB } }
        akka.persistence.journal.plugin = "akka.persistence.journal.inmem"
        akka.persistence.snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
        """;

    private static readonly EtcdSettings Settings = EtcdSettings.From(ReferenceConf.With("akkakube.etcd.part-bytes = 100 KiB"));
    private readonly ActorSystem _other = ActorSystem.Create("other", Setup());
    private readonly IActorRef _proxy;

    public RemoteShardTests() : base(Setup())
    {
        var entity = _other.ActorOf(EtcdEntity.Props("pods", Settings, NoViews.Instance, () => true), "pods");
        var address = ((ExtendedActorSystem)_other).Provider.DefaultAddress;
        var region = Sys.ActorOf(Props.Create(() => new Region(new RootActorPath(address) / "user" / "pods")));
        Sys.ActorOf(EtcdProxy.Props(region, Settings, new Drafts())).Tell(new EtcdActor.GetShard("pods"), TestActor);
        _proxy = ExpectMsg<EtcdActor.Shard>().Ref;
        entity.ShouldNotBeNull();
    }

    private static ActorSystemSetup Setup() => ActorSystemSetup.Create(RecordSerializer.Setup(EtcdWire.Manifest), BootstrapSetup.Create().WithConfig(ReferenceConf.With(Remoting)));

    private sealed class Region : ReceiveActor
    {
        public Region(ActorPath entity) => Receive<EtcdEntity.ToShard>(to => Context.ActorSelection(entity).Tell(to.Message, Sender));
    }

    private sealed class Drafts : IValueViews
    {
        public object? Make(string key, ReadOnlyMemory<byte> value, long revision, object? draft) => (Encoding.UTF8.GetString(value.Span), draft);
    }

    private static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    protected override void AfterAll()
    {
        _other.Terminate();
        base.AfterAll();
    }

    private T Ask<T>(EtcdShard.Request request)
    {
        _proxy.Tell(request, TestActor);
        return ExpectMsg<T>(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void Writes_reads_and_follows_are_what_they_are_in_one_process()
    {
        Ask<EtcdShard.Following>(new EtcdShard.Follow(1));
        var tag = new object();
        var written = Ask<EtcdShard.Written>(new EtcdShard.Put("a", Bytes("{\"rv\":\"\"}"), null) { StampAt = 7, Draft = "draft", Tag = tag });
        written.Tag.ShouldBeSameAs(tag);
        written.Change.View.ShouldBe(("{\"rv\":\"2\"}", (object)"draft"));
        var change = ExpectMsg<EtcdShard.Changes>().Items.Single();
        change.View.ShouldBeSameAs(written.Change.View);
        (change.IsCreate, change.Revision, change.Key).ShouldBe((true, 2, "a"));
        Ask<EtcdShard.Found>(new EtcdShard.Get("a")).Entry!.View.ShouldBe(("{\"rv\":\"2\"}", (object?)null));
        Ask<EtcdShard.Conflict>(new EtcdShard.Put("a", Bytes("1"), null)).Current!.Revision.ShouldBe(2);
        Ask<EtcdShard.AtRevision>(new EtcdShard.GetRevision()).Revision.ShouldBe(2);
        Ask<EtcdShard.Written>(new EtcdShard.Delete("a", Bytes("gone"), 2)).Change.View.ShouldBe(("gone", (object?)null));
    }

    [Fact]
    public void A_range_larger_than_any_message_arrives_as_one()
    {
        for (var i = 0; i < 30; i++) _proxy.Tell(new EtcdShard.Put($"key-{i:00}", new byte[100_000], null), TestActor);
        for (var i = 0; i < 30; i++) ExpectMsg<EtcdShard.Written>(TimeSpan.FromSeconds(20)).Change.Value.Length.ShouldBe(100_000);
        var ranged = Ask<EtcdShard.Ranged>(new EtcdShard.Range("") { WithHistory = true });
        ranged.Entries.Count.ShouldBe(30);
        ranged.History.Select(change => change.Revision).ShouldBe(Enumerable.Range(2, 30).Select(i => (long)i));
        Ask<EtcdShard.Following>(new EtcdShard.Follow(1));
        var seen = new List<long>();
        while (seen.Count < 30) seen.AddRange(ExpectMsg<EtcdShard.Changes>(TimeSpan.FromSeconds(20)).Items.Select(change => change.Revision));
        seen.ShouldBe(Enumerable.Range(2, 30).Select(i => (long)i));
    }
}
