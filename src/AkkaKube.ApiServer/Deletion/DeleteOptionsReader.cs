using System.Text.Json;
using DeleteOptions = AkkaKube.Client.Requests.DeleteOptions;

namespace AkkaKube.ApiServer.Deletion;

/// <summary>Reads meta/v1 DeleteOptions from the body of a delete.</summary>
internal static class DeleteOptionsReader
{
    public static (DeleteOptions Options, bool DryRun) Read(ReadOnlyMemory<byte> json)
    {
        JsonDocument document;
        try { document = JsonDocument.Parse(json); }
        catch (JsonException) { throw new RefusalException(Refusals.BadRequest("couldn't get version/kind; json parse error: the body of the delete is no JSON")); }
        using (document) return Read(document.RootElement);
    }

    /// <summary>The options that a JSON value says.</summary>
    public static (DeleteOptions Options, bool DryRun) Read(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Null) return (DeleteOptions.None, false);
        if (root.ValueKind != JsonValueKind.Object) throw new RefusalException(Refusals.BadRequest("couldn't get version/kind; json parse error: the body of the delete is no object"));
        if (Text(root, "kind") is { } kind && kind != "DeleteOptions") throw new RefusalException(Refusals.BadRequest($"decoded object cannot be converted to DeleteOptions: {kind}"));
        var preconditions = root.TryGetProperty("preconditions", out var given) && given.ValueKind == JsonValueKind.Object ? given : default;
        var policy = Text(root, "propagationPolicy");
        if (policy is null && root.TryGetProperty("orphanDependents", out var orphan)) policy = orphan.ValueKind == JsonValueKind.True ? "Orphan" : orphan.ValueKind == JsonValueKind.False ? "Background" : null;
        var options = new DeleteOptions
        {
            GracePeriodSeconds = root.TryGetProperty("gracePeriodSeconds", out var seconds) && seconds.ValueKind == JsonValueKind.Number ? seconds.GetInt64() : null,
            PropagationPolicy = policy,
            PreconditionUid = preconditions.ValueKind == JsonValueKind.Object ? Text(preconditions, "uid") : null,
            PreconditionResourceVersion = preconditions.ValueKind == JsonValueKind.Object ? Text(preconditions, "resourceVersion") : null,
        };
        Check(options);
        var dryRun = root.TryGetProperty("dryRun", out var runs) && runs.ValueKind == JsonValueKind.Array && runs.GetArrayLength() > 0;
        return (options, dryRun);
    }

    /// <summary>Refuses a policy that there is not.</summary>
    public static void Check(DeleteOptions options)
    {
        if (options.PropagationPolicy is null or "Background" or "Foreground" or "Orphan") return;
        throw new RefusalException(Refusals.InvalidOptions("DeleteOptions", "propagationPolicy", "FieldValueNotSupported", $"Unsupported value: \"{options.PropagationPolicy}\": supported values: \"Background\", \"Foreground\", \"Orphan\""));
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
}
