using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AkkaKube.Benchmarks.Clients;

/// <summary>Several hosts on this machine, as <c>scripts/cluster</c> runs them: each a process, one database, durability full.</summary>
public sealed class RunningHosts : IAsyncDisposable
{
    private readonly Process _launcher;
    private readonly string _data;
    private readonly int _count;

    private RunningHosts(Process launcher, string data, int count, TimeSpan untilReady) => (_launcher, _data, _count, UntilReady) = (launcher, data, count, untilReady);

    /// <summary>From exec to the line that says the cluster is ready.</summary>
    public TimeSpan UntilReady { get; }

    /// <summary>Its hosts, from 1.</summary>
    public IEnumerable<int> Hosts => Enumerable.Range(1, _count);

    public static async Task<RunningHosts> Start(int hosts, int nodes, bool postgres = false)
    {
        var app = Environment.GetEnvironmentVariable("AKKAKUBE_APP") ?? throw new InvalidOperationException("AKKAKUBE_APP is not set: run this by scripts/bench.");
        var data = Directory.CreateTempSubdirectory("akkakube-bench-").FullName;
        var elapsed = Stopwatch.StartNew();
        var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(app, "akkakube.dll"), "cluster", Text(hosts), "--nodes", Text(nodes), "--port", "0", "--data-dir", data, "--durability", "full", .. postgres ? ["--postgres"] : Array.Empty<string>()]) { RedirectStandardOutput = true })!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("AkkaKube is ready", StringComparison.Ordinal)) return new RunningHosts(process, data, hosts, elapsed.Elapsed);
        }

        throw new InvalidOperationException("The hosts did not get ready.");
    }

    /// <summary>A connection of the admin to a host's API server.</summary>
    public Task<HttpsConnection> Connect(int host) => HttpsConnection.Open(new Uri(HostFile(host).GetProperty("api").GetString()!), Certificate());

    public int ProcessId(int host) => HostFile(host).GetProperty("pid").GetInt32();

    /// <summary>kill -9.</summary>
    public void Kill(int host)
    {
        using var process = Process.GetProcessById(ProcessId(host));
        process.Kill();
    }

    /// <summary>The memory that a host holds now, in MiB (VmRSS).</summary>
    public double Rss(int host)
    {
        var line = File.ReadLines($"/proc/{Text(ProcessId(host))}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(Regex.Match(line, @"\d+").Value, CultureInfo.InvariantCulture) / 1024;
    }

    /// <summary>The processor time that a host has used so far.</summary>
    public TimeSpan ProcessorTime(int host)
    {
        using var process = Process.GetProcessById(ProcessId(host));
        return process.TotalProcessorTime;
    }

    public async ValueTask DisposeAsync()
    {
        using var stop = Process.Start("kill", ["-TERM", Text(_launcher.Id)]);
        await _launcher.WaitForExitAsync();
        _launcher.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    private JsonElement HostFile(int host) => JsonDocument.Parse(File.ReadAllText(Path.Combine(_data, $"h{Text(host)}", "host.json"))).RootElement;

    private X509Certificate2 Certificate()
    {
        var config = File.ReadAllText(Path.Combine(_data, "kubeconfig"));
        string Pem(string field) => Encoding.UTF8.GetString(Convert.FromBase64String(Regex.Match(config, field + @":\s*(\S+)").Groups[1].Value));
        using var pem = X509Certificate2.CreateFromPem(Pem("client-certificate-data"), Pem("client-key-data"));
        return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
