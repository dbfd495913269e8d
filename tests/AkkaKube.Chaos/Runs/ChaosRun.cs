using System.Collections.Immutable;
using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using AkkaKube.Chaos.Clients;
using AkkaKube.Chaos.Faults;
using AkkaKube.Chaos.Places;
using AkkaKube.Chaos.Processes;
using AkkaKube.History;

namespace AkkaKube.Chaos.Runs;

/// <summary>One run: hosts are started, clients work, faults come and go, and in the end everything that was seen is judged.</summary>
public sealed class ChaosRun : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan RecoveryLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ConvergeLimit = TimeSpan.FromMinutes(4);

    /// <summary>Between two faults.</summary>
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(4);

    /// <summary>One path for every shard of the storage.</summary>
    private static readonly string[] Resources =
    [
        "/api/v1/namespaces", "/api/v1/nodes", "/api/v1/pods", "/api/v1/services", "/api/v1/endpoints", "/api/v1/configmaps", "/api/v1/secrets",
        "/api/v1/serviceaccounts", "/api/v1/events", "/apis/apps/v1/deployments", "/apis/apps/v1/replicasets",
        "/apis/discovery.k8s.io/v1/endpointslices", "/apis/coordination.k8s.io/v1/leases",
    ];

    private static readonly (string Path, Func<object> Object)[] Written =
    [
        ($"/api/v1/namespaces/{ApiClient.Namespace}/configmaps", () => Probe("v1", "ConfigMap")),
        ($"/api/v1/namespaces/{ApiClient.Namespace}/secrets", () => Probe("v1", "Secret")),
        ($"/api/v1/namespaces/{ApiClient.Namespace}/serviceaccounts", () => Probe("v1", "ServiceAccount")),
        ($"/apis/coordination.k8s.io/v1/namespaces/{ApiClient.Namespace}/leases", () => Probe("coordination.k8s.io/v1", "Lease")),
        ($"/api/v1/namespaces/{ApiClient.Namespace}/services", () => new { apiVersion = "v1", kind = "Service", metadata = new { generateName = "probe-" }, spec = new { ports = new[] { new { port = 80 } } } }),
    ];

    private readonly ChaosOptions _options;
    private readonly TextWriter _output;
    private readonly IPlaces _places;
    private readonly string _data;
    private readonly List<HostProcess> _hosts = [];
    private readonly List<ApiClient> _servers = [];
    private PostgresServer? _database;

    private ChaosRun(ChaosOptions options, TextWriter output, IPlaces places, string data) => (_options, _output, _places, _data) = (options, output, places, data);

    /// <summary>Does one run and takes everything away afterwards.</summary>
    public static async Task<ChaosResult> Do(ChaosOptions options, TextWriter output)
    {
        var data = options.Keep ?? Directory.CreateTempSubdirectory("akkakube-chaos-").FullName;
        Directory.CreateDirectory(data);
        IPlaces places = options.Loopback || options.Hosts == 1 ? new Loopback() : await Namespaces.TryMake(Environment.ProcessId + options.Seed) as IPlaces ?? new Loopback();
        await using var run = new ChaosRun(options, output, places, data);
        return await run.Do();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers) server.Dispose();
        foreach (var host in _hosts) await host.DisposeAsync();
        if (_database is not null) await _database.DisposeAsync();
        await _places.DisposeAsync();
        if (_options.Keep is null) Directory.Delete(_data, recursive: true);
    }

    private async Task<ChaosResult> Do()
    {
        await StartCluster();
        var declared = new Declared(_servers, _options.Pods);
        await _servers[0].EnsureNamespace();
        await declared.Declare(StartLimit);
        Say($"{_options.Hosts} hosts, {_options.Nodes} nodes, {_options.Pods} pods, {(_database is null ? "SQLite" : "PostgreSQL")}, {(_places.CanCut ? "network namespaces" : "loopback")}");

        var recorder = new Recorder();
        var crowd = new Crowd(_servers, recorder, _options.Seed, keys: 24);
        using var stop = new CancellationTokenSource();
        var working = crowd.Work(writers: 12, readers: 6, listers: 2, watchers: 3, stop.Token);
        var elapsed = Stopwatch.StartNew();
        var recoveries = new List<Recovery>();
        var problems = new List<string>();
        foreach (var fault in FaultSchedule.Draw(_options.Seed, new FaultKinds(_hosts, _database, _places), _options.Faults))
        {
            await Task.Delay(Calm);
            recoveries.Add(await Suffer(fault, problems));
        }
        var perSecond = recorder.Answered / elapsed.Elapsed.TotalSeconds;
        await stop.CancelAsync();
        await working;
        Say($"{recorder.Answered} operations, {perSecond:0} per second");

        problems.AddRange(await declared.Differences(ConvergeLimit));
        var record = recorder.Record();
        problems.AddRange(HistoryChecker.Check(record).Take(20).Select(violation => violation.ToString()));
        foreach (var (text, count) in crowd.Refusals.OrderByDescending(r => r.Value).Take(8)) Say($"  {count} x {text}");
        if (problems.Count > 0 && _options.Keep is not null) await HistoryFile.Write(Path.Combine(_data, "history.txt"), record);
        return new ChaosResult(_options.Seed, recorder.Answered, perSecond, [.. recoveries], [.. problems]);
    }

    private async Task<Recovery> Suffer(Fault fault, List<string> problems)
    {
        var spared = fault.Spared.Count == 0 ? [] : _servers.Where((_, i) => fault.Spared.Contains(_hosts[i].Name)).ToList();
        Say($"  {fault.Name} ...");
        await fault.Begin();
        var held = Stopwatch.StartNew();
        var writable = await UntilWritable(spared, problems);
        var left = fault.Hold - held.Elapsed;
        if (left > TimeSpan.Zero) await Task.Delay(left);
        await fault.End();
        var well = await UntilWritable(_servers, problems);
        Say($"  {fault.Name}: written through {(spared.Count == 0 ? "nobody" : string.Join(", ", fault.Spared))} again after {writable.TotalSeconds:0.0} s; through all {well.TotalSeconds:0.0} s after its end");
        if (writable > TimeSpan.FromSeconds(10)) problems.Add($"{fault.Name}: writes failed for {writable.TotalSeconds:0.0} s");
        return new Recovery(fault.Name, writable, well);
    }

    /// <summary>How long until every one of these serves all that there is: it lists every resource as it is now, and writes.</summary>
    private async Task<TimeSpan> UntilWritable(IReadOnlyList<ApiClient> servers, List<string> problems)
    {
        var waited = Stopwatch.StartNew();
        var failures = await Task.WhenAll(servers.SelectMany(server => Resources.Select(resource => Until(waited, $"list {resource}", () => server.Read($"{resource}?limit=1")))
            .Concat(Written.Select(written => Until(waited, $"create {written.Path}", () => server.Send(written.Path, written.Object()))))));
        problems.AddRange(failures.OfType<string>());
        return waited.Elapsed;
    }

    /// <summary>Null when it has succeeded, else what did not.</summary>
    private static async Task<string?> Until(Stopwatch waited, string what, Func<Task> succeeds)
    {
        while (true)
        {
            try
            {
                await succeeds();
                return null;
            }
            catch (NoAnswerException failure)
            {
                if (waited.Elapsed > RecoveryLimit) return $"{what} did not succeed within {RecoveryLimit.TotalSeconds:0} s: {failure.Message}";
                await Task.Delay(50);
            }
        }
    }

    private async Task StartCluster()
    {
        var database = _options.Hosts == 1 ? null : Path.Combine(_data, "journal.db");
        if (_options.Postgres && _options.Hosts > 1)
        {
            _database = await PostgresServer.Start(_places, Path.Combine(_data, "postgres"));
            if (_database is not null) database = _database.Url;
            else Say("PostgreSQL is not installed: the hosts share an SQLite file");
        }
        for (var i = 1; i <= _options.Hosts; i++)
        {
            var ports = _places.CanCut ? (6443, 7100, 9110) : (FreePort.Take(), FreePort.Take(), FreePort.Take());
            var host = await HostProcess.Prepare($"h{i}", _places, _options.App, database, Path.Combine(_data, $"h{i}"), ports, _options.Nodes);
            _hosts.Add(host);
            host.Start();
        }
        foreach (var host in _hosts) await host.Ready(StartLimit);
        var admin = AdminOf(await File.ReadAllTextAsync(Path.Combine(_hosts[0].Data, "kubeconfig")));
        foreach (var host in _hosts) _servers.Add(new ApiClient(host.Api, admin, TimeSpan.FromSeconds(5)));
    }

    private static X509Certificate2 AdminOf(string kubeconfig)
    {
        string Pem(string field) => Encoding.UTF8.GetString(Convert.FromBase64String(Regex.Match(kubeconfig, field + @":\s*(\S+)").Groups[1].Value));
        using var pem = X509Certificate2.CreateFromPem(Pem("client-certificate-data"), Pem("client-key-data"));
        return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
    }

    private static object Probe(string apiVersion, string kind) => new { apiVersion, kind, metadata = new { generateName = "probe-" } };

    private void Say(string line) => _output.WriteLine(line);
}
