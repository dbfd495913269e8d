using System.Text.Json;

namespace AkkaKube.ApiServer;

/// <summary>Which Kubernetes this server is.</summary>
public static class ServerVersion
{
    /// <summary>The version that objects and clients see.</summary>
    public const string GitVersion = "v1.36.2+akkakube";

    /// <summary>The document at /version.</summary>
    public static byte[] Json { get; } = JsonSerializer.SerializeToUtf8Bytes(new
    {
        major = "1",
        minor = "36",
        emulationMajor = "1",
        emulationMinor = "36",
        minCompatibilityMajor = "1",
        minCompatibilityMinor = "35",
        gitVersion = GitVersion,
        gitCommit = "unknown",
        gitTreeState = "clean",
        buildDate = "1970-01-01T00:00:00Z",
        goVersion = "none",
        compiler = "roslyn",
        platform = "linux/amd64",
    });
}
