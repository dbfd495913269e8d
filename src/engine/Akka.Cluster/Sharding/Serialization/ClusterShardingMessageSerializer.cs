using System.Collections.Immutable;
using Akka.Actor;
using Akka.Serialization;

namespace Akka.Cluster.Sharding.Serialization;

/// <summary>The messages of sharding, each under a short name; fields are only ever added at the end, so that hosts of two versions understand each other.</summary>
internal sealed class ClusterShardingMessageSerializer(ExtendedActorSystem system) : WireSerializer(system)
{
    public override string ManifestOf(object message) => message switch
    {
        ShardingEnvelope => "a",
        RegionProtocol.Hello => "RH",
        RegionProtocol.Welcome => "RW",
        RegionProtocol.Owned => "RO",
        RegionProtocol.HandOff => "RB",
        RegionProtocol.HandOffAck => "RA",
        RegionProtocol.TakeShard => "RT",
        ShardRegion.StartEntity => "EA",
        ShardRegion.StartEntityAck => "EB",
        GetShardRegionStats => "DA",
        ShardRegionStats => "DB",
        GetClusterShardingStats => "DC",
        ClusterShardingStats => "DD",
        GetCurrentRegions => "DE",
        CurrentRegions => "DF",
        GetShardRegionState => "FA",
        CurrentShardRegionState => "FB",
        _ => throw Unknown(message),
    };

    public override void Write(object message, WireBuffer to)
    {
        switch (message)
        {
            case ShardingEnvelope envelope:
                to.WriteText(envelope.EntityId);
                Payload.Write(system.Serialization, envelope.Message, to);
                break;
            case RegionProtocol.Hello hello:
                to.WriteSigned(hello.Uid);
                break;
            case RegionProtocol.Welcome welcome:
                to.WriteSigned(welcome.Uid);
                to.WriteByte(welcome.Closing ? (byte)1 : (byte)0);
                to.WriteNumber((ulong)welcome.Shards.Count);
                foreach (var (shard, epoch) in welcome.Shards) WriteShard(shard, epoch, to);
                break;
            case RegionProtocol.Owned owned:
                to.WriteSigned(owned.Uid);
                WriteShard(owned.Shard, owned.Epoch, to);
                break;
            case RegionProtocol.HandOff handOff:
                WriteShard(handOff.Shard, handOff.Epoch, to);
                break;
            case RegionProtocol.HandOffAck ack:
                WriteShard(ack.Shard, ack.Epoch, to);
                break;
            case RegionProtocol.TakeShard take:
                WriteShard(take.Shard, take.Epoch, to);
                break;
            case ShardRegion.StartEntity start:
                to.WriteText(start.EntityId);
                break;
            case ShardRegion.StartEntityAck ack:
                to.WriteText(ack.EntityId);
                to.WriteText(ack.ShardId);
                break;
            case ShardRegionStats stats:
                WriteStats(stats, to);
                break;
            case GetClusterShardingStats get:
                to.WriteSigned(get.Timeout.Ticks);
                break;
            case ClusterShardingStats stats:
                to.WriteNumber((ulong)stats.Regions.Count);
                foreach (var (address, region) in stats.Regions)
                {
                    to.WriteText(address.ToString());
                    WriteStats(region, to);
                }

                break;
            case CurrentRegions regions:
                to.WriteNumber((ulong)regions.Regions.Count);
                foreach (var address in regions.Regions) to.WriteText(address.ToString());
                break;
            case CurrentShardRegionState state:
                to.WriteNumber((ulong)state.Shards.Count);
                foreach (var shard in state.Shards)
                {
                    to.WriteText(shard.ShardId);
                    WriteTexts(shard.EntityIds, to);
                }

                WriteTexts(state.Failed, to);
                break;
        }
    }

