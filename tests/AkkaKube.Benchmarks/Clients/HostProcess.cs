using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AkkaKube.Benchmarks.Clients;

/// <summary>A cluster in a process of its own, as <c>scripts/up</c> runs it, with durability full.</summary>
public sealed partial class HostProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _data;

    private HostProcess(Process process, string data, TimeSpan untilReady) => (_process, _data, UntilReady) = (process, data, untilReady);

    /// <summary>From exec to the line that says the cluster is ready.</summary>
    public TimeSpan UntilReady { get; }

    public int Id => _process.Id;

    public Uri Api => new(JsonDocument.Parse(File.ReadAllText(Path.Combine(_data, "host.json"))).RootElement.GetProperty("api").GetString()!);

    public static async Task<HostProcess> Start(int nodes, params string[] more)
    {
        var app = Environment.GetEnvironmentVariable("AKKAKUBE_APP") ?? throw new InvalidOperationException("AKKAKUBE_APP is not set: run this by scripts/bench.");
        var data = Directory.CreateTempSubdirectory("akkakube-bench-").FullName;
        var elapsed = Stopwatch.StartNew();
        var start = new ProcessStartInfo("dotnet", [Path.Combine(app, "akkakube.dll"), "up", "--nodes", nodes.ToString(CultureInfo.InvariantCulture), "--port", "0", "--data-dir", data, "--durability", "full", .. more]) { RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("AkkaKube is ready", StringComparison.Ordinal)) return new HostProcess(process, data, elapsed.Elapsed);
        }

        throw new InvalidOperationException("The cluster did not get ready.");
    }

    /// <summary>A connection of the admin.</summary>
    public Task<HttpsConnection> Connect() => HttpsConnection.Open(Api, Certificate());

    /// <summary>The memory that the process holds now, in MiB (VmRSS).</summary>
    public double Rss()
    {
        var line = File.ReadLines($"/proc/{_process.Id}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(Digits().Match(line).Value, CultureInfo.InvariantCulture) / 1024;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    private X509Certificate2 Certificate()
    {
        var config = File.ReadAllText(Path.Combine(_data, "kubeconfig"));
        string Pem(string field) => Encoding.UTF8.GetString(Convert.FromBase64String(Regex.Match(config, field + @":\s*(\S+)").Groups[1].Value));
        using var pem = X509Certificate2.CreateFromPem(Pem("client-certificate-data"), Pem("client-key-data"));
        return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
    }

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();
}
