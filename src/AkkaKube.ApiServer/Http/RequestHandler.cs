using Akka.Event;
using AkkaKube.Api.Errors;
using AkkaKube.Client.Requests;
using Microsoft.AspNetCore.Http;

namespace AkkaKube.ApiServer.Http;

/// <summary>Takes every HTTP request: finds out who asks, whether they may, and which part of the server answers.</summary>
internal sealed class RequestHandler(Authenticator authenticator, ApiGateway gateway)
{
    private readonly ResourceHandler _resources = new(gateway);
    private readonly HealthHandler _health = new(gateway);
    private readonly DocumentHandler _documents = new();

    public async Task Handle(HttpContext context)
    {
        var request = context.Request;
        var headers = context.Response.Headers;
        headers["Audit-Id"] = AuditId(request);
        headers.CacheControl = "no-cache, private";
        try
        {
            var hasToken = request.Headers.Authorization.Count > 0;
            if (authenticator.Authenticate(context.Connection.ClientCertificate, hasToken) is not { } user)
            {
                await Answer.Write(context, StatusErrors.Unauthorized()).ConfigureAwait(false);
                return;
            }
            await Route(context, user).ConfigureAwait(false);
        }
        catch (RefusalException refused)
        {
            await Answer.Write(context, refused.Status).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The client is gone, or the server stops; nobody reads an answer.
            context.Abort();
        }
        catch (IOException)
        {
            context.Abort();
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            gateway.Log.Error(failure, "{0} {1}: the request failed", request.Method, request.Path);
            if (context.Response.HasStarted) context.Abort();
            else await Answer.Write(context, StatusErrors.InternalError(failure.Message)).ConfigureAwait(false);
        }
    }

    private Task Route(HttpContext context, UserInfo user)
    {
        var path = context.Request.Path.Value ?? "/";
        if (path.StartsWith("/api/v1/", StringComparison.Ordinal) || path.StartsWith("/apis/", StringComparison.Ordinal))
        {
            if (RequestTarget.Parse(path) is { } target)
                return gateway.Hindrance() is { } why ? Answer.Write(context, Refusals.Hindered(why)) : _resources.Handle(context, user, target);
        }
        if (!Authorizer.MayDoAll(user) && !Authorizer.IsPublic(path))
        {
            return Answer.Write(context, Refusals.ForbiddenPath(Authorizer.ExplainPath(user, context.Request.Method.ToLowerInvariant(), path)));
        }
        if (path is "/healthz" or "/livez" or "/readyz" || path.StartsWith("/healthz/", StringComparison.Ordinal) || path.StartsWith("/livez/", StringComparison.Ordinal) || path.StartsWith("/readyz/", StringComparison.Ordinal))
        {
            return _health.Handle(context, path);
        }
        return _documents.Handle(context, path);
    }

    /// <summary>Taken over from the client, or the connection's own count: unique within the server.</summary>
    private static string AuditId(HttpRequest request) =>
        request.Headers.TryGetValue("Audit-ID", out var given) && given.Count == 1 && given[0] is { Length: > 0 and <= 64 } id ? id : request.HttpContext.TraceIdentifier;
}
