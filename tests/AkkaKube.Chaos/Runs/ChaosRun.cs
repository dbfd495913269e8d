using System.Collections.Immutable;
using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using AkkaKube.Chaos.Clients;
using AkkaKube.Chaos.Faults;
using AkkaKube.Chaos.Owners;
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

    /// <summary>How long clients may wait for the hosts that a fault has spared, and entities run nowhere.</summary>
    private static readonly TimeSpan FailOver = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShownLimit = TimeSpan.FromSeconds(30);

    /// <summary>Between two faults.</summary>
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(2);

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
    private readonly List<ConsoleClient> _consoles = [];
    private readonly List<Kubectl> _kubectls = [];
    private readonly Census _census;
    private PostgresServer? _database;
    private bool _keep;

    private ChaosRun(ChaosOptions options, TextWriter output, IPlaces places, string data) => (_options, _output, _places, _data, _census, _keep) = (options, output, places, data, new Census(options.Nodes), options.Keep is not null);

    /// <summary>Does one run and takes everything away afterwards, also where it is told to stop.</summary>
    /// <exception cref="OperationCanceledException">It was told to stop.</exception>
    public static async Task<ChaosResult> Do(ChaosOptions options, TextWriter output, CancellationToken stop = default)
    {
        var data = options.Keep ?? Directory.CreateTempSubdirectory("akkakube-chaos-").FullName;
        Directory.CreateDirectory(data);
        IPlaces places = options.Loopback || options.Hosts == 1 ? new Loopback() : await Namespaces.TryMake(Environment.ProcessId + options.Seed) as IPlaces ?? new Loopback();
        await using var log = new StreamWriter(Path.Combine(data, "run.log")) { AutoFlush = true };
        await using var run = new ChaosRun(options, new Both(output, log), places, data);
        try
        {
            return await run.Do().WaitAsync(stop);
        }
        catch (Exception failure) when (failure is ShellException or NoAnswerException)
        {
            run._keep = true;
            run.Say($"  PROBLEM {failure.Message}");
            return new ChaosResult(options.Seed, 0, 0, [], [failure.Message], data);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers) server.Dispose();
        foreach (var console in _consoles) console.Dispose();
        foreach (var host in _hosts) await host.DisposeAsync();
        if (_database is not null) await _database.DisposeAsync();
        await _places.DisposeAsync();
        if (!_keep) Directory.Delete(_data, recursive: true);
    }

    private async Task<ChaosResult> Do()
    {
        await StartCluster();
        var declared = new Declared(_servers, _kubectls, _options.Pods, _options.Nodes);
        await _servers[0].EnsureNamespace();
        await declared.Declare(StartLimit);
        Say($"{_options.Hosts} hosts, {_options.Nodes} nodes, {_options.Pods} pods, {(_database is null ? "SQLite" : "PostgreSQL")}, {(_places.CanCut ? "network namespaces" : "loopback")}{(_kubectls.Count == 0 ? ", no kubectl" : "")}{(_hosts[0].Clock is null ? ", no clock that can jump: libfaketime is not installed" : "")}");

        var recorder = new Recorder();
        var crowd = new Crowd(_servers, recorder, _options.Seed, keys: 24);
        var user = new KubectlUser(_kubectls);
        using var stop = new CancellationTokenSource();
        var working = Task.WhenAll(crowd.Work(writers: 12, readers: 6, listers: 2, watchers: 3, stop.Token), _kubectls.Count == 0 ? Task.CompletedTask : user.Work(stop.Token));
        var elapsed = Stopwatch.StartNew();
        var recoveries = new List<Recovery>();
        var problems = new List<string>();
        foreach (var fault in FaultSchedule.Draw(_options.Seed, new FaultKinds(_hosts, _database, _places), _options.Faults, _options.Only))
        {
            await Task.Delay(Calm);
            recoveries.Add(await Suffer(fault, declared, problems));
        }
        var perSecond = recorder.Answered / elapsed.Elapsed.TotalSeconds;
        await stop.CancelAsync();
        await working;
        Say($"{recorder.Answered} operations, {perSecond:0} per second; kubectl changed its object {user.Done} times and failed {user.Failed} times");
        if (perSecond < _options.LeastPerSecond) problems.Add($"{perSecond:0} operations per second are less than {_options.LeastPerSecond}");

        problems.AddRange(await declared.Differences(ConvergeLimit));
        problems.AddRange(await declared.ShownDifferences(ShownLimit));
        if (_kubectls.Count > 0) problems.AddRange(await user.Differences());
        var record = recorder.Record();
        problems.AddRange(HistoryChecker.Check(record).Take(20).Select(violation => violation.ToString()));
        foreach (var (text, count) in crowd.Refusals.OrderByDescending(r => r.Value).Take(8)) Say($"  {count} x {text}");
        foreach (var problem in problems) Say($"  PROBLEM {problem}");
        _keep |= problems.Count > 0;
        if (problems.Count > 0) await HistoryFile.Write(Path.Combine(_data, "history.txt"), record);
        return new ChaosResult(_options.Seed, recorder.Answered, perSecond, [.. recoveries], [.. problems], _keep ? _data : null);
    }

    private async Task<Recovery> Suffer(Fault fault, Declared declared, List<string> problems)
    {
        var spared = _hosts.Select((host, i) => (host, i)).Where(h => fault.Spared.Contains(h.host.Name)).Select(h => h.i).ToList();
        Say($"  {fault.Name} ...");
        var held = Stopwatch.StartNew();
        await fault.Begin();
        var (writable, whole) = await Recover(spared, FailOver, fault.Name, problems);
        var left = fault.Hold - held.Elapsed;
        if (left > TimeSpan.Zero) await Task.Delay(left);
        if (fault.Harmless)
        {
            problems.AddRange((await declared.Differences(TimeSpan.Zero)).Select(difference => $"{fault.Name}: {difference}"));
            problems.AddRange((await _census.Complete(_consoles, TimeSpan.Zero)).Select(difference => $"{fault.Name}: {difference}"));
        }
        await fault.End();
        var (served, complete) = await Recover([.. Enumerable.Range(0, _hosts.Count)], RecoveryLimit, $"after {fault.Name}", problems);
        var well = served > complete ? served : complete;
        problems.AddRange((await declared.ShownDifferences(ShownLimit)).Select(difference => $"after {fault.Name}: {difference}"));
        Say(spared.Count == 0
            ? $"  {fault.Name}: all well {well.TotalSeconds:0.0} s after its end"
            : $"  {fault.Name}: {string.Join(", ", fault.Spared)} served all after {writable.TotalSeconds:0.0} s, ran all exactly once after {whole.TotalSeconds:0.0} s; all well {well.TotalSeconds:0.0} s after its end");
        return new Recovery(fault.Name, writable, whole, well);
    }

    /// <summary>How long until these hosts serve all there is, and until they run all there is; what did not happen in time is a problem.</summary>
    private async Task<(TimeSpan Writable, TimeSpan Whole)> Recover(IReadOnlyList<int> hosts, TimeSpan limit, string when, List<string> problems)
    {
        if (hosts.Count == 0) return default;
        var waited = Stopwatch.StartNew();
        var served = UntilWritable([.. hosts.Select(i => _servers[i])], problems);
        if (_consoles.Count == 0) return (await served, default);
        var wrong = await _census.Complete([.. hosts.Select(i => _consoles[i])], limit);
        var whole = waited.Elapsed;
        var writable = await served;
        problems.AddRange(wrong.Select(what => $"{when}: {what}"));
        if (writable > limit) problems.Add($"{when}: not all was served for {writable.TotalSeconds:0.0} s");
        return (writable, whole);
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
        var kubectl = Kubectl.Find();
        foreach (var host in _hosts)
        {
            _servers.Add(new ApiClient(host.Api, admin, TimeSpan.FromSeconds(5)));
            if (kubectl is not null) _kubectls.Add(new Kubectl(kubectl, host.Name, Path.Combine(host.Data, "kubeconfig")));
            if (_options.Hosts > 1) _consoles.Add(new ConsoleClient(host.Name, host.Console, host.Token));
        }
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
