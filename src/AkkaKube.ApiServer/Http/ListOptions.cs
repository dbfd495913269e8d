namespace AkkaKube.ApiServer.Http;

/// <summary>The options of a list or watch, as the query says them.</summary>
internal sealed record ListOptions(
    string? LabelSelector, string? FieldSelector, string? ResourceVersion, string? ResourceVersionMatch, long Limit, string? Continue,
    long? TimeoutSeconds, bool Watch, bool AllowBookmarks, bool? SendInitialEvents)
{
    private const string Forbidden = "FieldValueForbidden";

    /// <summary>Which options do not go together: field, reason, message. Null: all do.</summary>
    public (string Field, string Reason, string Message)? Problem()
    {
        const string match = "resourceVersionMatch";
        const string initial = "sendInitialEvents";
        if (Watch && SendInitialEvents is not null)
        {
            if (ResourceVersionMatch != "NotOlderThan") return (match, Forbidden, $"Forbidden: {initial} requires setting {match} to NotOlderThan");
            return null;
        }
        if (SendInitialEvents is not null) return (initial, Forbidden, $"Forbidden: {initial} is forbidden for list");
        if (Watch) return ResourceVersionMatch is null ? null : (match, Forbidden, $"Forbidden: {match} is forbidden for watch unless {initial} is provided");
        if (ResourceVersionMatch is null) return null;
        if (Continue is not null) return (match, Forbidden, $"Forbidden: {match} is forbidden when continue is provided");
        if (ResourceVersion is null) return (match, Forbidden, $"Forbidden: {match} is forbidden unless resourceVersion is provided");
        if (ResourceVersionMatch is not ("Exact" or "NotOlderThan")) return (match, "FieldValueNotSupported", $"Unsupported value: \"{ResourceVersionMatch}\": supported values: \"Exact\", \"NotOlderThan\"");
        if (ResourceVersionMatch == "Exact" && ResourceVersion == "0") return (match, Forbidden, $"Forbidden: {match} \"Exact\" is forbidden for resourceVersion \"0\"");
        return null;
    }
}
