using System.Globalization;
using AkkaKube.Client.Requests;
using Microsoft.AspNetCore.Http;

namespace AkkaKube.ApiServer.Http;

/// <summary>Reads the options in the query of a request, and refuses those that Kubernetes refuses.</summary>
internal static class RequestOptions
{
    public static string? Text(HttpRequest request, string name) =>
        request.Query.TryGetValue(name, out var values) && values.Count > 0 && !string.IsNullOrEmpty(values[0]) ? values[0] : null;

    public static bool Flag(HttpRequest request, string name) =>
        request.Query.TryGetValue(name, out var values) && values.Count > 0 && !(values[0] is "0" || string.Equals(values[0], "false", StringComparison.OrdinalIgnoreCase));

    public static long? Number(HttpRequest request, string name)
    {
        if (Text(request, name) is not { } text) return null;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return number;
        throw new RefusalException(Refusals.BadRequest($"strconv.ParseInt: parsing \"{text}\": invalid syntax"));
    }

    /// <summary>The options of a list or watch.</summary>
    public static ListOptions List(HttpRequest request)
    {
        var options = new ListOptions(
            Text(request, "labelSelector"), Text(request, "fieldSelector"), Text(request, "resourceVersion"), Text(request, "resourceVersionMatch"),
            Number(request, "limit") ?? 0, Text(request, "continue"), Number(request, "timeoutSeconds"), Flag(request, "watch"), Flag(request, "allowWatchBookmarks"),
            request.Query.ContainsKey("sendInitialEvents") ? Flag(request, "sendInitialEvents") : null);
        if (options.Problem() is var (field, reason, message)) throw new RefusalException(Refusals.InvalidOptions("ListOptions", field, reason, message));
        return options;
    }

    /// <summary>Whether a write is tried only; <paramref name="kind"/> names the options in a refusal.</summary>
    public static bool DryRun(HttpRequest request, string kind)
    {
        var dryRun = false;
        foreach (var value in request.Query["dryRun"])
        {
            if (value != "All") throw new RefusalException(Refusals.InvalidOptions(kind, "dryRun", "FieldValueNotSupported", $"Unsupported value: [\"{string.Join("\",\"", [.. request.Query["dryRun"]])}\"]: supported values: \"All\""));
            dryRun = true;
        }
        return dryRun;
    }

    public static string FieldValidation(HttpRequest request, string kind) => Text(request, "fieldValidation") switch
    {
        null => "Warn",
        ("Strict" or "Warn" or "Ignore") and var known => known,
        var unknown => throw new RefusalException(Refusals.InvalidOptions(kind, "fieldValidation", "FieldValueNotSupported", $"Unsupported value: \"{unknown}\": supported values: \"\", \"Ignore\", \"Strict\", \"Warn\"")),
    };

    /// <summary>Who is to own the written fields; without an answer, the client program before the slash of its User-Agent.</summary>
    public static string FieldManager(HttpRequest request, string kind)
    {
        if (Text(request, "fieldManager") is { } manager)
        {
            if (manager.Length > 128) throw new RefusalException(Refusals.InvalidOptions(kind, "fieldManager", "FieldValueTooLong", "Too long: may not be more than 128 bytes"));
            if (manager.Any(char.IsControl)) throw new RefusalException(Refusals.InvalidOptions(kind, "fieldManager", "FieldValueInvalid", $"Invalid value: \"{manager}\": should only contain printable characters"));
            return manager;
        }
        var agent = request.Headers.UserAgent.ToString();
        var slash = agent.IndexOf('/', StringComparison.Ordinal);
        var name = slash < 0 ? agent : agent[..slash];
        return name.Length == 0 ? "unknown" : name.Length > 128 ? name[..128] : name;
    }
}
