using AkkaKube.Etcd;
using AkkaKube.Persistence;

namespace AkkaKube.Host.Composition;

/// <summary>What the etcd shards leave in the journal.</summary>
internal static class EtcdEventCodec
{
    public static IEventCodec Create() => new EventCodecs(
        EventCodecs.Entry.Of<ChangeBatch>(EtcdCodec.BatchManifest, EtcdCodec.Encode, EtcdCodec.DecodeBatch),
        EventCodecs.Entry.Of<ShardSnapshot>(EtcdCodec.SnapshotManifest, EtcdCodec.Encode, EtcdCodec.DecodeSnapshot));
}
