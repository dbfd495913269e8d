using AkkaKube.Api;
using AkkaKube.Client.Requests;
using Microsoft.AspNetCore.Http;

namespace AkkaKube.ApiServer.Http;

/// <summary>One request for a resource: who, what, and in which form the answer goes back.</summary>
internal sealed record ResourceCall(HttpContext Context, UserInfo User, ResourceType Type, RequestTarget Target, MediaType Media, DateTimeOffset Now)
{
    public HttpRequest Request => Context.Request;

    /// <summary>The trace that the client's request is part of.</summary>
    public string? TraceParent => Request.Headers.TryGetValue("traceparent", out var value) ? value.ToString() : null;

    public CancellationToken Aborted => Context.RequestAborted;
}
