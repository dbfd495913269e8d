using System.Text.Json;
using AkkaKube.Api;
using AkkaKube.Client.Informers;
using AkkaKube.Client.Reconciler;

namespace AkkaKube.Client.Ownership;

/// <summary>Which objects belong to a controller object by its selector, and the writes that make it so.</summary>
/// <param name="Objects">What it controls now, those included that it is about to adopt.</param>
/// <param name="Writes">Adoptions of orphans that match, and releases of its own that no longer do.</param>
public sealed record Claim<T>(IReadOnlyList<T> Objects, IReadOnlyList<Write> Writes)
    where T : class, IApiObject;

/// <summary>Claims objects for their owners (Kubernetes: ControllerRefManager).</summary>
public static class Claim
{
    /// <summary>The objects in the owner's namespace that are, or become, the owner's.</summary>
    /// <param name="owner">Whose they are.</param>
    /// <param name="selects">Whether the owner selects what has these labels.</param>
    /// <param name="objects">All objects of the kind.</param>
    /// <param name="resource">The resource of the objects.</param>
    /// <param name="among">Which objects count at all; null for any.</param>
    public static Claim<T> Of<T>(IApiObject owner, Func<ValueMap<string>, bool> selects, Lister<T> objects, GroupVersionResource resource, Func<T, bool>? among = null)
        where T : class, IApiObject
    {
        var owned = new List<T>();
        var writes = new List<Write>();
        var isEnding = owner.Metadata.DeletionTimestamp is not null;
        foreach (var item in objects.OwnedBy(owner))
        {
            if (item.Metadata.Namespace != owner.Metadata.Namespace || among?.Invoke(item) == false) continue;
            if (selects(item.Metadata.Labels)) owned.Add(item);
            else if (!isEnding) writes.Add(Release(owner, item, resource));
        }

        if (isEnding) return new Claim<T>(owned, writes);
        foreach (var orphan in objects.Orphans(owner.Metadata.Namespace))
        {
            if (orphan.Metadata.DeletionTimestamp is not null || !selects(orphan.Metadata.Labels) || among?.Invoke(orphan) == false) continue;
            writes.Add(Adopt(owner, orphan, resource));
            owned.Add(orphan);
        }

        return new Claim<T>(owned, writes);
    }

    private static Write Adopt(IApiObject owner, IApiObject item, GroupVersionResource resource) => Write.Patch(resource, item, Json(writer =>
    {
        writer.WriteStartObject("metadata");
        writer.WriteString("uid", item.Metadata.Uid);
        writer.WriteStartArray("ownerReferences");
        writer.WriteStartObject();
        writer.WriteString("apiVersion", owner.ApiVersion);
        writer.WriteString("kind", owner.Kind);
        writer.WriteString("name", owner.Metadata.Name);
        writer.WriteString("uid", owner.Metadata.Uid);
        writer.WriteBoolean("controller", true);
        writer.WriteBoolean("blockOwnerDeletion", true);
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }));

    private static Write Release(IApiObject owner, IApiObject item, GroupVersionResource resource) => Write.Patch(resource, item, Json(writer =>
    {
        writer.WriteStartObject("metadata");
        writer.WriteString("uid", item.Metadata.Uid);
        writer.WriteStartArray("ownerReferences");
        writer.WriteStartObject();
        writer.WriteString("$patch", "delete");
        writer.WriteString("uid", owner.Metadata.Uid);
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }));

    private static ReadOnlyMemory<byte> Json(Action<Utf8JsonWriter> body)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            body(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
