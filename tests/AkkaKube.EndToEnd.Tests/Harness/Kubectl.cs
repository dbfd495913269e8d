using System.Text.Json;

namespace AkkaKube.EndToEnd.Tests.Harness;

/// <summary>An unmodified kubectl of some version, pointed at a cluster.</summary>
public sealed class Kubectl(string program, string kubeConfig, string? context = null)
{
    /// <summary>The versions that the walks are made with: the newest on the machine, and Debian's.</summary>
    public static TheoryData<string> Versions
    {
        get
        {
            var data = new TheoryData<string>("kubectl");
            if (Environment.GetEnvironmentVariable("AKKAKUBE_KUBECTL_DEBIAN") is { Length: > 0 } debian && File.Exists(debian)) data.Add(debian);
            return data;
        }
    }

    public string KubeConfig { get; } = kubeConfig;

    /// <summary>Runs a command line; words are split at spaces, so quote nothing: use <see cref="RunWords"/> for words with spaces.</summary>
    public Task<Outcome> Run(string line, string? input = null) => RunWords(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), input);

    // A discovery cache of its own: two clusters on one port one after the other must not see each other's.
    public Task<Outcome> RunWords(IEnumerable<string> words, string? input = null) =>
        Command.Run(program, ["--kubeconfig", KubeConfig, "--cache-dir", Path.Combine(Path.GetDirectoryName(KubeConfig)!, "kubectl-cache"), .. context is null ? Array.Empty<string>() : ["--context", context], .. words], input);

    public async Task<string> Ok(string line, string? input = null) => (await Run(line, input)).Succeeded();

    public async Task<JsonElement> Json(string line) => JsonDocument.Parse(await Ok(line + " -o json")).RootElement;
}
