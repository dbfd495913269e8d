using System.Buffers;
using System.IO.Compression;
using System.Text.Json;
using AkkaKube.Api;
using AkkaKube.Api.Meta.V1;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace AkkaKube.ApiServer.Http;

/// <summary>Writes the answer to a request.</summary>
internal static class Answer
{
    /// <summary>Smaller answers are not worth the work of compressing them; the value is Kubernetes' own.</summary>
    private const int CompressFrom = 128 * 1024;

    private static readonly byte[] NewLine = "\n"u8.ToArray();

    public static Task Write(HttpContext context, Status status)
    {
        if (status.Details?.RetryAfterSeconds is > 0 and var seconds) context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var media = MediaType.Negotiate(context.Request.Headers.Accept) ?? MediaType.Json;
        return Write(context, status.Code == 0 ? 200 : status.Code, ApiJson.Utf8(status), media);
    }

    /// <summary>One JSON document, as bytes that exist already.</summary>
    public static Task Write(HttpContext context, int code, ReadOnlyMemory<byte> json, MediaType media)
    {
        if (media.Encoding == MediaEncoding.Yaml) return WriteBytes(context, code, media.ContentType, JsonToYaml.Convert(json), default);
        if (WantsPretty(context.Request)) json = Pretty(json);
        return WriteBytes(context, code, media.ContentType, json, NewLine);
    }

    /// <summary>Bytes, and more bytes, compressed where that is worth it and the client can read it.</summary>
    public static async Task WriteBytes(HttpContext context, int code, string contentType, ReadOnlyMemory<byte> body, ReadOnlyMemory<byte> end)
    {
        var response = context.Response;
        response.StatusCode = code;
        response.ContentType = contentType;
        if (body.Length >= CompressFrom && AcceptsGzip(context.Request))
        {
            await WriteCompressed(context, [body, end]).ConfigureAwait(false);
            return;
        }
        response.ContentLength = body.Length + end.Length;
        response.BodyWriter.Write(body.Span);
        response.BodyWriter.Write(end.Span);
        await response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }

    public static Task WriteText(HttpContext context, int code, string text) =>
        WriteBytes(context, code, "text/plain; charset=utf-8", System.Text.Encoding.UTF8.GetBytes(text), default);

    /// <summary>Many parts of one document.</summary>
    public static async Task WriteParts(HttpContext context, string contentType, IReadOnlyList<ReadOnlyMemory<byte>> parts)
    {
        var response = context.Response;
        response.StatusCode = 200;
        response.ContentType = contentType;
        var length = 0L;
        foreach (var part in parts) length += part.Length;
        if (length >= CompressFrom && AcceptsGzip(context.Request))
        {
            await WriteCompressed(context, parts).ConfigureAwait(false);
            return;
        }
        response.ContentLength = length;
        var writer = response.BodyWriter;
        var unflushed = 0;
        foreach (var part in parts)
        {
            writer.Write(part.Span);
            unflushed += part.Length;
            if (unflushed < FlushEvery) continue;
            unflushed = 0;
            await writer.FlushAsync(context.RequestAborted).ConfigureAwait(false);
        }
        await writer.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }

    private const int FlushEvery = 256 * 1024;

    public static void AddWarnings(HttpContext context, IEnumerable<string> warnings)
    {
        foreach (var warning in warnings) context.Response.Headers.Append("Warning", $"299 - {Quoted(warning)}");
    }

    public static bool WantsPretty(HttpRequest request)
    {
        if (request.Query.TryGetValue("pretty", out var pretty)) return pretty.Count > 0 && pretty[0] is not ("false" or "0");
        var agent = request.Headers.UserAgent.ToString();
        return agent.StartsWith("curl", StringComparison.Ordinal) || agent.StartsWith("Wget", StringComparison.Ordinal) || agent.StartsWith("Mozilla/5.0", StringComparison.Ordinal);
    }

    public static byte[] Pretty(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var buffer = new ArrayBufferWriter<byte>(json.Length * 2);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            document.WriteTo(writer);
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static async Task WriteCompressed(HttpContext context, IReadOnlyList<ReadOnlyMemory<byte>> parts)
    {
        context.Response.Headers.ContentEncoding = "gzip";
        context.Response.Headers.Vary = "Accept-Encoding";
        var zip = new GZipStream(context.Response.Body, CompressionLevel.Fastest, leaveOpen: true);
        await using (zip.ConfigureAwait(false))
        {
            foreach (var part in parts) await zip.WriteAsync(part, context.RequestAborted).ConfigureAwait(false);
        }
    }

    private static bool AcceptsGzip(HttpRequest request)
    {
        foreach (var header in request.Headers.AcceptEncoding)
        {
            if (header is not null && header.Contains("gzip", StringComparison.OrdinalIgnoreCase)) return true;
        }
        return false;
    }

    /// <summary>A quoted-string of HTTP.</summary>
    private static string Quoted(string text) => "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
