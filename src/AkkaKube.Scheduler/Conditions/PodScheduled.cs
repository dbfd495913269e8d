using System.Buffers;
using System.Globalization;
using System.Text.Json;
using AkkaKube.Api.Core.V1;

namespace AkkaKube.Scheduler.Conditions;

/// <summary>The condition PodScheduled of a pod that fits nowhere.</summary>
internal static class PodScheduled
{
    private const string Reason = "Unschedulable";

    /// <summary>A patch of the pod's status; null where it says so already.</summary>
    public static ReadOnlyMemory<byte>? Patch(Pod pod, string message, DateTimeOffset now)
    {
        var known = pod.Status.Conditions.FirstOrDefault(c => c.Type == "PodScheduled");
        if (known is { Status: "False", Reason: Reason } && known.Message == message) return null;
        var since = known is { Status: "False", LastTransitionTime: { } time } ? time : now;

        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("status");
            writer.WriteStartArray("conditions");
            writer.WriteStartObject();
            writer.WriteString("type", "PodScheduled");
            writer.WriteString("status", "False");
            writer.WriteString("reason", Reason);
            writer.WriteString("message", message);
            writer.WriteString("lastTransitionTime", since.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
            if (pod.Metadata.Generation > 0) writer.WriteNumber("observedGeneration", pod.Metadata.Generation);
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
