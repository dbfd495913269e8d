using AkkaKube.Api;
using AkkaKube.Api.Errors;
using AkkaKube.Api.Meta.V1;

namespace AkkaKube.ApiServer;

/// <summary>The Status objects of refused requests, in the words of Kubernetes: those that need what only the server knows.</summary>
internal static class Refusals
{
    public static Status BadRequest(string message) => StatusErrors.BadRequest(message);

    public static Status Forbidden(GroupVersionResource resource, string name, string why) => StatusErrors.Forbidden(resource.GroupResource, name, why);

    public static Status ForbiddenPath(string message) => Of(403, "Forbidden", message, new StatusDetails());

    public static Status NotFound(GroupVersionResource resource, string name) => StatusErrors.NotFound(resource.GroupResource, name);

    /// <summary>The path names no resource of this server.</summary>
    public static Status NoSuchResource() => StatusErrors.UnknownResource();

    public static Status NotAcceptable(string representations) => Of(406, "NotAcceptable", $"406: Not Acceptable\n\nAvailable representations: {representations}", new StatusDetails());

    public static Status UnsupportedMediaType(string accepted) =>
        StatusErrors.UnsupportedMediaType($"the body of the request was in an unknown format - accepted media types include: {accepted}");

    /// <summary>A patch of a type that the resource does not take.</summary>
    public static Status UnsupportedPatchType() => Of(415, "UnsupportedMediaType", "415: Unsupported Media Type", new StatusDetails());

    public static Status BodyTooLarge(long limit) => StatusErrors.TooLarge($"limit is {limit}");

    public static Status AlreadyExists(GroupVersionResource resource, string name) => StatusErrors.AlreadyExists(resource.GroupResource, name);

    /// <summary>All names that the server made are taken.</summary>
    public static Status GenerateNameExhausted(GroupVersionResource resource, string name) => StatusErrors.GenerateNameConflict(resource.GroupResource, name);

    public static Status Conflict(GroupVersionResource resource, string name, string why) => StatusErrors.Conflict(resource.GroupResource, name, why);

    /// <summary>An object that breaks rules.</summary>
    public static Status Invalid(ResourceType type, string name, IReadOnlyList<FieldError> errors) => StatusErrors.Invalid(type.GroupKind, name, errors);

    /// <summary>A conflict that the store found, which knows the kind and not the resource.</summary>
    public static Status ConflictOfKind(ResourceType type, string name, string why) => StatusErrors.Conflict(new GroupResource(type.Resource.Group, type.Kind), name, why);

    public static Status Modified(GroupVersionResource resource, string name) => StatusErrors.StaleResourceVersion(resource.GroupResource, name);

    public static Status UidPrecondition(ResourceType type, string name, string expected, string? actual) =>
        ConflictOfKind(type, name, $"the UID in the precondition ({expected}) does not match the UID in record ({actual}). The object might have been deleted and then recreated");

    public static Status RevisionPrecondition(ResourceType type, string name, string expected, long actual) =>
        ConflictOfKind(type, name, $"the ResourceVersion in the precondition ({expected}) does not match the ResourceVersion in record ({actual}). The object might have been modified");

    public static Status TooOld(long asked, long oldest) => StatusErrors.Expired($"too old resource version: {asked} ({oldest})");

    /// <summary>A page of a list whose revision is forgotten; the token goes on with what there is now.</summary>
    public static Status ContinueExpired(WatchCache.ContinueToken inconsistent) => StatusErrors.Expired(
        "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.") with
    {
        Metadata = new ListMeta { Continue = inconsistent.Encode() },
    };

    public static Status InvalidResourceVersion(string text) =>
        BadRequest($"invalid resource version: resourceVersion: Invalid value: \"{text}\": strconv.ParseUint: parsing \"{text}\": invalid syntax");

    public static Status TooLargeResourceVersion(long asked, long current)
    {
        var status = StatusErrors.TooLargeResourceVersion(asked);
        return status with { Message = $"{status.Message}, current: {current}" };
    }

    /// <summary>Another host of the cluster may be able to.</summary>
    public static Status Hindered(string why) =>
        Of(503, "ServiceUnavailable", $"this host cannot serve now: {why}", new StatusDetails { RetryAfterSeconds = 1 });

    public static Status StorageUnavailable(string reason) =>
        Of(503, "ServiceUnavailable", $"the storage is not available: {reason}", new StatusDetails { RetryAfterSeconds = 1 });

    public static Status RequestTimedOut() => Of(504, "Timeout", "Timeout: request did not complete within the allotted timeout", new StatusDetails());

    public static Status Internal(string message) => StatusErrors.InternalError(message);

    /// <summary>Options of a request that break a rule.</summary>
    public static Status InvalidOptions(string kind, string field, string reason, string message) => Of(
        422, "Invalid", $"{kind}.meta.k8s.io \"\" is invalid: {field}: {message}",
        new StatusDetails { Group = "meta.k8s.io", Kind = kind, Causes = [new StatusCause { Reason = reason, Message = message, Field = field }] });

    public static Status Of(int code, string reason, string message, StatusDetails? details = null) =>
        new() { StatusValue = "Failure", Message = message, Reason = reason, Code = code, Details = details };
}
