using Akka.Configuration;

namespace AkkaKube.Fabric;

/// <summary>The section <c>akkakube.fabric</c>.</summary>
/// <param name="Latency">How long a segment travels.</param>
/// <param name="Window">Bytes an end may send ahead of the receiver.</param>
/// <param name="ConnectTimeout">When a connection that nobody answers is given up.</param>
public sealed record FabricSettings(TimeSpan Latency, int Window, TimeSpan ConnectTimeout)
{
    /// <summary>Reads the settings of <paramref name="config"/>.</summary>
    public static FabricSettings From(Config config) => new(
        config.GetTimeSpan("akkakube.fabric.latency"),
        (int)config.GetByteSize("akkakube.fabric.window")!.Value,
        config.GetTimeSpan("akkakube.fabric.connect-timeout"));
}
