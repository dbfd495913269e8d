using AkkaKube.Api.Meta.V1;

namespace AkkaKube.Api.Decoding;

/// <summary>What came out of a request body.</summary>
public sealed record Decoded
{
    /// <summary>The tree in Go's form; null where there is a failure.</summary>
    public JsonMap? Object { get; init; }

    /// <summary>Why the body is refused: a 400 with Kubernetes' own message.</summary>
    public Status? Failure { get; init; }

    /// <summary>What a client that asked for warnings is told.</summary>
    public ValueList<string> Warnings { get; init; }
}
