using Akka.Configuration;

namespace Akka.Remote;

/// <summary>The settings of <c>akka.remote</c>.</summary>
internal sealed record RemoteSettings(
    string TransportClass,
    Config TransportConfig,
    TimeSpan ConnectionTimeout,
    int MaximumFrameSize,
    TimeSpan RetryGateClosedFor,
    TimeSpan ResumeWithin,
    int OutboundQueueSize,
    TimeSpan ResendInterval,
    int SystemMessageBufferSize,
    TimeSpan SystemMessageDeliveryTimeout,
    TimeSpan FlushWait,
    bool LogLifecycleEvents,
    Config WatchFailureDetector)
{
    public static RemoteSettings From(Config config)
    {
        var remote = config.GetConfig("akka.remote");
        var section = remote.GetStringList("enabled-transports").FirstOrDefault()
            ?? throw new ConfigurationException("akka.remote.enabled-transports is empty; name the section of a transport, e.g. \"akka.remote.dot-netty.tcp\"");
        var transport = config.GetConfig(section) ?? throw new ConfigurationException($"There is no section '{section}', named in akka.remote.enabled-transports");
        return new RemoteSettings(
            transport.GetString("transport-class") ?? throw new ConfigurationException($"{section}.transport-class is missing"),
            transport,
            transport.GetTimeSpan("connection-timeout", TimeSpan.FromSeconds(15), allowInfinite: false),
            (int)Math.Min(int.MaxValue / 2, transport.GetByteSize("maximum-frame-size", 128_000)!.Value),
            remote.GetTimeSpan("retry-gate-closed-for", allowInfinite: false),
            remote.GetTimeSpan("resume-within", allowInfinite: false),
            remote.GetInt("outbound-message-queue-size"),
            remote.GetTimeSpan("resend-interval", allowInfinite: false),
            remote.GetInt("system-message-buffer-size"),
            remote.GetTimeSpan("initial-system-message-delivery-timeout", allowInfinite: false),
            remote.GetTimeSpan("flush-wait-on-shutdown", allowInfinite: false),
            remote.GetString("log-remote-lifecycle-events") is not ("off" or "false" or "no"),
            remote.GetConfig("watch-failure-detector"));
    }
}
