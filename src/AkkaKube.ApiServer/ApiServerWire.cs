using AkkaKube.ApiServer.Services;
using AkkaKube.Wire;

namespace AkkaKube.ApiServer;

/// <summary>What is asked of an API server besides the requests of its clients, by its names on the wire.</summary>
public static class ApiServerWire
{
    /// <summary>The table.</summary>
    public static WireManifest Manifest { get; } = new("apiserver")
    {
        ["get-readiness"] = typeof(ApiServerActor.GetReadiness),
        ["await-readiness"] = typeof(ApiServerActor.AwaitReadiness),
        ["readiness"] = typeof(ApiServerActor.Readiness),
        ["who-writes-services"] = typeof(ServiceWriter.WhoIsThere),
        ["writes-services"] = typeof(ServiceWriter.Here),
        ["finish-services"] = typeof(ServiceWriter.Finish),
    };
}
