using Akka.Configuration;

namespace AkkaKube.Etcd;

/// <summary>The settings of the etcd shards (<c>akkakube.etcd</c>).</summary>
public sealed record EtcdSettings
{
    /// <summary>How many changes a shard remembers for followers that come back.</summary>
    public required int HistoryChanges { get; init; }

    /// <summary>How many bytes of changes it remembers.</summary>
    public required long HistoryBytes { get; init; }

    /// <summary>Changes older than once to twice this are forgotten.</summary>
    public required TimeSpan CompactInterval { get; init; }

    /// <summary>The most changes in one journal write.</summary>
    public required int BatchChanges { get; init; }

    /// <summary>The most bytes in one journal write.</summary>
    public required long BatchBytes { get; init; }

    /// <summary>A snapshot is taken after so many journaled bytes, or as many as the shard holds, whichever is more.</summary>
    public required long SnapshotBytes { get; init; }

    /// <summary>The first wait before a failed shard starts again; it doubles each time.</summary>
    public required TimeSpan RestartMin { get; init; }

    /// <summary>The longest wait before a failed shard starts again.</summary>
    public required TimeSpan RestartMax { get; init; }

    /// <summary>... where shards move from host to host: others wait for it.</summary>
    public required TimeSpan MoveRestartMax { get; init; }

    /// <summary>About how many bytes of a long answer go into one message between hosts.</summary>
    public required int PartBytes { get; init; }

    /// <summary>A command that no shard answered by then is answered <see cref="EtcdShard.Unavailable"/>.</summary>
    public required TimeSpan ProxyTimeout { get; init; }

    /// <summary>A read that is not answered is asked again after this.</summary>
    public required TimeSpan ProxyAskAgain { get; init; }

    /// <summary>How often a shard that is not known is looked for.</summary>
    public required TimeSpan ProxyLookInterval { get; init; }

    /// <summary>How often a shard that is known is asked whether it is still there.</summary>
    public required TimeSpan ProxyRenewInterval { get; init; }

    /// <summary>Reads the section <c>akkakube.etcd</c>.</summary>
    public static EtcdSettings From(Config config)
    {
        var section = config.GetConfig("akkakube.etcd");
        return new EtcdSettings
        {
            HistoryChanges = section.GetInt("history-changes"),
            HistoryBytes = section.GetByteSize("history-bytes") ?? 0,
            CompactInterval = section.GetTimeSpan("compact-interval"),
            BatchChanges = section.GetInt("batch-changes"),
            BatchBytes = section.GetByteSize("batch-bytes") ?? 0,
            SnapshotBytes = section.GetByteSize("snapshot-bytes") ?? 0,
            RestartMin = section.GetTimeSpan("restart-min"),
            RestartMax = section.GetTimeSpan("restart-max"),
            MoveRestartMax = section.GetTimeSpan("move-restart-max"),
            PartBytes = (int)(section.GetByteSize("part-bytes") ?? 0),
            ProxyTimeout = section.GetTimeSpan("proxy-timeout"),
            ProxyAskAgain = section.GetTimeSpan("proxy-ask-again"),
            ProxyLookInterval = section.GetTimeSpan("proxy-look-interval"),
            ProxyRenewInterval = section.GetTimeSpan("proxy-renew-interval"),
        };
    }
}
