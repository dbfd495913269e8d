using System.Text.Json;
using AkkaKube.EndToEnd.Tests.Harness;

namespace AkkaKube.EndToEnd.Tests.Cluster;

/// <summary>What of a pod stays the same as long as nobody starts it again.</summary>
public sealed record PodIdentity(string Name, string Uid, string Node, string Address, string Container, string Started, int Restarts)
{
    /// <summary>The pods with a label, by name.</summary>
    public static async Task<IReadOnlyList<PodIdentity>> Of(Kubectl kubectl, string selector)
    {
        var list = await kubectl.Json($"get pods -l {selector}");
        return [.. list.GetProperty("items").EnumerateArray().Select(One).OrderBy(pod => pod.Name, StringComparer.Ordinal)];
    }

    private static PodIdentity One(JsonElement pod)
    {
        var (metadata, status) = (pod.GetProperty("metadata"), pod.GetProperty("status"));
        var container = status.GetProperty("containerStatuses")[0];
        return new PodIdentity(
            metadata.GetProperty("name").GetString()!,
            metadata.GetProperty("uid").GetString()!,
            pod.GetProperty("spec").GetProperty("nodeName").GetString()!,
            status.GetProperty("podIP").GetString()!,
            container.GetProperty("containerID").GetString()!,
            container.GetProperty("state").GetProperty("running").GetProperty("startedAt").GetString()!,
            container.GetProperty("restartCount").GetInt32());
    }
}
