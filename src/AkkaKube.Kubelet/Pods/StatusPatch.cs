using System.Buffers;
using System.Text.Json;
using AkkaKube.Api;
using AkkaKube.Api.Core.V1;

namespace AkkaKube.Kubelet.Pods;

/// <summary>The strategic merge patch that turns one status of a pod into another: only the fields that differ.</summary>
internal static class StatusPatch
{
    /// <summary>Null where nothing differs.</summary>
    public static ReadOnlyMemory<byte>? Between(string? uid, PodStatus old, PodStatus now)
    {
        if (old == now) return null;
        using var before = Json(old);
        using var after = Json(now);
        var buffer = new ArrayBufferWriter<byte>(2048);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            // Another pod of this name is not meant: the uid makes the patch fail then.
            writer.WriteStartObject("metadata");
            writer.WriteString("uid", uid);
            writer.WriteEndObject();
            writer.WriteStartObject("status");
            foreach (var property in after.RootElement.EnumerateObject())
            {
                var had = before.RootElement.TryGetProperty(property.Name, out var value);
                if (had && JsonElement.DeepEquals(value, property.Value)) continue;
                if (property.Name == "conditions") Conditions(writer, had ? value : default, property.Value);
                else if (property.Name is "podIPs" or "hostIPs") Replace(writer, property);
                else property.WriteTo(writer);
            }
            foreach (var property in before.RootElement.EnumerateObject())
                if (!after.RootElement.TryGetProperty(property.Name, out _)) writer.WriteNull(property.Name);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        return buffer.WrittenMemory;
    }

    private static void Conditions(Utf8JsonWriter writer, JsonElement before, JsonElement after)
    {
        // The order is part of the patch, so that the list reads as the kubelet lists it whoever wrote its entries first.
        writer.WriteStartArray("$setElementOrder/conditions");
        foreach (var condition in after.EnumerateArray())
        {
            writer.WriteStartObject();
            writer.WriteString("type", condition.GetProperty("type").GetString());
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStartArray("conditions");
        foreach (var condition in after.EnumerateArray())
        {
            var old = before.ValueKind == JsonValueKind.Array ? before.EnumerateArray().FirstOrDefault(c => c.GetProperty("type").ValueEquals(condition.GetProperty("type").GetString())) : default;
            if (old.ValueKind == JsonValueKind.Object && JsonElement.DeepEquals(old, condition)) continue;
            writer.WriteStartObject();
            foreach (var property in condition.EnumerateObject()) property.WriteTo(writer);
            if (old.ValueKind == JsonValueKind.Object)
                foreach (var property in old.EnumerateObject())
                    if (!condition.TryGetProperty(property.Name, out _)) writer.WriteNull(property.Name);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    // Always, whatever was there as far as this kubelet knows: another one may have written an address that it has not seen, and the lists would merge.
    private static void Replace(Utf8JsonWriter writer, JsonProperty list)
    {
        writer.WriteStartArray(list.Name);
        writer.WriteStartObject();
        writer.WriteString("$patch", "replace");
        writer.WriteEndObject();
        foreach (var item in list.Value.EnumerateArray()) item.WriteTo(writer);
        writer.WriteEndArray();
    }

    private static JsonDocument Json(PodStatus status) => JsonDocument.Parse(ApiJson.Utf8(status));
}
