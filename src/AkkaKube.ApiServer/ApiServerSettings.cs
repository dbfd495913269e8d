using Akka.Configuration;

namespace AkkaKube.ApiServer;

/// <summary>The settings of the API server (<c>akkakube.apiserver</c>).</summary>
public sealed record ApiServerSettings
{
    /// <summary>How many actors share the single-object requests; one object's requests always go to the same.</summary>
    public required int Workers { get; init; }

    /// <summary>How many changes a watch cache remembers.</summary>
    public required int HistoryEvents { get; init; }

    /// <summary>How many bytes of changes it remembers.</summary>
    public required long HistoryBytes { get; init; }

    /// <summary>How often watches that want it are told how far they have come.</summary>
    public required TimeSpan BookmarkInterval { get; init; }

    /// <summary>How long a read waits for a revision that is not there yet.</summary>
    public required TimeSpan FreshnessTimeout { get; init; }

    /// <summary>The wait before a cache asks a failed shard again.</summary>
    public required TimeSpan RetryInterval { get; init; }

    /// <summary>A request that is not done by then is answered with a timeout.</summary>
    public required TimeSpan RequestTimeout { get; init; }

    /// <summary>The largest body of a request, in bytes.</summary>
    public required long BodyLimit { get; init; }

    /// <summary>A TLS handshake that is not done by then is dropped.</summary>
    public required TimeSpan HandshakeTimeout { get; init; }

    /// <summary>A watch without timeoutSeconds lasts once to twice this.</summary>
    public required TimeSpan WatchTimeout { get; init; }

    /// <summary>How many replies may wait for a client that reads its watch slowly, before it is dropped.</summary>
    public required int WatchBuffer { get; init; }

    /// <summary>How long a stopping server waits for its requests.</summary>
    public required TimeSpan ShutdownTimeout { get; init; }

    /// <summary>The range of the Services' cluster addresses, in CIDR form.</summary>
    public required string ServiceRange { get; init; }

    /// <summary>The first node port.</summary>
    public required int NodePortMin { get; init; }

    /// <summary>The last node port.</summary>
    public required int NodePortMax { get; init; }

    /// <summary>How long a write of a Service waits for the one that writes them all, where that may be on another host.</summary>
    public required TimeSpan ServiceWriterTimeout { get; init; }

    /// <summary>Reads the section <c>akkakube.apiserver</c>.</summary>
    public static ApiServerSettings From(Config config)
    {
        var section = config.GetConfig("akkakube.apiserver");
        return new ApiServerSettings
        {
            Workers = section.GetInt("workers"),
            HistoryEvents = section.GetInt("history-events"),
            HistoryBytes = section.GetByteSize("history-bytes") ?? 0,
            BookmarkInterval = section.GetTimeSpan("bookmark-interval"),
            FreshnessTimeout = section.GetTimeSpan("freshness-timeout"),
            RetryInterval = section.GetTimeSpan("retry-interval"),
            RequestTimeout = section.GetTimeSpan("request-timeout"),
            BodyLimit = section.GetByteSize("body-limit") ?? 0,
            HandshakeTimeout = section.GetTimeSpan("handshake-timeout"),
            WatchTimeout = section.GetTimeSpan("watch-timeout"),
            WatchBuffer = section.GetInt("watch-buffer"),
            ShutdownTimeout = section.GetTimeSpan("shutdown-timeout"),
            ServiceRange = section.GetString("service-range"),
            NodePortMin = section.GetInt("node-port-min"),
            NodePortMax = section.GetInt("node-port-max"),
            ServiceWriterTimeout = section.GetTimeSpan("service-writer-timeout"),
        };
    }
}
