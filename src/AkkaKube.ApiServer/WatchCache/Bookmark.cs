using System.Globalization;
using System.Text;
using AkkaKube.Api;
using AkkaKube.Client.Requests;

namespace AkkaKube.ApiServer.WatchCache;

/// <summary>The event that tells a watcher how far it has come.</summary>
internal static class Bookmark
{
    private const string EndOfInitialEvents = "\"annotations\":{\"k8s.io/initial-events-end\":\"true\"}";

    public static WatchEvent Of(ResourceType type, long revision, bool endOfInitialEvents)
    {
        var json = string.Create(CultureInfo.InvariantCulture, $"{{\"kind\":\"{type.Kind}\",\"apiVersion\":\"{type.Resource.ApiVersion}\",\"metadata\":{{\"resourceVersion\":\"{revision}\"{(endOfInitialEvents ? "," + EndOfInitialEvents : "")}}}}}");
        return new WatchEvent(WatchEventType.Bookmark, new ApiObject(Encoding.UTF8.GetBytes(json), new ObjectKey(null, ""), revision));
    }
}
