using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Serialization;

namespace Akka.Cluster.Tests.Sharding;

/// <summary>What goes between regions of two hosts comes out as it went in.</summary>
public class ClusterShardingMessageSerializerTests() : TestKit.Xunit2.TestKit(ClusterSharding.DefaultConfig())
{
    private static readonly ShardRegionStats Stats = new(ImmutableDictionary<string, int>.Empty.Add("7", 3).Add("ä", 0), ImmutableHashSet.Create("9"));

    private static readonly Dictionary<string, object> Messages = new object[]
    {
        new ShardingEnvelope("e", "text"),
        new RegionProtocol.Hello(-5),
        new RegionProtocol.Owned(int.MinValue, "7", long.MaxValue),
        new RegionProtocol.HandOff("7", 4),
        new RegionProtocol.HandOffAck("7", 4),
        new RegionProtocol.TakeShard("7", 0),
        new ShardRegion.StartEntity("e"),
        new ShardRegion.StartEntityAck("e", "7"),
        GetShardRegionStats.Instance,
        Stats,
        new GetClusterShardingStats(TimeSpan.FromSeconds(2)),
        new ClusterShardingStats(ImmutableDictionary<Address, ShardRegionStats>.Empty.Add(Address.Parse("akka.ssl.tcp://a@10.0.0.1:7100"), Stats)),
        GetCurrentRegions.Instance,
        new CurrentRegions(ImmutableHashSet.Create(Address.Parse("akka.ssl.tcp://a@10.0.0.1:7100"))),
        GetShardRegionState.Instance,
        new CurrentShardRegionState(ImmutableHashSet.Create(new ShardState("7", ImmutableHashSet.Create("e", "f"))), ImmutableHashSet.Create("9")),
        new RegionProtocol.Welcome(5, true, [new("7", 4), new("8", 1)]),
    }.ToDictionary(static m => m.GetType().Name);

    public static TheoryData<string> Names => [.. Messages.Keys];

    private object ThereAndBack(object message, params byte[] more)
    {
        var serializer = (SerializerWithStringManifest)((ExtendedActorSystem)Sys).Serialization.FindSerializerFor(message);
        return serializer.FromBinary([.. serializer.ToBinary(message), .. more], serializer.Manifest(message));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Comes_out_as_it_went_in(string name) => AreSame(ThereAndBack(Messages[name]), Messages[name]);

    [Theory]
    [MemberData(nameof(Names))]
    public void What_a_newer_version_has_added_is_passed_over(string name) => AreSame(ThereAndBack(Messages[name], 1, 2, 3), Messages[name]);

    [Fact]
    public void Every_message_of_sharding_is_among_them() => typeof(ClusterSharding).Assembly.GetTypes()
        .Where(static t => typeof(IClusterShardingSerializable).IsAssignableFrom(t) && t is { IsInterface: false, IsAbstract: false })
        .Except([typeof(ShardState)]) // only within CurrentShardRegionState
        .Select(static t => t.Name).Except(Messages.Keys).ShouldBeEmpty();

    private static void AreSame(object actual, object expected)
    {
        if (expected is RegionProtocol.Welcome welcome)
        {
            var other = actual.ShouldBeOfType<RegionProtocol.Welcome>();
            (other.Uid, other.Closing).ShouldBe((welcome.Uid, welcome.Closing));
            other.Shards.ShouldBe(welcome.Shards);
        }
        else
        {
            actual.ShouldBe(expected);
        }
    }
}
