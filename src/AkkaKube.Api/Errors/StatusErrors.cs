using AkkaKube.Api.Meta.V1;

namespace AkkaKube.Api.Errors;

/// <summary>The failures that the API server answers, in Kubernetes' own words (Kubernetes: apimachinery api/errors).</summary>
public static class StatusErrors
{
    /// <summary>404: no object of that name.</summary>
    public static Status NotFound(GroupResource resource, string name) =>
        Failure(404, StatusReason.NotFound, $"{resource} \"{name}\" not found", Of(resource, name));

    /// <summary>404: no such resource.</summary>
    public static Status UnknownResource() =>
        Failure(404, StatusReason.NotFound, "the server could not find the requested resource", StatusDetails.Empty);

    /// <summary>409: the name is taken.</summary>
    public static Status AlreadyExists(GroupResource resource, string name) =>
        Failure(409, StatusReason.AlreadyExists, $"{resource} \"{name}\" already exists", Of(resource, name));

    /// <summary>409: the server made a name that is taken.</summary>
    public static Status GenerateNameConflict(GroupResource resource, string name) =>
        Failure(409, StatusReason.AlreadyExists, $"{resource} \"{name}\" already exists, the server was not able to generate a unique name for the object", Of(resource, name));

    /// <summary>409: the object is not as the client thinks.</summary>
    public static Status Conflict(GroupResource resource, string name, string why) =>
        Failure(409, StatusReason.Conflict, $"Operation cannot be fulfilled on {resource} \"{name}\": {why}", Of(resource, name));

    /// <summary>409: the client's resourceVersion is not the current one.</summary>
    public static Status StaleResourceVersion(GroupResource resource, string name) =>
        Conflict(resource, name, "the object has been modified; please apply your changes to the latest version and try again");

    /// <summary>409: fields that others own (server-side apply).</summary>
    public static Status ApplyConflict(string message, ValueList<StatusCause> causes) =>
        Failure(409, StatusReason.Conflict, message, new StatusDetails { Causes = causes });

    /// <summary>422: the object breaks rules.</summary>
    public static Status Invalid(GroupKind kind, string name, IReadOnlyList<FieldError> errors) =>
        Failure(422, StatusReason.Invalid, $"{kind} \"{name}\" is invalid" + (errors.Count == 0 ? "" : ": " + FieldError.Summary(errors)), new StatusDetails
        {
            Group = OrNull(kind.Group),
            Kind = kind.Kind,
            Name = OrNull(name),
            Causes = [.. errors.Select(error => new StatusCause { Reason = error.Reason, Message = error.Body, Field = OrNull(error.Field) })],
        });

    /// <summary>400: the request makes no sense.</summary>
    public static Status BadRequest(string message) => Failure(400, StatusReason.BadRequest, message, null);

    /// <summary>401: nobody knows who asks.</summary>
    public static Status Unauthorized() => Failure(401, StatusReason.Unauthorized, "Unauthorized", null);

    /// <summary>403: not this one.</summary>
    public static Status Forbidden(GroupResource resource, string name, string why)
    {
        var message = (resource.Resource.Length, name.Length) switch
        {
            (0, _) => $"forbidden: {why}",
            (_, 0) => $"{resource} is forbidden: {why}",
            _ => $"{resource} \"{name}\" is forbidden: {why}",
        };
        return Failure(403, StatusReason.Forbidden, message, Of(resource, name));
    }

    /// <summary>405: the resource does not know this verb.</summary>
    public static Status MethodNotSupported(GroupResource resource, string verb) =>
        Failure(405, StatusReason.MethodNotAllowed, $"{verb} is not supported on resources of kind \"{resource}\"", Of(resource, ""));

    /// <summary>405: the path does not know this method.</summary>
    public static Status MethodNotAllowed() =>
        Failure(405, StatusReason.MethodNotAllowed, "the server does not allow this method on the requested resource", StatusDetails.Empty);

    /// <summary>406: no form that the client takes.</summary>
    public static Status NotAcceptable(string message) => Failure(406, StatusReason.NotAcceptable, message, null);

    /// <summary>408, 504: took too long.</summary>
    public static Status Timeout(string message, int retryAfterSeconds) =>
        Failure(504, StatusReason.Timeout, $"Timeout: {message}", new StatusDetails { RetryAfterSeconds = retryAfterSeconds });

    /// <summary>504: the client knows a revision that is not there yet.</summary>
    public static Status TooLargeResourceVersion(long asked, int retryAfterSeconds = 1) =>
        Failure(504, StatusReason.Timeout, $"Timeout: Too large resource version: {asked}", new StatusDetails
        {
            RetryAfterSeconds = retryAfterSeconds,
            Causes = [new() { Reason = CauseType.ResourceVersionTooLarge, Message = "Too large resource version" }],
        });

    /// <summary>504: the server could not finish, and the client should try again.</summary>
    public static Status ServerTimeout(GroupResource resource, string operation, int retryAfterSeconds) =>
        Failure(500, StatusReason.ServerTimeout, $"The {operation} operation against {resource} could not be completed at this time, please try again.", Of(resource, operation) with { RetryAfterSeconds = retryAfterSeconds });

    /// <summary>410: that revision is gone; list again.</summary>
    public static Status Expired(string message) => Failure(410, StatusReason.Expired, message, null);

    /// <summary>410: the continue token is too old.</summary>
    public static Status Gone(string message) => Failure(410, StatusReason.Gone, message, null);

    /// <summary>413: the body is too large.</summary>
    public static Status TooLarge(string message) => Failure(413, StatusReason.RequestEntityTooLarge, $"Request entity too large: {message}", null);

    /// <summary>415: the body is in a form that nobody reads.</summary>
    public static Status UnsupportedMediaType(string message) => Failure(415, StatusReason.UnsupportedMediaType, message, null);

    /// <summary>429: slower, please.</summary>
    public static Status TooManyRequests(string message, int retryAfterSeconds) =>
        Failure(429, StatusReason.TooManyRequests, message, retryAfterSeconds > 0 ? new StatusDetails { RetryAfterSeconds = retryAfterSeconds } : null);

    /// <summary>500: our own fault.</summary>
    public static Status InternalError(string message) => Failure(500, StatusReason.InternalError, $"Internal error occurred: {message}", new StatusDetails
    {
        Causes = [new() { Message = message }],
    });

    /// <summary>503: not now.</summary>
    public static Status ServiceUnavailable(string message) => Failure(503, StatusReason.ServiceUnavailable, message, null);

    /// <summary>200: done; what a delete answers that removed the object at once.</summary>
    public static Status Success(GroupResource resource, string name, string uid) => new()
    {
        StatusValue = "Success",
        Details = Of(resource, name) with { Uid = OrNull(uid) },
    };

    private static Status Failure(int code, string reason, string message, StatusDetails? details) =>
        new() { StatusValue = "Failure", Code = code, Reason = reason, Message = message, Details = details };

    private static StatusDetails Of(GroupResource resource, string name) =>
        new() { Group = OrNull(resource.Group), Kind = OrNull(resource.Resource), Name = OrNull(name) };

    private static string? OrNull(string text) => text.Length == 0 ? null : text;
}
