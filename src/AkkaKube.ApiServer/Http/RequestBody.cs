using System.Buffers;
using AkkaKube.Api.Decoding;
using Microsoft.AspNetCore.Http;

namespace AkkaKube.ApiServer.Http;

/// <summary>Reads the body of a request: whole, bounded, as JSON.</summary>
internal static class RequestBody
{
    private const string ObjectTypes = "application/json, application/yaml, application/vnd.kubernetes.protobuf";

    /// <summary>The body as it came.</summary>
    public static async Task<ReadOnlyMemory<byte>> Read(HttpRequest request, long limit, CancellationToken aborted)
    {
        if (request.ContentLength > limit) throw new RefusalException(Refusals.BodyTooLarge(limit));
        var reader = request.BodyReader;
        while (true)
        {
            var result = await reader.ReadAsync(aborted).ConfigureAwait(false);
            if (result.Buffer.Length > limit) throw new RefusalException(Refusals.BodyTooLarge(limit));
            if (result.IsCompleted)
            {
                var body = result.Buffer.ToArray();
                reader.AdvanceTo(result.Buffer.End);
                return body;
            }
            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    /// <summary>The body as JSON, whether it came as JSON, YAML or protobuf.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadObject(HttpRequest request, long limit, CancellationToken aborted)
    {
        Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? convert = TypeOf(request) switch
        {
            "" or "application/json" => null,
            "application/yaml" => FromYaml,
            "application/vnd.kubernetes.protobuf" => FromProtobuf,
            _ => throw new RefusalException(Refusals.UnsupportedMediaType(ObjectTypes)),
        };
        var body = await Read(request, limit, aborted).ConfigureAwait(false);
        return convert is null || body.IsEmpty ? body : convert(body);
    }

    /// <summary>Protobuf as JSON; a body that is none is refused.</summary>
    private static ReadOnlyMemory<byte> FromProtobuf(ReadOnlyMemory<byte> body)
    {
        try { return ProtobufDecoder.ToJson(body); }
        catch (FormatException problem) { throw new RefusalException(Refusals.BadRequest(problem.Message)); }
    }

    /// <summary>YAML as JSON; a body that is none is refused.</summary>
    public static ReadOnlyMemory<byte> FromYaml(ReadOnlyMemory<byte> body)
    {
        try { return YamlToJson.Convert(body); }
        catch (FormatException problem) { throw new RefusalException(Refusals.BadRequest($"error converting YAML to JSON: {problem.Message}")); }
    }

    /// <summary>The media type without its parameters.</summary>
    public static string TypeOf(HttpRequest request)
    {
        var type = request.ContentType ?? "";
        var end = type.IndexOf(';', StringComparison.Ordinal);
        return (end < 0 ? type : type[..end]).Trim();
    }
}
