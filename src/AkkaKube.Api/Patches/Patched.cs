using AkkaKube.Api.Meta.V1;

namespace AkkaKube.Api.Patches;

/// <summary>What became of a patch.</summary>
public sealed record Patched
{
    /// <summary>The changed object in Go's form, without new defaults; null where there is a failure.</summary>
    public JsonMap? Object { get; init; }

    /// <summary>Why the patch is refused.</summary>
    public Status? Failure { get; init; }

    /// <summary>What a client that asked for warnings is told.</summary>
    public ValueList<string> Warnings { get; init; }
}
