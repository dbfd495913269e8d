using System.Globalization;
using AkkaKube.Api;
using AkkaKube.Client.Requests;

namespace AkkaKube.ApiServer.Http;

/// <summary>Writes what the API server replied: objects as the bytes they are stored in, or as the Table or metadata that was asked for.</summary>
internal static class ObjectAnswer
{
    private static readonly ReadOnlyMemory<byte> FirstItem = "{"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> NextItem = ",{"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> End = "]}\n"u8.ToArray();

    public static Task Write(ResourceCall call, ApiReply reply, int created)
    {
        switch (reply)
        {
            case Succeeded { Status: { } status } deleted:
                Answer.AddWarnings(call.Context, deleted.Warnings);
                return Answer.Write(call.Context, status);
            case Succeeded done:
                Answer.AddWarnings(call.Context, done.Warnings);
                return Answer.Write(call.Context, done.Created ? 201 : created == 201 ? 201 : 200, Transform(call, done.Object), call.Media);
            case Listed listed:
                return Write(call, listed);
            case Failed failed:
                return Answer.Write(call.Context, failed.Status);
            default:
                return Answer.Write(call.Context, Refusals.Internal($"no answer for {reply.GetType().Name}"));
        }
    }

    /// <summary>One object in the form that was asked for.</summary>
    public static ReadOnlyMemory<byte> Transform(ResourceCall call, ApiObject one) => call.Media.As switch
    {
        Transformation.Table => TableAnswer.Of(call, [one], one.ResourceVersion, null, null, withColumns: true),
        Transformation.PartialObjectMetadata => PartialMetadata.Of(one.Json),
        _ => one.Json,
    };

    private static Task Write(ResourceCall call, Listed listed)
    {
        switch (call.Media.As)
        {
            case Transformation.Table:
                return Answer.Write(call.Context, 200, TableAnswer.Of(call, listed.Items, listed.ResourceVersion, listed.Continue, listed.RemainingItemCount, withColumns: true), call.Media);
            case Transformation.PartialObjectMetadata:
                return Answer.Write(call.Context, 200, PartialMetadata.List(listed, Metadata(listed)), call.Media);
        }
        var parts = Parts(call.Type, listed);
        if (call.Media.Encoding == MediaEncoding.Json && !Answer.WantsPretty(call.Request)) return Answer.WriteParts(call.Context, call.Media.ContentType, parts);
        return Answer.Write(call.Context, 200, Joined(parts), call.Media);
    }

    /// <summary>A list document; its items go without kind and apiVersion, as the list's own kind says both.</summary>
    private static List<ReadOnlyMemory<byte>> Parts(ResourceType type, Listed listed)
    {
        var version = ApiVersionOf(type);
        var itemHead = System.Text.Encoding.UTF8.GetBytes($"{{\"kind\":\"{type.Kind}\",\"apiVersion\":\"{version}\",");
        var head = System.Text.Encoding.UTF8.GetBytes($"{{\"kind\":\"{type.Kind}List\",\"apiVersion\":\"{version}\",\"metadata\":{Metadata(listed)},\"items\":[");
        var parts = new List<ReadOnlyMemory<byte>>(listed.Items.Count * 2 + 2) { head };
        for (var i = 0; i < listed.Items.Count; i++)
        {
            var json = listed.Items[i].Json;
            parts.Add(i == 0 ? FirstItem : NextItem);
            parts.Add(json.Span.StartsWith(itemHead) ? json[itemHead.Length..] : json[1..]);
        }
        parts.Add(End);
        return parts;
    }

    public static string ApiVersionOf(ResourceType type) => type.Resource.Group.Length == 0 ? type.Resource.Version : $"{type.Resource.Group}/{type.Resource.Version}";

    private static string Metadata(Listed listed)
    {
        var next = listed.Continue is null ? "" : $",\"continue\":\"{listed.Continue}\"";
        var left = listed.RemainingItemCount is { } count ? string.Create(CultureInfo.InvariantCulture, $",\"remainingItemCount\":{count}") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{{\"resourceVersion\":\"{listed.ResourceVersion}\"{next}{left}}}");
    }

    private static byte[] Joined(List<ReadOnlyMemory<byte>> parts)
    {
        var joined = new byte[parts.Sum(part => part.Length)];
        var at = 0;
        foreach (var part in parts)
        {
            part.Span.CopyTo(joined.AsSpan(at));
            at += part.Length;
        }
        return joined;
    }
}
