using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using AkkaKube.Api;
using AkkaKube.ApiServer.WatchCache;
using AkkaKube.Client.Requests;
using AkkaKube.Etcd;
using AkkaKube.Tests;

namespace AkkaKube.ApiServer.Tests.WatchCache;

public sealed class LostQuestionTests() : TestKit(ReferenceConf.With("akkakube.seed = 1"))
{
    [Fact]
    public void A_shard_that_died_while_it_recovered_is_followed_and_asked_again()
    {
        var (first, second) = (CreateTestProbe(), CreateTestProbe());
        var cache = Sys.ActorOf(WatchCacheActor.Props(ServedResources.Find(GroupVersionResource.ConfigMaps)!, first, ApiServerSettings.From(Sys.Settings.Config)));
        first.ExpectMsg<EtcdShard.Range>();
        cache.Tell(new EtcdShard.Ranged(null, [], 1), first);
        first.ExpectMsg<EtcdShard.Follow>();
        cache.Tell(new EtcdShard.Following(null, 1), second);
        cache.Tell(new List(GroupVersionResource.ConfigMaps) { User = new UserInfo("me", []) }, TestActor);
        first.ExpectMsg<EtcdShard.GetRevision>();

        // The question dies with the shard, and so does the first try to follow it again.
        Sys.Stop(second);
        first.ExpectMsg<EtcdShard.Follow>();
        first.ExpectMsg<EtcdShard.Follow>();
        cache.Tell(new EtcdShard.Following(null, 1), CreateTestProbe());
        var again = first.FishForMessage<EtcdShard.GetRevision>(_ => true);
        cache.Tell(new EtcdShard.AtRevision(again.Tag, 1), first);
        ExpectMsg<Listed>(listed => listed.ResourceVersion.ShouldBe(1));
    }
}
