using AkkaKube.Chaos.Processes;

namespace AkkaKube.Chaos.Clients;

/// <summary>The real kubectl, pointed at the API server of one host.</summary>
public sealed class Kubectl(string program, string host, string kubeconfig)
{
    private const string Limit = "8s";

    public string Host => host;

    /// <summary>The one that is named by AKKAKUBE_KUBECTL, or found on the path; null where there is none.</summary>
    public static string? Find() => Environment.GetEnvironmentVariable("AKKAKUBE_KUBECTL") is { Length: > 0 } named
        ? named
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, "kubectl")).FirstOrDefault(File.Exists);

    /// <summary>What it prints; a <see cref="NoAnswerException"/> says that it failed.</summary>
    public async Task<string> Run(params string[] words)
    {
        var (code, output, error) = await Shell.Run(program, ["--kubeconfig", kubeconfig, "--cache-dir", kubeconfig + "-cache", "--request-timeout", Limit, "-n", ApiClient.Namespace, .. words]);
        return code == 0 ? output : throw new NoAnswerException($"kubectl to {host}: {string.Join(' ', words)}: exit code {code}: {error.Trim()}");
    }
}
