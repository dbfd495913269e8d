using AkkaKube.Wire;

namespace AkkaKube.Etcd;

/// <summary>The messages of the etcd shards that cross host boundaries, by their names on the wire.</summary>
public static class EtcdWire
{
    /// <summary>The table.</summary>
    public static WireManifest Manifest { get; } = new("etcd")
    {
        ["to-shard"] = typeof(EtcdEntity.ToShard),
        ["get-shard"] = typeof(EtcdActor.GetShard),
        ["shard"] = typeof(EtcdActor.Shard),
        ["open"] = typeof(EtcdShard.Open),
        ["opened"] = typeof(EtcdShard.Opened),
        ["put"] = typeof(EtcdShard.Put),
        ["delete"] = typeof(EtcdShard.Delete),
        ["written"] = typeof(EtcdShard.Written),
        ["conflict"] = typeof(EtcdShard.Conflict),
        ["not-claimed"] = typeof(EtcdShard.NotClaimed),
        ["unavailable"] = typeof(EtcdShard.Unavailable),
        ["get"] = typeof(EtcdShard.Get),
        ["found"] = typeof(EtcdShard.Found),
        ["range"] = typeof(EtcdShard.Range),
        ["next-part"] = typeof(EtcdShard.NextPart),
        ["part"] = typeof(EtcdShard.Part),
        ["ranged"] = typeof(EtcdShard.Ranged),
        ["get-revision"] = typeof(EtcdShard.GetRevision),
        ["at-revision"] = typeof(EtcdShard.AtRevision),
        ["follow"] = typeof(EtcdShard.Follow),
        ["following"] = typeof(EtcdShard.Following),
        ["changes"] = typeof(EtcdShard.Changes),
        ["compacted"] = typeof(EtcdShard.Compacted),
        ["unfollow"] = typeof(EtcdShard.Unfollow),
        ["follow-ended"] = typeof(EtcdShard.FollowEnded),
        ["compact"] = typeof(EtcdShard.Compact),
        ["hand-over"] = typeof(EtcdShard.HandOver),
        ["handed-over"] = typeof(EtcdShard.HandedOver),
    };
}
