using AkkaKube.Wire;

namespace AkkaKube.Client.Requests;

/// <summary>The requests to an API server and its replies, by their names on the wire.</summary>
public static class RequestsWire
{
    /// <summary>The table.</summary>
    public static WireManifest Manifest { get; } = new("api")
    {
        ["get"] = typeof(Get),
        ["list"] = typeof(List),
        ["watch"] = typeof(Watch),
        ["stop-watch"] = typeof(StopWatch),
        ["read-log"] = typeof(ReadLog),
        ["create"] = typeof(Create),
        ["update"] = typeof(Update),
        ["patch"] = typeof(Patch),
        ["delete"] = typeof(Delete),
        ["delete-collection"] = typeof(DeleteCollection),
        ["succeeded"] = typeof(Succeeded),
        ["failed"] = typeof(Failed),
        ["listed"] = typeof(Listed),
        ["watch-events"] = typeof(WatchEvents),
        ["watch-ended"] = typeof(WatchEnded),
        ["log-chunk"] = typeof(LogChunk),
    };
}