    public override object Read(ReadOnlySpan<byte> bytes, string manifest)
    {
        var from = new WireReader(bytes);
        switch (manifest)
        {
            case "a":
                var entity = from.ReadText();
                return new ShardingEnvelope(entity, Payload.Read(system.Serialization, ref from));
            case "RH":
                return new RegionProtocol.Hello(ReadUid(ref from));
            case "RW":
                var (uid, closing) = (ReadUid(ref from), from.ReadByte() == 1);
                var shards = ImmutableList.CreateBuilder<RegionProtocol.OwnedShard>();
                for (var count = from.ReadCount(); count > 0; count--) shards.Add(ReadShard(ref from));
                return new RegionProtocol.Welcome(uid, closing, shards.ToImmutable());
            case "RO":
                var owner = ReadUid(ref from);
                var owned = ReadShard(ref from);
                return new RegionProtocol.Owned(owner, owned.Shard, owned.Epoch);
            case "RB":
                var moving = ReadShard(ref from);
                return new RegionProtocol.HandOff(moving.Shard, moving.Epoch);
            case "RA":
                var kept = ReadShard(ref from);
                return new RegionProtocol.HandOffAck(kept.Shard, kept.Epoch);
            case "RT":
                var free = ReadShard(ref from);
                return new RegionProtocol.TakeShard(free.Shard, free.Epoch);
            case "EA":
                return new ShardRegion.StartEntity(from.ReadText());
            case "EB":
                var started = from.ReadText();
                return new ShardRegion.StartEntityAck(started, from.ReadText());
            case "DA":
                return GetShardRegionStats.Instance;
            case "DB":
                return ReadStats(ref from);
            case "DC":
                return new GetClusterShardingStats(TimeSpan.FromTicks(from.ReadSigned()));
            case "DD":
                var regions = ImmutableDictionary.CreateBuilder<Address, ShardRegionStats>();
                for (var count = from.ReadCount(); count > 0; count--)
                {
                    var address = Address.Parse(from.ReadText());
                    regions[address] = ReadStats(ref from);
                }

                return new ClusterShardingStats(regions.ToImmutable());
            case "DE":
                return GetCurrentRegions.Instance;
            case "DF":
                return new CurrentRegions(ReadTexts(ref from).Select(Address.Parse).ToImmutableHashSet());
            case "FA":
                return GetShardRegionState.Instance;
            case "FB":
                var states = ImmutableHashSet.CreateBuilder<ShardState>();
                for (var count = from.ReadCount(); count > 0; count--)
                {
                    var shard = from.ReadText();
                    states.Add(new ShardState(shard, ReadTexts(ref from)));
                }

                return new CurrentShardRegionState(states.ToImmutable(), ReadTexts(ref from));
            default:
                throw Unknown(manifest);
        }
    }

    private static void WriteShard(string shard, long epoch, WireBuffer to)
    {
        to.WriteText(shard);
        to.WriteSigned(epoch);
    }

    private static RegionProtocol.OwnedShard ReadShard(ref WireReader from)
    {
        var shard = from.ReadText();
        return new RegionProtocol.OwnedShard(shard, from.ReadSigned());
    }

    private static int ReadUid(ref WireReader from) => checked((int)from.ReadSigned());

    private static void WriteTexts(IReadOnlyCollection<string> texts, WireBuffer to)
    {
        to.WriteNumber((ulong)texts.Count);
        foreach (var text in texts) to.WriteText(text);
    }

    private static ImmutableHashSet<string> ReadTexts(ref WireReader from)
    {
        var texts = ImmutableHashSet.CreateBuilder<string>();
        for (var count = from.ReadCount(); count > 0; count--) texts.Add(from.ReadText());
        return texts.ToImmutable();
    }

    private static void WriteStats(ShardRegionStats stats, WireBuffer to)
    {
        to.WriteNumber((ulong)stats.Stats.Count);
        foreach (var (shard, entities) in stats.Stats)
        {
            to.WriteText(shard);
            to.WriteNumber((ulong)entities);
        }

        WriteTexts(stats.Failed, to);
    }

    private static ShardRegionStats ReadStats(ref WireReader from)
    {
        var stats = ImmutableDictionary.CreateBuilder<string, int>();
        for (var count = from.ReadCount(); count > 0; count--)
        {
            var shard = from.ReadText();
            stats[shard] = from.ReadCount();
        }

        return new ShardRegionStats(stats.ToImmutable(), ReadTexts(ref from));
    }
}
