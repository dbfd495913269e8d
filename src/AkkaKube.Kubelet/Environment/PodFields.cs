using System.Globalization;
using System.Text;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;

namespace AkkaKube.Kubelet.Environment;

/// <summary>What of a pod and of its containers' resources a container may see (the downward API).</summary>
internal static class PodFields
{
    /// <summary>The value of a fieldRef; null where the path names no field that may be seen.</summary>
    public static string? Of(string path, Pod pod, PodPlace place) => path switch
    {
        "metadata.name" => pod.Metadata.Name ?? "",
        "metadata.namespace" => pod.Metadata.Namespace ?? "",
        "metadata.uid" => pod.Metadata.Uid ?? "",
        "metadata.labels" => Lines(pod.Metadata.Labels),
        "metadata.annotations" => Lines(pod.Metadata.Annotations),
        "spec.nodeName" => pod.Spec.NodeName ?? "",
        "spec.serviceAccountName" => pod.Spec.ServiceAccountName ?? "",
        "status.hostIP" or "status.hostIPs" => place.HostIp,
        "status.podIP" or "status.podIPs" => place.PodIp ?? "",
        _ => Subscript(path, "metadata.labels", pod.Metadata.Labels) ?? Subscript(path, "metadata.annotations", pod.Metadata.Annotations),
    };

    /// <summary>The value of a resourceFieldRef: a number of divisors, rounded up. A limit that is not set is what the node has.</summary>
    public static string? Of(ResourceFieldSelector selector, Container container, PodPlace place)
    {
        var (kind, name) = selector.Resource.Split('.', 2) is [var k, var n] ? (k, n) : ("", "");
        if (kind is not ("limits" or "requests")) return null;
        var set = kind == "limits" ? container.Resources.Limits : container.Resources.Requests;
        var isCpu = name == "cpu";
        if (!set.TryGetValue(name, out var value) && (kind != "limits" || !place.Allocatable.TryGetValue(name, out value))) return "0";
        var divisor = selector.Divisor is { MilliValue: > 0 } given ? given : Quantity.Parse("1");
        var amount = isCpu ? CeilDivide(value.MilliValue, divisor.MilliValue) : CeilDivide(value.Value, Math.Max(1, divisor.Value));
        return amount.ToString(CultureInfo.InvariantCulture);
    }

    private static long CeilDivide(long value, long by) => (value + by - 1) / by;

    private static string? Subscript(string path, string field, ValueMap<string> map)
    {
        if (!path.StartsWith(field + "['", StringComparison.Ordinal) || !path.EndsWith("']", StringComparison.Ordinal)) return null;
        return map.TryGetValue(path[(field.Length + 2)..^2], out var value) ? value : "";
    }

    private static string Lines(ValueMap<string> map) =>
        string.Join('\n', map.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => $"{e.Key}={Quoted(e.Value)}"));

    private static string Quoted(string value)
    {
        var text = new StringBuilder("\"");
        foreach (var c in value)
            text.Append(c switch { '"' => "\\\"", '\\' => "\\\\", '\n' => "\\n", '\r' => "\\r", '\t' => "\\t", _ => c.ToString() });
        return text.Append('"').ToString();
    }
}

/// <summary>Where a pod is: what its containers may learn about its surroundings.</summary>
internal sealed record PodPlace(string HostIp, string? PodIp, ValueMap<Quantity> Allocatable);
