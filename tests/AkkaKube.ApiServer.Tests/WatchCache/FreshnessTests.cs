using Akka.Actor;
using Akka.TestKit;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;
using AkkaKube.Api.Meta.V1;
using AkkaKube.ApiServer.WatchCache;
using AkkaKube.Client.Requests;
using AkkaKube.Etcd;
using AkkaKube.Tests;
using Watch = AkkaKube.Client.Requests.Watch;

namespace AkkaKube.ApiServer.Tests.WatchCache;

/// <summary>A cache whose shard is a probe: what it answers when others are ahead of it, or when answers come late.</summary>
public sealed class FreshnessTests : VirtualTime
{
    private static readonly UserInfo Admin = new("kubernetes-admin", ["system:masters"]);
    private static readonly ApiServerSettings Settings = ApiServerSettings.From(ReferenceConf.With());
    private readonly TestProbe _shard;
    private readonly TestProbe _client;
    private readonly IActorRef _cache;

    public FreshnessTests()
    {
        (_shard, _client) = (CreateTestProbe("shard"), CreateTestProbe("client"));
        _cache = Sys.ActorOf(WatchCacheActor.Props(ServedResources.Find(GroupVersionResource.ConfigMaps)!, _shard.Ref, Settings));
        Advance();
        _shard.ExpectMsg<EtcdShard.Range>();
        Shard(new EtcdShard.Ranged(null, [], 5));
        _shard.ExpectMsg<EtcdShard.Follow>().Revision.ShouldBe(5);
        Shard(new EtcdShard.Following(null, 5));
    }

    private void Shard(object message)
    {
        _shard.Send(_cache, message);
        Advance();
    }

    private void Ask(ApiRequest request)
    {
        _client.Send(_cache, request);
        Advance();
    }

    private void Change(long revision)
    {
        var stored = ApiObject.Of(new ConfigMap { Metadata = new ObjectMeta { Name = $"m{revision}", Namespace = "test", ResourceVersion = revision.ToString() } });
        Shard(new EtcdShard.Changes([new Change($"test/m{revision}", stored.Json, revision, false) { IsCreate = true, View = stored }]));
    }

    private static List Everything(string? resourceVersion = null) => new(GroupVersionResource.ConfigMaps) { User = Admin, ResourceVersion = resourceVersion };

    private static Watch From(string resourceVersion) => new(GroupVersionResource.ConfigMaps) { User = Admin, ResourceVersion = resourceVersion, Acknowledge = true };

    [Fact]
    public void A_watch_from_a_revision_that_another_host_knows_already_waits_for_it()
    {
        Ask(From("7"));
        Change(6);
        _client.HasMessages.ShouldBeFalse();
        Change(7);
        _client.ExpectMsg<WatchEvents>().Events.ShouldBeEmpty();
        Change(8);
        _client.ExpectMsg<WatchEvents>().Events.Single().Object.ResourceVersion.ShouldBe(8);
    }

    [Fact]
    public void A_watch_from_a_revision_that_does_not_come_is_told_so()
    {
        Ask(From("7"));
        Advance(2.9);
        _client.HasMessages.ShouldBeFalse();
        Advance(0.2);
        var status = _client.ExpectMsg<Failed>().Status;
        (status.Code, status.Reason).ShouldBe((504, "Timeout"));
        status.Message.ShouldStartWith("Timeout: Too large resource version: 7, current: 5");
    }

    [Fact]
    public void Two_who_wait_for_the_same_revision_are_both_told()
    {
        Ask(Everything("7"));
        Ask(Everything("7"));
        Advance(3.1);
        _client.ExpectMsg<Failed>();
        _client.ExpectMsg<Failed>();
    }

    [Fact]
    public void A_list_waits_for_the_changes_up_to_the_revision_that_the_shard_says()
    {
        Ask(Everything());
        Shard(new EtcdShard.AtRevision(_shard.ExpectMsg<EtcdShard.GetRevision>().Tag, 6));
        _client.HasMessages.ShouldBeFalse();
        Change(6);
        _client.ExpectMsg<Listed>().ResourceVersion.ShouldBe(6);
    }

    [Fact]
    public void An_answer_to_a_question_that_was_given_up_serves_nobody_who_asked_later()
    {
        Ask(Everything());
        var first = _shard.ExpectMsg<EtcdShard.GetRevision>();
        Shard(new EtcdShard.Unavailable(first.Tag, "moving"));
        _client.ExpectMsg<Failed>().Status.Code.ShouldBe(503);
        Ask(Everything());
        var second = _shard.ExpectMsg<EtcdShard.GetRevision>();
        Shard(new EtcdShard.AtRevision(first.Tag, 5));
        _client.HasMessages.ShouldBeFalse();
        Shard(new EtcdShard.AtRevision(second.Tag, 5));
        _client.ExpectMsg<Listed>();
    }

    [Fact]
    public void A_follow_that_ended_goes_on_where_the_cache_is()
    {
        Change(6);
        Shard(new EtcdShard.FollowEnded());
        _shard.ExpectMsg<EtcdShard.Follow>().Revision.ShouldBe(6);
        Shard(new EtcdShard.Unavailable(null, "moving"));
        Advance(0.2);
        _shard.ExpectMsg<EtcdShard.Follow>().Revision.ShouldBe(6);
    }
}
