using Akka.Actor;
using Akka.TestKit;
using AkkaKube.Tests;
using FsCheck;
using FsCheck.Fluent;

namespace AkkaKube.Etcd.Tests.Proxy;

/// <summary>Random schedules of writes, reads, follows, moves, crashes, lost leases and lost messages, against a model of the shard.</summary>
public sealed class MovingShardProperties : VirtualTime
{
    private enum Step { Put, Get, Revision, NewFollower, HandOver, Crash, LoseLease, LoseMessages, Heal, Wait, LongWait }

    private static readonly EtcdSettings Settings = EtcdSettings.From(ReferenceConf.With());
    private readonly List<(TestProbe Probe, long From, List<long> Seen)> _followers = [];
    private ModelShard.World _world = new(0);
    private IActorRef _proxy = ActorRefs.Nobody;
    private TestProbe _client = null!;
    private int _asked;

    private static readonly Gen<Step> Steps = Gen.Frequency(
        (8, Gen.Constant(Step.Put)), (3, Gen.Constant(Step.Get)), (3, Gen.Constant(Step.Revision)), (1, Gen.Constant(Step.NewFollower)),
        (2, Gen.Constant(Step.HandOver)), (2, Gen.Constant(Step.Crash)), (1, Gen.Constant(Step.LoseLease)), (1, Gen.Constant(Step.LoseMessages)),
        (2, Gen.Constant(Step.Heal)), (4, Gen.Constant(Step.Wait)), (1, Gen.Constant(Step.LongWait)));

    [Fact]
    public void Followers_see_every_revision_once_and_in_order_and_every_question_is_answered_once() =>
        Prop.ForAll(
            Steps.ListOf().SelectMany(steps => Gen.Choose(0, int.MaxValue - 1).Select(seed => (Steps: steps.ToList(), Seed: seed))).ToArbitrary(),
            run => Run(run.Steps, run.Seed)).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(60));

    private void Run(IReadOnlyList<Step> steps, int seed)
    {
        _world = new ModelShard.World(seed);
        _followers.Clear();
        _asked = 0;
        _client = CreateTestProbe();
        var region = Sys.ActorOf(Props.Create(() => new ModelShard.Region(_world)));
        Start();
        _proxy = Sys.ActorOf(ShardProxy.Props("pods", region, Settings, NoViews.Instance));
        Do(Step.NewFollower);
        foreach (var step in steps)
        {
            Do(step);
            Advance();
            Look();
        }
        Do(Step.Heal);
        Advance(60);
        Look();
        Advance(5);
        Look();

        foreach (var (_, from, seen) in _followers) seen.ShouldBe(Enumerable.Range((int)from + 1, (int)(_world.Revision - from)).Select(revision => (long)revision));
        var replies = _client.ReceiveWhile<EtcdShard.Reply>(TimeSpan.Zero, message => (EtcdShard.Reply)message).ToList();
        replies.Select(reply => (int)reply.Tag!).Order().ShouldBe(Enumerable.Range(1, _asked));
        var texts = _world.Log.Select(change => BitConverter.ToInt32(change.Value.Span)).ToList();
        texts.ShouldBeUnique();
        foreach (var written in replies.OfType<EtcdShard.Written>()) BitConverter.ToInt32(_world.Log[(int)written.Change.Revision - 2].Value.Span).ShouldBe((int)written.Tag!);
        foreach (var refused in replies.OfType<EtcdShard.Conflict>()) texts.ShouldNotContain((int)refused.Tag!);
        Sys.Stop(_proxy);
        Sys.Stop(region);
        Sys.Stop(_world.Owner);
        Advance();
    }

    private void Start() => _world.Owner = Sys.ActorOf(Props.Create(() => new ModelShard(_world)));

    private void Do(Step step)
    {
        switch (step)
        {
            case Step.Put:
                var key = $"key-{_world.Random.Next(3)}";
                _client.Send(_proxy, new EtcdShard.Put(key, BitConverter.GetBytes(_asked + 1), _world.RevisionOf(key)) { Tag = ++_asked });
                break;
            case Step.Get: _client.Send(_proxy, new EtcdShard.Get("key-0") { Tag = ++_asked }); break;
            case Step.Revision: _followers[_world.Random.Next(_followers.Count)].Probe.Send(_proxy, new EtcdShard.GetRevision()); break;
            case Step.NewFollower:
                var follower = (Probe: CreateTestProbe(), From: _world.Random.NextInt64(1, _world.Revision + 1), Seen: new List<long>());
                _followers.Add(follower);
                follower.Probe.Send(_proxy, new EtcdShard.Follow(follower.From) { Tag = "follow" });
                break;
            case Step.HandOver: _world.Owner.Tell(new EtcdShard.HandOver()); Advance(); Start(); break;
            case Step.Crash: Sys.Stop(_world.Owner); Advance(); Start(); break;
            case Step.LoseLease: _world.IsCurrent = false; break;
            case Step.LoseMessages: _world.Loss = 4; break;
            case Step.Heal: (_world.IsCurrent, _world.Loss) = (true, 0); break;
            case Step.Wait: Advance(0.3); break;
            case Step.LongWait: Advance(5); break;
        }
    }

    /// <summary>What followers got so far. An answer to 'which revision' comes after the changes up to it.</summary>
    private void Look()
    {
        foreach (var (probe, from, seen) in _followers)
        {
            while (probe.HasMessages)
            {
                switch (probe.ReceiveOne(TimeSpan.Zero))
                {
                    case EtcdShard.Changes changes: seen.AddRange(changes.Items.Select(change => change.Revision)); break;
                    case EtcdShard.AtRevision at: at.Revision.ShouldBeLessThanOrEqualTo(seen.Count == 0 ? from : seen[^1]); break;
                    case EtcdShard.Unavailable { Tag: "follow" }: probe.Send(_proxy, new EtcdShard.Follow(from) { Tag = "follow" }); break;
                }
            }
        }
    }
}
